"""A county's register of homes as a sheet: premises, connection and safety of many homes at once.

It leaves with what is on record and comes back with corrections: of a marked row only the cells that somebody changed
are written, and a cell that was changed here meanwhile comes back with both values. An empty cell erases nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from services.childrens_homes import policies
from services.childrens_homes.actions.rooms import STATED, state_rooms
from services.childrens_homes.enums import ALIVE, RequirementCode
from services.childrens_homes.models import Home
from services.childrens_homes.queries.requirements import in_force
from services.childrens_homes.rules.areas import TOO_LARGE, fault_of
from services.foundation import spelling
from services.foundation.errors import Refused
from services.foundation.marks import MarkUnfit, make_mark, same_as_marked
from services.foundation.sheet_wordings import CELL_WORDINGS, DATE_WORDINGS
from services.foundation.sheets import (
    CellRefused,
    Column,
    Fault,
    ImportContext,
    Outcome,
    Row,
    RowResult,
    SheetSpec,
    Wording,
)

MARK = "mark"
_YES_NO = {
    "是": True,
    "有": True,
    "已": True,
    "yes": True,
    "y": True,
    "否": False,
    "无": False,
    "没有": False,
    "no": False,
}
_SAID = {True: "是", False: "否"}
_CHOICES = ("是", "否")
COLUMNS = (
    Column(
        "code",
        _("Code of the home"),
        ("编号", "之家编号", "编码"),
        hint=_("LSZJ-…; or leave it out and name the school."),
        width=20,
    ),
    Column("host", _("School or kindergarten"), ("学校", "学校名称", "幼儿园", "依托学校", "单位名称"), width=30),
    Column("room_m2", _("Classroom (m²)"), ("教室面积", "室内面积", "活动室面积", "教室面积(平方米)"), kind="number"),
    Column("outdoor_m2", _("Outdoor ground (m²)"), ("室外场地面积", "室外面积", "活动场地面积"), kind="number"),
    Column("internet", _("Online"), ("能否上网", "上网", "网络", "是否联网"), kind="choice", choices=_CHOICES),
    Column(
        "video_call",
        _("Video calls with parents"),
        ("视频", "亲子视频", "视频亲子交流"),
        kind="choice",
        choices=_CHOICES,
    ),
    Column("safe", _("Safety requirements met"), ("安全", "安全达标", "符合安全要求"), kind="choice", choices=_CHOICES),
    Column("safety_checked_on", _("Safety checked on"), ("安全检查日期", "检查日期"), kind="date"),
    Column("opened_on", _("Opened on"), ("启用日期", "开放日期", "投入使用日期"), kind="date"),
    Column(MARK, _("Version mark"), ("版本标记",), returning=True, hidden=True),
)
_COMPARE = _("Compare it with the list of homes.")
WORDINGS = {
    **CELL_WORDINGS,
    **DATE_WORDINGS,
    "no_home": Wording(_("Which home this row is about isn't said."), _("Fill in its code or the name of the school.")),
    "unknown_home": Wording(_("No home of this code or school is in the county."), _COMPARE),
    "several_homes": Wording(_("More than one home stands at a school of this name."), _("Fill in the home's code.")),
    "not_of_the_home": Wording(_("The code is that of another school's home."), _COMPARE),
    "area_shape": Wording(_("The area isn't a number of square metres."), _("Write digits, for example 48.5.")),
    "area_none": Wording(_("An area is larger than nought."), _("Leave the cell empty if it isn't measured yet.")),
    "area_absurd": Wording(_("This area can't be meant: the bound is %(bound)s m²."), _("Check the decimal point.")),
    "yes_no": Wording(_("This is neither yes nor no."), _("Write 是 or 否, or leave the cell empty.")),
    "day_ahead": Wording(_("The day lies in the future."), _("Only what has happened is recorded.")),
    "dup_in_file": Wording(_("This home stands in row %(first)s already."), _("Take one of the two rows out.")),
    "mark_unfit": Wording(
        _("The hidden mark of this row doesn't fit."), _("Fetch the workbook anew, or delete the mark's column.")
    ),
    "changed_meanwhile": Wording(
        _("Somebody changed this here meanwhile: it says %(now)s, your file says %(yours)s."),
        _("Fetch the workbook anew and decide which is right."),
    ),
    "refused": Wording("%(why)s", _("Correct the row, or enter it on the home's own page.")),
}


def _area(value) -> Decimal | None:
    text = spelling.plain(value).replace(",", "").removesuffix("平方米").removesuffix("m2").removesuffix("m²").strip()
    if not text:
        return None
    try:
        return Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise CellRefused("area_shape") from None


def _yes_no(value) -> bool | None:
    key = spelling.label_key(value)
    if not key:
        return None
    if key not in _YES_NO:
        raise CellRefused("yes_no")
    return _YES_NO[key]


_READERS = {
    "room_m2": _area,
    "outdoor_m2": _area,
    "internet": _yes_no,
    "video_call": _yes_no,
    "safe": _yes_no,
    "safety_checked_on": spelling.day,
    "opened_on": spelling.day,
}
_BOUNDED = {"room_m2": RequirementCode.ROOM, "outdoor_m2": RequirementCode.OUTDOOR}
_DAYS = ("safety_checked_on", "opened_on")


def _text(value) -> str:
    """One text for one value, however it was spelt."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _SAID[value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _texts(home: Home) -> dict[str, str]:
    return {name: _text(getattr(home, name)) for name in STATED}


def _homes_below(organization):
    rows = Home.objects.below(organization.path).filter(state__in=ALIVE)
    return rows.select_related("host", "programme__city").order_by("code")


def on_record(organization) -> Iterator[Mapping[str, Any]]:
    """The homes at and below it, each with a mark of what its cells say now."""
    for home in _homes_below(organization):
        cells = {name: getattr(home, name) for name in STATED}
        cells = {name: _SAID[value] if isinstance(value, bool) else value for name, value in cells.items()}
        mark = make_mark(home.code, _texts(home), STATED)
        yield {"code": home.code, "host": home.host.name, **cells, MARK: mark}


@dataclass(slots=True)
class _Line:
    row: Row
    code: str = ""
    host: str = ""
    mark: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    home: Home | None = None

    def fault(self, column: str, code: str, **context) -> None:
        shown = spelling.plain(self.row.cells.get(column))[:40]
        self.faults.append(Fault(column, code, context, shown))


class RegisterImporter:
    """Judges rows against the homes of the county; writes through the action that states a home's rooms."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.first_rows: dict[int, int] = {}
        self.bounds: dict[int, dict[str, Decimal | None]] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """A query for the homes named by code, one for those named by school, one for each programme's bounds."""
        lines = [self._read(row) for row in rows]
        self._match(lines)
        return [self._settled(line) for line in lines]

    def finish(self) -> list[RowResult]:
        return []

    def _read(self, row: Row) -> _Line:
        line = _Line(row, faults=list(row.refused))
        unreadable = {fault.column for fault in row.refused}
        line.code = spelling.plain(row.cells.get("code")).upper()
        line.host = spelling.plain(row.cells.get("host"))
        line.mark = spelling.plain(row.cells.get(MARK))
        for column, read in _READERS.items():
            if column in unreadable or column not in row.cells:
                continue
            try:
                line.values[column] = read(row.cells[column])
            except CellRefused as refused:
                line.fault(column, refused.code, **refused.context)
        for column in _DAYS:
            if (day := line.values.get(column)) and isinstance(day, date) and day > self.context.today:
                line.fault(column, "day_ahead")
        if not line.code and not line.host:
            line.fault("code", "no_home")
        return line

    def _match(self, lines: Sequence[_Line]) -> None:
        asked = _homes_below(self.context.organization)
        codes = {line.code for line in lines if line.code}
        names = {line.host for line in lines if line.host and not line.code}
        by_code = {home.code: home for home in asked.filter(code__in=codes)} if codes else {}
        by_name: dict[str, list[Home]] = {}
        for home in asked.filter(host__name__in=names) if names else ():
            by_name.setdefault(home.host.name, []).append(home)
        for line in lines:
            found = [by_code[line.code]] if line.code in by_code else [] if line.code else by_name.get(line.host, [])
            if len(found) == 1:
                line.home = found[0]
            elif line.code or line.host:
                line.fault("code" if line.code else "host", "several_homes" if found else "unknown_home")
            if line.home and line.code and line.host and line.host != line.home.host.name:
                line.fault("host", "not_of_the_home")
            if line.home:
                first = self.first_rows.setdefault(line.home.pk, line.row.number)
                if first != line.row.number:
                    line.fault("code", "dup_in_file", first=first)

    def _settled(self, line: _Line) -> RowResult:
        number = line.row.number
        if line.home and not line.faults:
            self._take_out_untouched(line)
            self._bound(line)
        if line.faults:
            return RowResult(number, Outcome.REFUSED, tuple(line.faults))
        before = _texts(line.home)
        changes = {
            name: value for name, value in line.values.items() if value is not None and _text(value) != before[name]
        }
        if not changes:
            return RowResult(number, Outcome.SAME)
        if self.context.write and (why := self._write(line.home, changes)):
            return RowResult(number, Outcome.REFUSED, (Fault("code", "refused", {"why": why}),))
        return RowResult(number, Outcome.CHANGED)

    def _take_out_untouched(self, line: _Line) -> None:
        """Of a marked row: what nobody changed in the file says nothing, what both changed is refused."""
        if not line.mark:
            return
        said = {name: _text(line.values.get(name)) for name in STATED}
        now = _texts(line.home)
        try:
            untouched = same_as_marked(line.mark, line.home.code, said, STATED)
            as_it_left = same_as_marked(line.mark, line.home.code, now, STATED)
        except MarkUnfit:
            line.fault(MARK, "mark_unfit")
            return
        for name in untouched & set(line.values):
            del line.values[name]
        for name, value in line.values.items():
            if value is not None and name not in as_it_left and _text(value) != now[name]:
                line.fault(name, "changed_meanwhile", now=now[name] or "—", yours=_text(value))

    def _bound(self, line: _Line) -> None:
        programme = line.home.programme
        if programme.pk not in self.bounds:
            found = in_force(programme)
            self.bounds[programme.pk] = {code: one.absurd for code, one in found.items()}
        for name, code in _BOUNDED.items():
            bound = self.bounds[programme.pk].get(code)
            fault = fault_of(line.values.get(name), bound)
            if fault == TOO_LARGE:
                line.fault(name, "area_absurd", bound=f"{bound.normalize():f}")
            elif fault:
                line.fault(name, "area_none")

    def _write(self, home: Home, changes: dict[str, Any]) -> str:
        """Why it was refused after all, in words; nothing when it is written."""
        stated = {name: getattr(home, name) for name in STATED} | changes
        try:
            state_rooms(home, by=self.context.by, today=self.context.today, **stated)
        except Refused as refusal:
            return refusal.message(staff=True)
        except PermissionDenied as denied:
            return str(denied)
        return ""


REGISTER = SheetSpec(
    code="childrens-homes",
    title=_("Register of children's homes"),
    columns=COLUMNS,
    importer=RegisterImporter,
    wordings=WORDINGS,
    roles=policies.OFFICER,
    needs_unit=True,
    on_record=on_record,
    order=60,
    instructions=(
        _("One home a line. It is found by its code, or by the name of its school."),
        _("An empty cell erases nothing. Homes come from the construction plan: this sheet makes no new one."),
    ),
)

register = REGISTER.register
