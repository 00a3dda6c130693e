"""The list of a group (集体报名表): whose line it is, which days she prefers. The unit's own roster will do too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.exchange.workbooks.returned import Remark, return_workbook
from services.exchange.workbooks.table import open_table
from services.foundation import masking, spelling
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.foundation.sheets import CellRefused, Column, ImportContext, Importer, Row, SheetSpec
from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import ROSTER_WRITERS
from services.screening.rules.enrolment import Line
from services.screening.rules.preferred_dates import read_wishes
from services.workers.enums import WorkerState
from services.workers.importers import ROSTER
from services.workers.models import Worker
from services.workers.rules.roster import identity_cell, phone_cell

WISHES = Column(
    "wishes",
    _("Preferred dates"),
    (
        "希望日期",
        "意向日期",
        "期望日期",
        "预约日期",
        "体检日期",
        "检查日期",
        "首选日期",
        "方便的时间",
        "希望时间",
        "意向时间",
        "preferred dates",
    ),
    hint=_("For example: 12月3日上午, 12/5, 周三. May be left empty."),
    width=26,
)
LAST = Column(
    "last_screened",
    _("Last screened on"),
    ("上次筛查日期", "上次筛查时间", "上次筛查", "上次体检日期", "最近一次筛查", "上次两癌筛查", "上次检查日期"),
    hint=_("A date as 2024-05-20, or 从未 if she says that she never was. May be left empty."),
    width=18,
)
_NEVER = frozenset({"从未", "从未筛查", "从未参加", "没有", "没有过", "没做过", "未筛查", "未做过", "never"})
_FROM_ROSTER = {"name": True, "phone": False, "id_number": False}


def _column(key: str, required: bool) -> Column:
    found = ROSTER.column(key)
    return Column(key, found.label, found.synonyms, found.hint, required, found.kind, (), found.width, found.mask)


def _never_imported(context: ImportContext) -> Importer:
    raise TypeError("a group is planned, not imported")


GROUP = SheetSpec(
    code="group",
    title=_("List of a group"),
    columns=(*(_column(key, required) for key, required in _FROM_ROSTER.items()), WISHES, LAST),
    importer=_never_imported,
    wordings={},
    roles=ROSTER_WRITERS,
    instructions=(
        _("One woman a line: her name, and her mobile or identity number, so that nobody is taken for another."),
        _("Preferred dates in her order, for example: 12月3日上午, 12/5, 周三. May be left empty."),
        _("What a woman says about her last screening is written down as her own words when the list is read."),
        _("Other columns may stay: the roster of your unit with one more column will do."),
    ),
)


@dataclass(frozen=True, slots=True)
class GroupList:
    """The lines of a workbook, and where its table stands: what is needed to hand it back with remarks."""

    lines: list[Line]
    sheet: str
    header_row: int
    places: Mapping[str, int]


def read_group(stream: BinaryIO, organization, *, today: date) -> GroupList:
    """Every filled line, matched to the records at or below the union in one query; takes and writes nothing.

    A woman of another union is as unknown as one who is on no roster. Raises a ``WorkbookRefused``.
    """
    table = open_table(stream, GROUP, max_bytes=settings.IMPORT_MAX_BYTES)
    stated = [_Stated(row, today=today) for row in table.rows(limit=settings.ENROLMENT_MAX_ROWS)]
    matched = _Matches(stated, organization)
    first: dict[int, int] = {}
    lines = [matched.line(one, first) for one in stated]
    return GroupList(lines, table.report.sheet, table.header.row, table.header.places)


# Which cells a finding speaks of, where it doesn't name its column itself.
_CELLS = {
    "unread_wish": ("wishes",),
    "other_day": ("wishes",),
    "last_ahead": ("last_screened",),
    "interval": ("last_screened",),
    "another_name": ("name", "phone", "id_number"),
    "not_on_roster": ("name", "phone", "id_number"),
    "several_of_the_name": ("name",),
}


def hand_back(
    source: BinaryIO, target: BinaryIO, read: GroupList, remarks: Mapping[int, tuple[Sequence[dict], str]]
) -> None:
    """Her own workbook with the reasons beside the lines (by row: stored findings, and their words). Keeps no copy.

    Raises ``Broken`` for what can't be reopened.
    """
    source.seek(0)
    return_workbook(
        source,
        target,
        sheet=read.sheet,
        header_row=read.header_row,
        remarks=[Remark(row, _places(read, findings), words) for row, (findings, words) in sorted(remarks.items())],
        heading=_("Remarks"),
        summary_title=_("Preview"),
        summary=[(str(_("Rows")), len(read.lines)), (str(_("Rows with a remark")), len(remarks))],
    )


def _places(read: GroupList, findings: Sequence[dict]) -> tuple[int, ...]:
    columns = []
    for found in findings:
        columns += _CELLS.get(found["code"], (found["figures"].get("column", "name"),))
    return tuple(sorted({read.places[column] for column in columns if column in read.places}))


class _Stated:
    """What one line says; ``faults`` where a cell can't be read."""

    def __init__(self, row: Row, *, today: date):
        self.number = row.number
        self.faults = [Finding(fault.code, Outcome.FAILED, {"column": fault.column}) for fault in row.refused]
        self.name = self._read("name", lambda value: spelling.person_name(value), row)
        self.id_number = self._read("id_number", lambda value: _identity(value, today), row)
        self.phone = self._read("phone", phone_cell, row)
        self.wishes = read_wishes(row.cells.get("wishes"), today=today)
        self.never = spelling.label_key(row.cells.get("last_screened")) in _NEVER
        self.last = None if self.never else self._day(row, today)

    def _day(self, row: Row, today: date) -> date | None:
        """When she was last screened, as the line says; empty means that it doesn't say."""
        found = self._read("last_screened", spelling.day, row)
        if found and found > today:
            self.faults.append(Finding("last_ahead", Outcome.FAILED))
        return found or None

    def _read(self, column: str, read, row: Row):
        try:
            return read(row.cells.get(column))
        except CellRefused as refused:
            self.faults.append(Finding(refused.code, Outcome.FAILED, {"column": column, **refused.context}))
            return ""

    @property
    def shown(self) -> str:
        return masking.mask_name(self.name) if self.name else ""


def _identity(value, today: date) -> str:
    text = identity_cell(value)
    if not text:
        return ""
    try:
        return parse_identity_number(text, today=today, allow_invented=settings.ALLOW_INVENTED_IDENTITIES).number
    except InvalidIdentityNumber as invalid:
        raise CellRefused("id_wrong") from invalid


class _Matches:
    """The women at work at or below the union who carry one of the numbers or names."""

    def __init__(self, stated: Iterable[_Stated], organization):
        stated = list(stated)
        wanted = Q(id_index__in=[Worker.index_of(one.id_number) for one in stated if one.id_number])
        wanted |= Q(phone_index__in=[Worker.index_of(one.phone) for one in stated if one.phone])
        wanted |= Q(name__in=[one.name for one in stated if one.name])
        self.by_id: dict[str, tuple] = {}
        self.by_phone: dict[str, list[tuple]] = {}
        self.by_name: dict[str, list[tuple]] = {}
        rows = Worker.objects.below(organization.path).filter(wanted, state=WorkerState.ACTIVE).order_by("pk")
        for row in rows.values_list("pk", "name", "id_index", "phone_index"):
            self.by_id[row[2]] = row
            self.by_phone.setdefault(row[3], []).append(row)
            self.by_name.setdefault(row[1], []).append(row)

    def line(self, one: _Stated, first: dict[int, int]) -> Line:
        """The line with its woman, or with what is wrong; a woman listed twice counts where she stands first."""
        faults = list(one.faults)
        row = None
        if not faults:
            row, fault = self._find(one)
            faults = [fault] if fault else []
        if row is not None and first.setdefault(row[0], one.number) != one.number:
            faults, row = [Finding("listed_twice", Outcome.FAILED, {"first": first[row[0]]})], None
        return Line(
            one.number,
            row[0] if row else None,
            "" if row else one.shown,
            one.wishes.preferences,
            one.wishes.unread,
            tuple(faults),
            one.last,
            one.never,
        )

    def _find(self, one: _Stated) -> tuple[tuple | None, Finding | None]:
        if one.id_number:
            found = [row for row in [self.by_id.get(Worker.index_of(one.id_number))] if row]
        elif one.phone:
            found = self.by_phone.get(Worker.index_of(one.phone), [])
        else:
            found = self.by_name.get(one.name, [])
            if len(found) > 1:
                return None, Finding("several_of_the_name", Outcome.FAILED, {"count": len(found)})
        if not found:
            return None, Finding("not_on_roster", Outcome.FAILED)
        named = [row for row in found if not one.name or row[1] == one.name]
        if len(named) != 1:
            return None, Finding("another_name", Outcome.FAILED)
        return named[0], None
