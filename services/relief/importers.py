"""Aid that others gave (foundations, civil affairs, the mutual-aid society): lists in, compared by digest alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import masking, spelling
from services.foundation.identifiers import InvalidIdentityNumber, lengthened, parse_identity_number
from services.foundation.sheets import (
    CellRefused,
    Column,
    Fault,
    ImportContext,
    Outcome,
    Row,
    RowResult,
    SheetSpec,
)
from services.organizations.enums import ROSTER_WRITERS
from services.relief.models import OutsideAid
from services.relief.rules.plausibility import BOUNDS, amount_fault
from services.relief.wordings import OUTSIDE_WORDINGS
from services.workers.rules.roster import identity_cell

COLUMNS = (
    Column("giver", _("Given by"), ("救助单位", "发放单位", "资助方", "来源"), required=True, width=24),
    Column(
        "id_number",
        _("Identity number"),
        ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码"),
        hint=_("18 characters, as text; old numbers of 15 digits are read too."),
        required=True,
        width=22,
        mask=masking.mask_identity,
    ),
    Column(
        "given_on",
        pgettext_lazy("date", "Given on"),
        ("发放日期", "救助日期", "发放时间", "日期"),
        required=True,
        kind="date",
    ),
    Column("amount", _("Amount in yuan"), ("金额", "救助金额", "发放金额", "金额(元)"), required=True, kind="number"),
    Column("purpose", _("For"), ("救助项目", "项目", "用途", "事由"), width=24),
)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    giver: str
    id_number: str
    given_on: date
    amount: Decimal
    purpose: str

    @property
    def key(self) -> tuple:
        return (self.giver, OutsideAid.index_of(self.id_number), self.given_on, self.purpose)


class OutsideImporter:
    """Judges lines and adds those that aren't known. The same line again changes nothing, another amount does."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.first_rows: dict[tuple, int] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """One query to match the chunk, one to add what is new, one for each changed amount."""
        results: dict[int, RowResult] = {}
        lines: list[_Line] = []
        for row in rows:
            line, faults = self._judge(row)
            if faults:
                results[row.number] = RowResult(row.number, Outcome.REFUSED, tuple(faults))
            else:
                lines.append(line)
        self._match(lines, results)
        return [results[row.number] for row in rows]

    def finish(self) -> list[RowResult]:
        return []

    def _judge(self, row: Row) -> tuple[_Line | None, list[Fault]]:
        faults, values = list(row.refused), {}
        unreadable = {fault.column for fault in row.refused}
        for column, read in _READERS.items():
            if column in unreadable:
                continue
            try:
                values[column] = read(row.cells.get(column), self.context)
            except CellRefused as refused:
                faults.append(Fault(column, refused.code, refused.context))
        if faults:
            return None, faults
        line = _Line(row.number, **values)
        first = self.first_rows.setdefault(line.key, row.number)
        if first != row.number:
            return None, [Fault("id_number", "dup_in_file", {"first": first})]
        return line, []

    def _match(self, lines: list[_Line], results: dict[int, RowResult]) -> None:
        indexes = [OutsideAid.index_of(line.id_number) for line in lines]
        known = OutsideAid.objects.unscoped().filter(id_index__in=indexes)
        held = {(one.giver, one.id_index, one.given_on, one.purpose): one for one in known}
        new = []
        for line in lines:
            stored = held.get(line.key)
            if stored is None:
                new.append(self._row(line))
                outcome = Outcome.NEW
            elif Decimal(stored.amount) != line.amount:
                outcome = Outcome.CHANGED
                if self.context.write:
                    stored.amount = format(line.amount, "f")
                    stored.save(update_fields=["amount"])
            else:
                outcome = Outcome.SAME
            results[line.number] = RowResult(line.number, outcome)
        if self.context.write:
            OutsideAid.objects.bulk_create(new)

    def _row(self, line: _Line) -> OutsideAid:
        return OutsideAid(
            organization=self.context.organization,
            giver=line.giver,
            purpose=line.purpose,
            id_index=OutsideAid.index_of(line.id_number),
            id_last4=line.id_number[-4:],
            given_on=line.given_on,
            amount=format(line.amount, "f"),
            imported_by=self.context.by,
            imported_at=self.context.now,
        )


def _giver(value, context: ImportContext) -> str:
    text = spelling.line(value, longest=80)
    if not text:
        raise CellRefused("no_giver")
    return text


def _identity(value, context: ImportContext) -> str:
    text = lengthened(identity_cell(value).upper())
    if not text:
        raise CellRefused("no_id")
    try:
        return parse_identity_number(text, today=context.today, allow_invented=context.allow_invented).number
    except InvalidIdentityNumber as error:
        raise CellRefused("id_shape" if error.code == "fifteen" else f"id_{error.code}") from None


def _given_on(value, context: ImportContext) -> date:
    found = spelling.day(value)
    if found is None:
        raise CellRefused("no_day")
    if found > context.today:
        raise CellRefused("day_ahead")
    return found


def _amount(value, context: ImportContext) -> Decimal:
    text = spelling.plain(value).replace(",", "").removesuffix("元").strip("¥ ")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise CellRefused("amount_shape") from None
    if amount_fault(amount, BOUNDS.household) or not amount:
        raise CellRefused("amount_shape")
    return amount


def _purpose(value, context: ImportContext) -> str:
    return spelling.line(value, longest=80)


_READERS = {"giver": _giver, "id_number": _identity, "given_on": _given_on, "amount": _amount, "purpose": _purpose}

OUTSIDE_AID = SheetSpec(
    code="outside-aid",
    title=_("Aid given by others"),
    columns=COLUMNS,
    importer=OutsideImporter,
    wordings=OUTSIDE_WORDINGS,
    roles=ROSTER_WRITERS,
    instructions=(
        _("One payment a line, below the headings. Names aren't needed: leave that column out."),
        _("The list serves to find aid given twice, for nothing else; numbers are kept as digests alone."),
    ),
)

register = OUTSIDE_AID.register
