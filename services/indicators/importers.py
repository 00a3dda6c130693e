"""The workbook of values (监测数据表): it leaves with every value that is asked, and comes back filled in.

One line a value: place, year, element, split. Lines go into reports that can still be written. What nobody changed says
nothing; what somebody else changed meanwhile is refused with both values."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.marks import MarkUnfit, make_mark, same_as_marked
from services.foundation.sheets import (
    CellRefused,
    Column,
    Fault,
    ImportContext,
    Outcome,
    Percent,
    Row,
    RowResult,
    SheetSpec,
)
from services.foundation.spelling import label_key, looks_like_formula
from services.foundation.spelling import plain as spelled
from services.indicators.actions.filling import store
from services.indicators.enums import WRITABLE, WRITERS, ReportState, RoundState
from services.indicators.models import Element, Place, Report, Value
from services.indicators.queries.reports import elements_of, top_path
from services.indicators.rules.values import SILENT, STATUS_WORDS, Stated, amount_of, judge, per_cent_of, says_none
from services.indicators.wordings import VALUE_WORDINGS, plain

_STATUS = {label_key(word): code for code, words in STATUS_WORDS.items() for word in (code, *words)}
# An element in one of these is stated as the percentage reads: 94, whether the cell holds 94, 94% or 0.94 shown so.
_PER_CENT = frozenset({"%", "百分点"})
_SAID = ("amount", "status", "note")
COLUMNS = (
    Column(
        "unit",
        pgettext_lazy("statistics", "Region"),
        ("地区", "地区编码", "填报单位", "单位编码", "region"),
        hint=_("Code or name of the place that states the value."),
        required=True,
        width=22,
        names_unit=True,
    ),
    Column("year", _("Year"), ("年度", "监测年度", "年份", "year"), kind="number", required=True, width=8),
    Column(
        "element", _("Code of the value"), ("数据元素编码", "指标编码", "数据编码", "element"), required=True, width=24
    ),
    Column("title", _("What is asked"), ("数据元素名称", "填报内容", "内容"), width=40, stored=True),
    Column("cut", pgettext_lazy("statistics", "Split"), ("分组", "分组编码", "split"), width=14),
    Column(
        "amount",
        pgettext_lazy("statistics", "Amount"),
        ("数值", "数量", "amount", "value"),
        kind="number",
        width=14,
        own=True,
    ),
    Column(
        "status",
        pgettext_lazy("value", "Status"),
        ("数据状态", "状态", "status"),
        hint=_("Empty beside a number: it was reported. Without a number: why it is missing."),
        kind="choice",
        choices=tuple(words[0] for words in STATUS_WORDS.values()),
        width=12,
    ),
    Column("note", pgettext_lazy("column", "Note"), ("说明", "备注", "note"), width=30),
    Column("mark", _("Version mark"), ("版本标记",), returning=True, hidden=True),
)


def key_of(unit: str, year: int, element: str, cut: str) -> str:
    return f"{unit}|{year}|{element}|{cut}"


def texts_of(one: Stated) -> dict[str, str]:
    return {"amount": plain(one.amount) if one.amount is not None else "", "status": one.status, "note": one.note}


def open_reports(organization) -> dict[tuple[str, int], Report]:
    """Reports of open years at and below a place, by its code and the year. One query."""
    rows = Report.objects.below(organization.path).filter(latest=True, place__round__state=RoundState.OPEN)
    late = Report.objects.below(organization.path).filter(latest=True, state__in=WRITABLE)
    found = (rows | late).select_related("place__organization", "place__round")
    return {(one.place.organization.code, one.place.round.year): one for one in found}


class ValueImporter:
    """Judges lines, finds their reports, writes what is new or changed: three queries for each chunk."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.reports = open_reports(context.organization)
        if context.write:
            list(Report.objects.unscoped().select_for_update().filter(pk__in=[r.pk for r in self.reports.values()]))
        self.years = {year for _code, year in self.reports}
        self.codes = _codes(self.reports.values())
        owner = _owner(context.organization)
        self.elements: dict[str, Element] = {element.code: element for element in elements_of(owner)} if owner else {}
        self.cuts = {code: _cuts(element) for code, element in self.elements.items()}
        self.first: dict[str, int] = {}
        self.keys: dict[Any, str] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        read = [self._read(row) for row in rows]
        held = self._held([line for line in read if line.report is not None])
        writes = []
        for line in read:
            self._settle(line, held)
            if line.outcome in (Outcome.NEW, Outcome.CHANGED):
                writes.append((line.report.pk, line.element.pk, line.cut, line.said, ""))
        if self.context.write and writes:
            store(writes)
        return [RowResult(line.number, line.outcome, tuple(line.faults), tuple(line.notes)) for line in read]

    def finish(self) -> list[RowResult]:
        return []

    def _read(self, row: Row) -> "_Line":
        line, cells = _Line(row), row.cells
        year = spelled(cells.get("year"))
        code = self.codes.get(self._key(cells.get("unit")))
        element = self.elements.get(spelled(cells.get("element")))
        if code is None:
            line.wrong("unit", "unit_unknown", shown=spelled(cells.get("unit")))
        if not year.isdecimal() or int(year) not in self.years:
            line.wrong("year", "year_unknown", shown=year)
        elif code is not None:
            line.report = self.reports.get((code, int(year)))
            if line.report is None:
                line.wrong("unit", "unit_unknown", shown=spelled(cells.get("unit")))
        if element is None or (line.report is not None and not element.asked_of(line.report.place)):
            line.wrong("element", "element_unknown", shown=spelled(cells.get("element")))
        else:
            line.element = element
            self._value(line, cells)
        if line.report is not None and line.element is not None and not line.faults:
            line.key = key_of(code, int(year), line.element.code, line.cut)
            first = self.first.setdefault(line.key, row.number)
            if first != row.number:
                line.wrong("element", "line_twice", {"first": first})
        return line

    def _key(self, value) -> str:
        """Places, splits and statuses are few, and stand in every line."""
        if value is None or value == "":
            return ""
        if value not in self.keys:
            self.keys[value] = label_key(value)
        return self.keys[value]

    def _value(self, line: "_Line", cells: Mapping[str, Any]) -> None:
        cut = self.cuts[line.element.code].get(self._key(cells.get("cut")))
        if cut is None:
            line.wrong("cut", "cut_unknown", shown=spelled(cells.get("cut")))
            return
        line.cut, line.mark = cut, spelled(cells.get("mark"))
        text, cell = spelled(cells.get("status")), cells.get("amount")
        status = _STATUS.get(self._key(text), "")
        if text and not status:
            line.wrong("status", "status_unknown", shown=text[:40])
            return
        if isinstance(cell, str) and (said := _STATUS.get(self._key(cell), "")) and status in ("", said):
            status, cell = said, None  # the cause stands where the number would
        try:
            amount = _amount(cell, line.element, status)
        except CellRefused as wrong:
            line.wrong("amount", wrong.code, wrong.context, spelled(cell)[:40])
            return
        if looks_like_formula(cells.get("note")):
            line.wrong("note", "formula")
            return
        line.said, faults = judge(amount, status, line.element.bounds, note=spelled(cells.get("note"))[:200])
        for wrong in faults:
            line.wrong(wrong.field, wrong.code, dict(wrong.context), spelled(cells.get(wrong.field))[:40])

    def _held(self, lines: Sequence["_Line"]) -> dict[tuple[int, int, str], Stated]:
        reports = {line.report.pk for line in lines}
        elements = {line.element.pk for line in lines if line.element is not None}
        rows = Value.objects.filter(report__in=reports, element__in=elements)
        return {
            (report, element, cut): Stated(amount, status, note)
            for report, element, cut, amount, status, note in rows.values_list(
                "report_id", "element_id", "cut", "amount", "status", "note"
            )
        }

    def _settle(self, line: "_Line", held: Mapping) -> None:
        if line.faults:
            return
        stands = held.get((line.report.pk, line.element.pk, line.cut), SILENT)
        if line.said == stands:
            line.outcome = Outcome.SAME
            return
        if line.mark and not self._as_left(line, texts_of(line.said), texts_of(stands)):
            return
        if line.report.state not in WRITABLE:
            line.wrong("unit", "report_closed", {"state": str(ReportState(line.report.state).label)})
        elif not line.said.says:
            line.outcome = Outcome.SAME
            line.notes.append(Fault("amount", "emptied"))
        else:
            line.outcome = Outcome.CHANGED if stands.says else Outcome.NEW

    def _as_left(self, line: "_Line", said: dict, now: dict) -> bool:
        """Whether the record still says what it said when the workbook left; an untouched line says nothing."""
        try:
            untouched = same_as_marked(line.mark, line.key, said, _SAID)
            still = same_as_marked(line.mark, line.key, now, _SAID)
        except MarkUnfit:
            line.wrong("mark", "mark_unfit")
            return False
        if untouched == frozenset(_SAID):
            line.outcome = Outcome.SAME
            return False
        if still != frozenset(_SAID):
            line.wrong("amount", "changed_meanwhile", {"now": now["amount"] or "—"}, said["amount"])
            return False
        return True


def _amount(cell, element: Element, status: str) -> Decimal | None:
    """The number of a cell. A percentage is one only where the element is stated in per cent; a word for “none” is
    taken where the status says why. Raises ``CellRefused``."""
    if says_none(cell):
        if not status:
            raise CellRefused("amount_none")
        return None
    try:
        share = amount_of(repr(float(cell))) * 100 if isinstance(cell, Percent) else per_cent_of(cell)
        if share is None:
            return amount_of(cell)
    except ValueError:
        raise CellRefused("amount_shape") from None
    if element.unit not in _PER_CENT:
        raise CellRefused("amount_share")
    return share


class _Line:
    """One line on its way: refused until it is settled otherwise."""

    __slots__ = ("cut", "element", "faults", "key", "mark", "notes", "number", "outcome", "report", "said")

    def __init__(self, row: Row):
        self.number, self.faults, self.notes = row.number, list(row.refused), []
        self.report: Report | None = None
        self.element: Element | None = None
        self.said, self.outcome = SILENT, Outcome.REFUSED
        self.cut = self.mark = self.key = ""

    def wrong(self, column: str, code: str, context: dict | None = None, shown: str = "") -> None:
        if not any(fault.column == column for fault in self.faults):
            self.faults.append(Fault(column, code, context or {}, shown))


def _owner(organization) -> int | None:
    path = top_path(organization.path)
    return type(organization).objects.filter(path=path).values_list("pk", flat=True).first()


def _codes(reports) -> dict[str, str]:
    """The code of a place by its code and by its name, where the name is one place's alone."""
    named: dict[str, set[str]] = {}
    for report in reports:
        organization = report.place.organization
        for word in (organization.code, organization.name):
            named.setdefault(label_key(word), set()).add(organization.code)
    return {word: next(iter(codes)) for word, codes in named.items() if len(codes) == 1}


def _cuts(element: Element) -> dict[str, str]:
    """Cuts by their code and by every name of theirs; the empty word is the whole."""
    found = {"": ""}
    for split in element.splits.all():
        for code, *names in split.keys:
            for word in (f"{split.code}:{code}", *names):
                found[label_key(word)] = f"{split.code}:{code}"
    return found


def on_record(organization) -> Iterator[dict[str, Any]]:
    """Every value that is asked of places at and below this one in open years, with what is on record."""
    reports = open_reports(organization)
    owner = _owner(organization)
    elements = list(elements_of(owner)) if owner else []
    ordered = sorted(reports.values(), key=lambda one: (-one.place.round.year, one.place.organization.path))
    for start in range(0, len(ordered), 50):
        group = ordered[start : start + 50]
        rows = Value.objects.filter(report__in=group)
        held = {
            (report, element, cut): Stated(amount, status, note)
            for report, element, cut, amount, status, note in rows.values_list(
                "report_id", "element_id", "cut", "amount", "status", "note"
            )
        }
        for report in group:
            for element in elements:
                if element.asked_of(report.place):
                    yield from _rows(report, element, held)


def _rows(report: Report, element: Element, held: Mapping) -> Iterator[dict[str, Any]]:
    place: Place = report.place
    for cut, label in {"": "", **element.cuts}.items():
        one: Stated = held.get((report.pk, element.pk, cut), SILENT)
        key = key_of(place.organization.code, place.round.year, element.code, cut)
        yield {
            "unit": place.organization.code,
            "year": place.round.year,
            "element": element.code,
            "title": f"{element.name} · {label}" if label else element.name,
            "cut": cut,
            "amount": _number(one.amount),
            "status": STATUS_WORDS[one.status][0] if one.says else None,
            "note": one.note or None,
            "mark": make_mark(key, texts_of(one), _SAID),
        }


def _number(amount: Decimal | None) -> int | float | None:
    """A number that a workbook takes as one; floats carry four decimals of fourteen digits exactly enough to return."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


VALUES = SheetSpec(
    code="indicator-values",
    title=_("Values of the monitoring of the plans"),
    columns=COLUMNS,
    importer=ValueImporter,
    wordings=VALUE_WORDINGS,
    roles=WRITERS,
    order=60,
    on_record=on_record,
    instructions=(
        _("One value a line. Numerators and denominators are stated, never rates: those are worked out."),
        _("Nought is written as 0. An empty cell is no value; where there is none, the status says why."),
        _("Lines can be sorted and left out. A line that is left out changes nothing."),
    ),
)

register = VALUES.register
