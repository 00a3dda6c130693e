"""The enrolment list (参保花名册): whose line it is, how many shares. The unit's own roster with one column will do.

Lines go into the batch that is being prepared for the unit. What the unit can mend is a fault of its cell; what has
to be looked at above is taken in and says so in the batch, whatever the cause.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connections, router
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from services.foundation import masking, spelling
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.foundation.rows import store_rows
from services.foundation.sheets import CellRefused, Column, Fault, ImportContext, Outcome, Row, RowResult, SheetSpec
from services.mutual_aid.actions.batch_lines import fee_of, fill, refresh, stored, unit_split
from services.mutual_aid.actions.enrolling import PREPARED
from services.mutual_aid.enums import RowState
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow
from services.mutual_aid.queries import joining, name_of, terms_of
from services.mutual_aid.rules.enrolling import KEPT_ABOVE, Judged, judge, span_of
from services.mutual_aid.wordings import LIST_WORDINGS
from services.organizations.enums import ROSTER_WRITERS
from services.workers.importers import ROSTER
from services.workers.models import Worker
from services.workers.rules.roster import identity_cell

_NOT_HEALTHY = frozenset({"否", "不健康", "有", "患病", "no", "n"})
_HEALTHY = frozenset({"", "是", "健康", "良好", "无", "yes", "y"})


def _of_roster(key: str, required: bool) -> Column:
    found = ROSTER.column(key)
    return Column(key, found.label, found.synonyms, found.hint, required, found.kind, (), found.width, found.mask)


COLUMNS = (
    _of_roster("name", required=False),
    _of_roster("id_number", required=True),
    Column(
        "shares",
        _("Shares"),
        ("份数", "参保份数", "投保份数", "参加份数", "购买份数", "shares"),
        hint=_("A whole number; empty means one."),
        kind="number",
    ),
    Column(
        "retires_at",
        _("Retirement age of her post"),
        ("退休年龄", "原退休年龄", "岗位退休年龄", "法定退休年龄"),
        hint=_("50 or 55, as it was before 2025; only where the scheme asks for it."),
        kind="number",
    ),
    Column(
        "healthy",
        _("Healthy"),
        ("健康状况", "健康声明", "是否健康", "身体健康", "healthy"),
        hint=_("是 when she states that she is healthy; may be left empty."),
        kind="choice",
        choices=("是", "否"),
    ),
    Column(
        "scheme",
        _("Scheme"),
        ("互助计划", "参保计划", "计划名称", "保障计划", "险种", "scheme"),
        hint=_("Name or code; only when batches of several schemes are being prepared."),
        width=24,
    ),
)
_FIELDS = ("pk", "name", "id_index", *joining.RECORD)
# The cell that a finding speaks of.
_CELLS = {"shares": "shares", "retirement_age": "retires_at"}
# Every column of a line but its key.
_WRITTEN = tuple(
    EnrolmentRow._meta.get_field(name)
    for name in (
        *("batch", "position", "worker", "state", "shares", "most_shares", "renewal", "previous", "retires_at"),
        *("findings", "fee_upper", "fee_unit", "fee_herself", "stated", "health_stated", "settled_by"),
        *("settled_because", "cover"),
    )
)
_STATED = ("shares", "retires_at")


class Batches:
    """The batches that are being prepared for a unit. One query, and three for the terms of each that is named."""

    def __init__(self, unit):
        rows = EnrolmentBatch.objects.own(organization=unit, state__in=PREPARED)
        self.open = list(rows.select_related("scheme", "terms__scheme", "organization", "renews"))
        self.by_word: dict[str, list[EnrolmentBatch]] = {}
        self.answers: dict = {}
        for batch in self.open:
            scheme = batch.scheme
            for word in {scheme.code, scheme.name, scheme.name_en, name_of(scheme), batch.number}:
                self.by_word.setdefault(spelling.label_key(word), []).append(batch)

    def named(self, text: str) -> EnrolmentBatch:
        """Raises ``CellRefused``: ``no_batch``, ``which_batch``, ``unknown_scheme``."""
        if text in self.answers:
            return self.answers[text]
        found = self.by_word.get(spelling.label_key(text), []) if text else self.open
        if not self.open:
            raise CellRefused("no_batch")
        if not found:
            raise CellRefused("unknown_scheme")
        if len(found) > 1:
            raise CellRefused("which_batch")
        self.answers[text] = found[0]
        return found[0]


class _Into:
    """One batch that lines go into, with what judging them needs."""

    def __init__(self, batch: EnrolmentBatch, context: ImportContext):
        if context.write:
            batch = (
                EnrolmentBatch.objects.unscoped()
                .select_related("scheme", "terms__scheme", "organization", "renews")
                .select_for_update(of=("self",))
                .get(pk=batch.pk, state__in=PREPARED)
            )
        self.batch, self.terms = batch, terms_of(batch.terms)
        self.plan = joining.plan_of(batch, self.terms, now=context.now)
        self.split = unit_split(batch)
        self.fresh = span_of(self.terms, self.plan)
        self.fees: dict[tuple[bool, int], tuple] = {}
        rows = EnrolmentRow.objects.own(batch=batch)
        self.position = rows.aggregate(last=Max("position"))["last"] or 0
        self.count = rows.count()
        self.stored = _Stored()

    def line(self, line: "_Line", judged: Judged) -> tuple:
        """A new line as the database takes it, in the order of ``_WRITTEN``."""
        self.position += 1
        return (
            *(self.batch.pk, self.position, line.woman[0], judged.state, line.shares, self.terms.max_shares),
            *(bool(judged.span.renewal), judged.previous.key if judged.previous else None, line.retires_at),
            self.stored.findings(judged),
            *self._fees(judged, line.shares),
            *("", False, None, "", None),
        )

    def _fees(self, judged: Judged, shares: int) -> tuple:
        """The three parts as the database takes them: few different ones occur in a list."""
        key = (judged.state == RowState.BARRED, shares)
        if key not in self.fees:
            parts = fee_of(self.terms, judged, shares, self.split)
            self.fees[key] = tuple(self.stored.yuan(part) for part in (parts.upper, parts.unit, parts.herself))
        return self.fees[key]


class _Stored:
    """What isn't stored as it is: sums, and findings, which are sealed."""

    def __init__(self):
        self.connection = connections[router.db_for_write(EnrolmentRow)]
        self.money = EnrolmentRow._meta.get_field("fee_upper")
        self.field = EnrolmentRow._meta.get_field("findings")

    def yuan(self, value):
        return self.money.get_db_prep_save(value, self.connection)

    def findings(self, judged: Judged):
        found = stored(judged.findings)
        return None if found is None else self.field.get_db_prep_save(found, self.connection)


class ListImporter:
    """Matches lines by identity number to the women of the unit's roster, judges them and writes them."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.batches = Batches(context.organization)
        self.into: dict[int, _Into] = {}
        self.first_rows: dict[tuple[int, str], int] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """A constant number of queries for a chunk, and two more for each batch that it names."""
        lines = [_Line(row, self) for row in rows]
        women = self._women({line.id_index for line in lines if line.id_index})
        for line in lines:
            line.meet(women.get(line.id_index), self.first_rows)
        results: dict[int, RowResult] = {}
        for key in {line.batch.pk for line in lines if line.fits}:
            self._judge(self._open(key), [line for line in lines if line.fits and line.batch.pk == key], results)
        for line in lines:
            if not line.fits:
                results[line.number] = RowResult(line.number, Outcome.REFUSED, tuple(line.faults))
        return [results[row.number] for row in rows]

    def finish(self) -> list[RowResult]:
        if self.context.write:
            for into in self.into.values():
                refresh(into.batch, now=self.context.now)
        return []

    def _women(self, indexes: Iterable[str]) -> dict[str, tuple]:
        rows = Worker.objects.below(self.context.organization.path).filter(id_index__in=list(indexes))
        return {row[2]: row for row in rows.values_list(*_FIELDS)}

    def _open(self, key: int) -> _Into:
        if key not in self.into:
            self.into[key] = _Into(next(one for one in self.batches.open if one.pk == key), self.context)
        return self.into[key]

    def _judge(self, into: _Into, lines: list["_Line"], results: dict[int, RowResult]) -> None:
        keys = [line.woman[0] for line in lines]
        known = joining.known_of(into.batch, keys)
        there = {row.worker_id: row for row in EnrolmentRow.objects.own(batch=into.batch, worker__in=keys)}
        new, changed = [], []
        for line in lines:
            row = there.get(line.woman[0])
            woman = joining.woman_of(line.woman[0], line.woman[3:], known, retires_at=line.retires_at)
            settled = bool(row and row.settled_because and row.shares == line.shares)
            judged = judge(into.terms, into.plan, woman, shares=line.shares, settled=settled, fresh=into.fresh)
            faults = line.faults_of(judged)
            outcome = _outcome(row, line)
            if row is None and into.count + len(new) >= settings.MUTUAL_AID_MAX_ROWS:
                faults = [Fault("id_number", "too_many", {"limit": settings.MUTUAL_AID_MAX_ROWS})]
            if faults:
                results[line.number] = RowResult(line.number, Outcome.REFUSED, tuple(faults))
                continue
            if row is None:
                new.append(into.line(line, judged))
            elif outcome is Outcome.CHANGED:
                changed.append(_restated(row, into, line, judged))
            results[line.number] = RowResult(line.number, outcome)
        if self.context.write:
            _store(new, changed)
            into.count += len(new)


def _outcome(row: EnrolmentRow | None, line: "_Line") -> Outcome:
    if row is None:
        return Outcome.NEW
    same = row.shares == line.shares and line.retires_at in (None, row.retires_at)
    return Outcome.SAME if same else Outcome.CHANGED


def _restated(row: EnrolmentRow, into: _Into, line: "_Line", judged: Judged) -> EnrolmentRow:
    row.shares, row.retires_at = line.shares, line.retires_at or row.retires_at
    row.settled_by, row.settled_because = None, ""
    fill(row, judged, fee_of(into.terms, judged, line.shares, into.split))
    return row


def _store(new: list[tuple], changed: list[EnrolmentRow]) -> None:
    """New lines as prepared rows; raises ``IntegrityError`` when somebody put one of them in meanwhile."""
    if new:
        store_rows(EnrolmentRow, _WRITTEN, new)
    if not changed:
        return
    names = ("state", "findings", "renewal", "previous", "fee_upper", "fee_unit", "fee_herself")
    fields = [*_STATED, "settled_by", "settled_because", *names]
    EnrolmentRow.objects.unscoped().bulk_update(changed, fields, batch_size=500)


class _Line:
    """What one line says; ``woman``: the record it means, as ``_FIELDS``."""

    def __init__(self, row: Row, importer: ListImporter):
        self.number, self.faults, self.woman = row.number, list(row.refused), None
        cells = row.cells
        self.name = self._read("name", spelling.person_name, cells)
        self.id_number = self._read("id_number", lambda value: _identity(value, importer.context), cells)
        self.id_index = Worker.index_of(self.id_number) if self.id_number else ""
        self.shares = self._read("shares", _shares, cells)
        self.retires_at = self._read("retires_at", _retires_at, cells)
        self._read("healthy", _healthy, cells)
        named = lambda value: importer.batches.named(spelling.line(value, longest=120))  # noqa: E731
        self.batch = self._read("scheme", named, cells)

    def _read(self, column: str, read, cells):
        try:
            return read(cells.get(column))
        except CellRefused as refused:
            if not any(fault.column == column for fault in self.faults):
                self.faults.append(Fault(column, refused.code, refused.context, _shown(column, cells.get(column))))
            return None

    @property
    def fits(self) -> bool:
        return self.woman is not None and not self.faults

    def meet(self, woman: tuple | None, first_rows: dict[tuple[int, str], int]) -> None:
        """The record with the line's number; a woman who stood higher up already is refused."""
        if not self.id_index or self.batch is None:
            return
        first = first_rows.setdefault((self.batch.pk, self.id_index), self.number)
        shown = masking.mask_identity(self.id_number)
        if first != self.number:
            self.faults.append(Fault("id_number", "dup_in_file", {"first": first}, shown))
        elif woman is None:
            self.faults.append(Fault("id_number", "not_on_roster", {}, shown))
        elif self.name and woman[1] != self.name:
            self.faults.append(Fault("name", "another_name", {}, masking.mask_name(self.name)))
        else:
            self.woman = woman

    def faults_of(self, judged: Judged) -> list[Fault]:
        """What the unit can see and mend, each at its cell."""
        if judged.state != RowState.BARRED:
            return []
        return [
            Fault(_CELLS.get(one.code, "id_number"), one.code, _plain(one.figures))
            for one in judged.findings
            if one.outcome == "failed" and one.code not in KEPT_ABOVE and one.code != "unbroken_renewal"
        ]


def _plain(figures: dict) -> dict:
    return {name: value for name, value in figures.items() if isinstance(value, str | int)}


def _shown(column: str, value) -> str:
    found = next(one for one in COLUMNS if one.key == column)
    text = spelling.plain(value)[:40]
    return found.mask(text) if found.mask and text else text


def _identity(value, context: ImportContext) -> str:
    text = identity_cell(value)
    if not text:
        raise CellRefused("no_id")
    try:
        return parse_identity_number(text, today=context.today, allow_invented=context.allow_invented).number
    except InvalidIdentityNumber as invalid:
        raise CellRefused("id_wrong") from invalid


def _shares(value) -> int:
    found = spelling.count(value)
    if found == 0 or (found and found > 1_000):
        raise CellRefused("shares_shape")
    return 1 if found is None else found


def _retires_at(value) -> int | None:
    text = spelling.plain(value).removesuffix("岁")
    if text in ("", "-", "无"):
        return None
    if text not in ("50", "55"):
        raise CellRefused("retires_shape")
    return int(text)


def _healthy(value) -> None:
    word = spelling.label_key(value)
    if word in _NOT_HEALTHY:
        raise CellRefused("not_healthy")
    if word not in _HEALTHY:
        raise CellRefused("healthy_word")


ENROLMENT = SheetSpec(
    code="mutual-aid",
    title=_("Enrolment list of mutual aid"),
    columns=COLUMNS,
    importer=ListImporter,
    wordings=LIST_WORDINGS,
    roles=ROSTER_WRITERS,
    instructions=(
        _("Begin the batch on its page first; the lines go into it."),
        _("One woman of your roster a line: her identity number, and how many shares."),
        _("Other columns may stay: the roster of your unit with one more column will do."),
        _("The same list again changes only what is different."),
    ),
)

register = ENROLMENT.register
