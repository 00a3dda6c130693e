"""The list of union organisations (工会组织): its columns, and how its lines become a tree, in one go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import spelling
from services.foundation.locks import hold
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
from services.organizations.actions.bulk import STATED, add_organizations, restate_organizations
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.enums import ALLOWED_BELOW, TREE_KEEPERS, Kind
from services.organizations.models import Organization
from services.organizations.wordings import ORGANIZATION_WORDINGS

DEEPEST = 12
_CODE = re.compile(r"\w[\w.-]{0,39}")
KIND_WORDS = {
    Kind.CITY_UNION: "市总工会 市级总工会 市级工会 地市总工会",
    Kind.COUNTY_UNION: "县(区)总工会 县总工会 区总工会 县区总工会 县级总工会 区县总工会 县市区总工会 县级工会",
    Kind.INDUSTRY_UNION: "产业工会 行业工会 产业(系统)工会 系统工会 局产业工会",
    Kind.TOWNSHIP_UNION: "乡镇(街道)工会 乡镇工会 街道工会 乡镇总工会 街道总工会 镇总工会 乡总工会 镇工会 园区工会",
    Kind.GRASSROOTS_UNION: "基层工会 企业工会 单位工会 基层 机关工会 事业单位工会 基层工会委员会 联合基层工会",
    Kind.CITY_WF: "市妇联 市妇女联合会",
    Kind.COUNTY_WF: "县(区)妇联 县妇联 区妇联 县区妇联",
    Kind.TOWNSHIP_WF: "乡镇(街道)妇联 乡镇妇联 街道妇联 镇妇联",
    Kind.SCHOOL: "学校 小学 中学",
    Kind.KINDERGARTEN: "幼儿园",
}
_KINDS = {spelling.label_key(word): str(kind) for kind, line in KIND_WORDS.items() for word in (*line.split(), kind)}
_LATER = _("Kept for the women-workers' committee record.")

COLUMNS = (
    Column(
        "code",
        pgettext_lazy("organisation", "Code"),
        ("组织编码", "组织代码", "工会编码", "编码", "代码", "机构编码"),
        required=True,
    ),
    Column(
        "parent",
        _("Code of the organisation above"),
        ("上级编码", "上级组织编码", "上级代码", "上级工会编码", "所属上级编码"),
        width=18,
    ),
    Column(
        "name",
        _("Name of the organisation"),
        ("组织名称", "工会名称", "名称", "单位名称", "组织全称"),
        required=True,
        width=30,
    ),
    Column(
        "kind",
        _("Kind"),
        ("类别", "组织类别", "组织类型", "工会类别", "类型", "层级"),
        required=True,
        kind="choice",
        choices=("市总工会", "县(区)总工会", "产业工会", "乡镇(街道)工会", "基层工会"),
        width=18,
    ),
    Column("industry", _("Industry"), ("行业", "所属行业", "行业类别")),
    Column("staff_count", _("Number of staff"), ("职工数", "职工人数", "职工总数", "在职职工数"), kind="number"),
    Column("women_count", _("Women on the staff"), ("女职工数", "女职工人数", "女职工总数"), kind="number"),
    Column("member_count", _("Members"), ("会员数", "会员人数", "工会会员数", "会员总数"), kind="number"),
    Column("women_member_count", _("Women members"), ("女会员数", "女会员人数", "女会员总数"), kind="number"),
    Column(
        "established_on",
        _("Established on"),
        ("工会成立日期", "成立日期", "建会日期", "建会时间", "成立时间"),
        kind="date",
    ),
    Column(
        "committee_form",
        _("Form of the women's committee"),
        ("女职工组织形式", "女职工组织类型"),
        hint=_LATER,
        stored=False,
    ),
    Column("committee_prepared", _("Committee prepared on"), ("女职工组织筹备日期",), hint=_LATER, stored=False),
    Column("committee_elected", _("Committee elected on"), ("女职工组织选举日期",), hint=_LATER, stored=False),
    Column("committee_approved", _("Committee approved on"), ("女职工组织批复日期",), hint=_LATER, stored=False),
    Column(
        "committee_head",
        _("Head of the women's committee"),
        ("女工主任姓名", "女职工委员会主任"),
        hint=_LATER,
        stored=False,
    ),
    Column("committee_deputy", _("Is (deputy) chair of the union"), ("是否工会(副)主席",), hint=_LATER, stored=False),
    Column("committee_term", _("Term in years"), ("届期(年)", "届期"), hint=_LATER, stored=False),
    Column("committee_until", _("Term ends"), ("本届到期", "届满日期"), hint=_LATER, stored=False),
)


def _code(value) -> str:
    text = spelling.plain(value).replace(" ", "")
    if text and not _CODE.fullmatch(text):
        raise CellRefused("formula" if spelling.looks_like_formula(text) else "code_shape")
    return text


_READERS = {
    "code": _code,
    "parent": _code,
    "name": lambda value: spelling.line(value, longest=120).replace(" ", ""),
    "kind": lambda value: spelling.choose(value, _KINDS, code="kind_word"),
    "industry": lambda value: spelling.line(value, longest=40),
    "staff_count": spelling.count,
    "women_count": spelling.count,
    "member_count": spelling.count,
    "women_member_count": spelling.count,
    "established_on": spelling.day,
}


@dataclass(slots=True)
class Line:
    """One line of the file as read; ``faults`` grows while the tree is put together."""

    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    record: Organization | None = None
    outcome: Outcome = Outcome.SAME

    @property
    def code(self) -> str:
        return self.values.get("code") or ""

    @property
    def above(self) -> str:
        return self.values.get("parent") or ""

    def refuse(self, column: str, code: str, **context) -> None:
        shown = spelling.plain(self.values.get(column))[:40]
        self.faults.append(Fault(column, code, context, shown))


class TreeImporter:
    """Reads all lines, since a parent may stand below its child, then judges and writes the tree as a whole.

    An existing organisation is found by its code; its place and kind stay, an empty cell erases nothing. With a
    unit given, everything has to lie at or below it; without one (the command) tops of branches may be added.
    """

    def __init__(self, context: ImportContext):
        self.context = context
        self.lines: list[Line] = []

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """Read only: nothing can be answered before the whole file is known."""
        self.lines.extend(self._read(row) for row in rows)
        return []

    def finish(self) -> list[RowResult]:
        """Judge the tree and, when writing, store it under the tree's lock."""
        if self.context.write:
            hold(TREE_LOCK)
        existing = {record.code: record for record in Organization.objects.all()}
        by_code = self._unique_codes()
        for line in self.lines:
            self._match(line, existing, by_code)
        ordered = self._ordered(by_code)
        pairs = [pair for line in ordered if (pair := self._place(line, existing, by_code))]
        if self.context.write:
            add_organizations(pairs, by=self.context.by)
            changed = [line.record for line in ordered if line.outcome is Outcome.CHANGED]
            restate_organizations(changed, by=self.context.by)
        return [self._result(line) for line in self.lines]

    @staticmethod
    def _result(line: Line) -> RowResult:
        return RowResult(line.number, Outcome.REFUSED if line.faults else line.outcome, tuple(line.faults))

    def _read(self, row: Row) -> Line:
        line = Line(row.number, {}, list(row.refused))
        unreadable = {fault.column for fault in row.refused}
        for key, reader in _READERS.items():
            try:
                line.values[key] = reader(row.cells.get(key))
            except CellRefused as refused:
                shown = spelling.plain(row.cells.get(key))[:40]
                line.faults.append(Fault(key, refused.code, refused.context, shown))
                unreadable.add(key)
        for key, code in (("code", "no_code"), ("name", "no_org_name"), ("kind", "no_kind")):
            if key not in unreadable and not line.values.get(key):
                line.refuse(key, code)
        for women, everybody, code in (
            ("women_count", "staff_count", "women_over_staff"),
            ("women_member_count", "member_count", "women_over_members"),
        ):
            few, many = line.values.get(women), line.values.get(everybody)
            if few is not None and many is not None and few > many:
                line.refuse(women, code)
        if (on := line.values.get("established_on")) and on > self.context.today:
            line.refuse("established_on", "future_date")
        return line

    def _unique_codes(self) -> dict[str, Line]:
        by_code: dict[str, Line] = {}
        for line in self.lines:
            if line.code:
                first = by_code.setdefault(line.code, line)
                if first is not line:
                    line.refuse("code", "dup_code", first=first.number)
        return by_code

    def _match(self, line: Line, existing: dict[str, Organization], by_code: dict[str, Line]) -> None:
        """Tie the line to its record and check what an import may not change."""
        record = existing.get(line.code)
        unit = self.context.organization
        if record is None:
            self._check_parent(line, existing, by_code)
            return
        if unit is not None and not record.path.startswith(unit.path):
            line.refuse("code", "outside")
            return
        step = Organization.steplen
        above = existing.get(line.above)
        is_unit = unit is not None and record.path == unit.path
        if (line.above or not is_unit) and (above.path if above else "") != record.path[:-step]:
            line.refuse("parent", "other_parent")
        if line.values.get("kind") and line.values["kind"] != record.kind:
            line.refuse("kind", "other_kind")
        self._check_counts(line, record)
        line.record = record

    @staticmethod
    def _check_counts(line: Line, record: Organization) -> None:
        """What the file says of one number has to fit what the record holds of the other."""
        for women, everybody, code in (
            ("women_count", "staff_count", "women_over_staff"),
            ("women_member_count", "member_count", "women_over_members"),
        ):
            few, many = (
                line.values.get(k) if line.values.get(k) is not None else getattr(record, k) for k in (women, everybody)
            )
            if few is not None and many is not None and few > many and not any(f.code == code for f in line.faults):
                line.refuse(women, code)

    def _check_parent(self, line: Line, existing: dict[str, Organization], by_code: dict[str, Line]) -> None:
        unit = self.context.organization
        if not line.above:
            if unit is not None:
                line.refuse("parent", "no_parent")
            return
        known = existing.get(line.above)
        if known is not None:
            if unit is not None and not known.path.startswith(unit.path):
                line.refuse("parent", "unknown_parent", parent=line.above)
            elif known.closed_on:
                line.refuse("parent", "parent_closed")
        elif line.above not in by_code:
            line.refuse("parent", "unknown_parent", parent=line.above)

    def _ordered(self, by_code: dict[str, Line]) -> list[Line]:
        """Lines with parents before children. Rings, and what hangs from them, are refused."""
        depth: dict[int, int] = {}
        for line in self.lines:
            chain, walked = [], set()
            current: Line | None = line
            while current is not None and current.number not in depth and current.number not in walked:
                walked.add(current.number)
                chain.append(current)
                current = by_code.get(current.above) if current.above and current.record is None else None
            ring = current is not None and current.number in walked
            base = 10**6 if ring else (depth[current.number] if current is not None else 0)
            for place, link in enumerate(reversed(chain), start=1):
                depth[link.number] = base + place
                if ring or base >= 10**6:
                    link.refuse("parent", "cycle")
        return sorted(self.lines, key=lambda line: depth[line.number])

    def _place(self, line: Line, existing: dict[str, Organization], by_code: dict[str, Line]):
        """The new record with its parent, or None. Existing records get what the line says."""
        if line.record is not None:
            if not line.faults and _restate(line):
                line.outcome = Outcome.CHANGED
            return None
        above = by_code.get(line.above)
        if above is not None and above.faults and existing.get(line.above) is None and not line.faults:
            line.refuse("parent", "parent_refused", parent=line.above)
        parent = existing.get(line.above) or (above.record if above else None)
        if not line.faults:
            self._check_kind(line, parent)
        if line.faults:
            return None
        kind = Kind(line.values["kind"])
        line.record = Organization(code=line.code, kind=kind, branch=kind.branch)
        line.record.depth = parent.depth + 1 if parent else 1
        _restate(line)
        line.outcome = Outcome.NEW
        return line.record, parent

    @staticmethod
    def _check_kind(line: Line, parent: Organization | None) -> None:
        kind = Kind(line.values["kind"])
        if parent is not None and parent.depth >= DEEPEST:
            line.refuse("parent", "too_deep", limit=DEEPEST)
        elif kind not in ALLOWED_BELOW[parent.kind if parent else None]:
            if parent is None:
                line.refuse("parent", "no_parent")
            else:
                line.refuse("kind", "kind_place", kind=str(kind.label), parent=str(parent.get_kind_display()))


def _restate(line: Line) -> bool:
    """Put what the line says into its record; True when that changed anything."""
    changed = False
    for key in STATED:
        value = line.values.get(key)
        if value not in (None, "") and value != getattr(line.record, key):
            setattr(line.record, key, value)
            changed = True
    return changed


ORGANIZATIONS = SheetSpec(
    code="organizations",
    title=_("List of union organisations"),
    columns=COLUMNS,
    importer=TreeImporter,
    wordings=ORGANIZATION_WORDINGS,
    roles=TREE_KEEPERS,
    needs_unit=False,
    order=20,
    instructions=(
        _("One organisation a line. Each has a code of its own and the code of the organisation above it."),
        _("The order of the lines doesn't matter."),
        _("An organisation that exists already is found by its code; an empty cell erases nothing."),
    ),
)

register = ORGANIZATIONS.register
