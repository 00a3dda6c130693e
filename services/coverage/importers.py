"""The women workers' organisation in the list of unions: its columns, and how its cells are judged and stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from services.coverage.actions.union_list import Entry, store_union_list
from services.coverage.queries.requirements import book_on
from services.coverage.queries.union_list import Held, heads_below, held_by
from services.coverage.rules import union_list as rules
from services.coverage.rules.union_list import Stated
from services.coverage.wordings import COMMITTEE_WORDINGS
from services.foundation.sheets import Column, Fault, ImportContext, Row
from services.organizations.enums import Kind
from services.organizations.importers import widen
from services.organizations.registry import ListLine, ListPart

CODE = "committee"
COLUMNS = (
    Column(
        "committee_form",
        _("Form of the women's committee"),
        ("女职工组织形式", "女职工组织类型"),
        kind="choice",
        choices=("女职工委员会", "女职工委员", "未建"),
        width=18,
    ),
    Column(
        "committee_prepared",
        _("Committee prepared on"),
        ("女职工组织筹备日期", "女职工委员会筹备日期"),
        hint=_("When it was first set up."),
        kind="date",
    ),
    Column(
        "committee_elected",
        _("Committee elected on"),
        ("女职工组织选举日期", "女职工委员会选举日期"),
        hint=_("When it was first set up."),
        kind="date",
    ),
    Column(
        "committee_approved",
        _("Committee approved on"),
        ("女职工组织批复日期", "女职工委员会批复日期"),
        hint=_("When it was first set up."),
        kind="date",
    ),
    Column("committee_head", _("Head of the women's committee"), ("女工主任姓名", "女职工委员会主任")),
    Column(
        "committee_deputy",
        _("Is (deputy) chair of the union"),
        ("是否工会(副)主席",),
        hint=_("是 or 否; or 主席, 副主席, 同级副主席待遇."),
    ),
    Column("committee_term", _("Term in years"), ("届期(年)", "届期"), kind="number"),
    Column(
        "committee_until",
        _("Term ends"),
        ("本届到期", "届满日期"),
        hint=_("The last day of the present term."),
        kind="date",
    ),
)


class CommitteeCells:
    """One reading of a list: what its lines say of committees, beside what is on record."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.there = any(column.key in context.columns for column in COLUMNS)
        self.held: dict[int, Held] = {}
        self.entries: dict[int, Stated] = {}

    def read(self, row: Row) -> tuple[Stated, list[Fault]]:
        return rules.read(row.cells) if self.there else (rules.NOTHING, [])

    def meet(self, lines: Sequence[ListLine]) -> None:
        unit = self.context.organization
        known = [line.record.pk for line in lines if line.record is not None and self._concerns(line)]
        self.held = held_by(known, below=unit.path if unit else "", lock=self.context.write)

    @staticmethod
    def _concerns(line: ListLine) -> bool:
        return bool(line.mark or line.parts[CODE].said())

    def said(self, line: ListLine) -> dict[str, str]:
        return {key: text for key, (_cell, text) in rules.cells(line.parts[CODE]).items()}

    def stands(self, line: ListLine) -> dict[str, tuple[Any, str]]:
        held = self.held.get(line.record.pk)
        return rules.cells(held.facts if held else rules.NOTHING)

    def forget(self, line: ListLine, key: str) -> None:
        rules.forget(line.parts[CODE], key)

    def judge(self, lines: Sequence[ListLine], existing: Mapping[str, Any]) -> set[int]:
        """Faults and notes of every line that says something; the numbers of those that change the record."""
        saying = [line for line in lines if line.parts[CODE].said()]
        if not saying:
            return set()
        book = book_on(self.context.today)
        above = {line.code: line.above for line in lines if line.code not in existing}
        for line in saying:
            self._judge(line, book.of(_standing_place(line.code, above, existing)).term_years)
        self._note_namesakes(saying, existing)
        return set(self.entries)

    def _note_namesakes(self, saying: Sequence[ListLine], existing: Mapping[str, Any]) -> None:
        """Heads who lead another union under the same roof: by a row of this list, or by the record."""
        same = rules.namesakes([(line.number, line.above, line.parts[CODE].head) for line in saying])
        listed = {line.code for line in saying}
        fresh = {line.number: line for line in saying if line.number not in same and self._names_anew(line)}
        unit = self.context.organization
        names = {line.parts[CODE].head for line in fresh.values() if line.above in existing}
        recorded = heads_below(unit.path if unit else "", names)
        for line in saying:
            head = line.parts[CODE].head
            if first := same.get(line.number):
                line.notes.append(Fault(rules.column("head"), "same_head", {"first": first}, head))
            elif line.number in fresh and line.above in existing:
                others = recorded.get((existing[line.above].path, head), {})
                if union := next((name for code, name in others.items() if code not in listed), ""):
                    line.notes.append(Fault(rules.column("head"), "head_on_record", {"union": union}, head))

    def _names_anew(self, line: ListLine) -> bool:
        held = self.held.get(line.record.pk) if line.record is not None else None
        head = line.parts[CODE].head
        return bool(head) and not (held and held.facts.head == head)

    def _judge(self, line: ListLine, admitted: Sequence[int]) -> None:
        stated: Stated = line.parts[CODE]
        held = self.held.get(line.record.pk) if line.record is not None else None
        record = held.facts if held else rules.NOTHING
        kind = line.values.get("kind") or (line.record.kind if line.record is not None else "")
        if kind and kind != Kind.GRASSROOTS_UNION:
            line.faults.append(Fault(rules.column(stated.said()[0]), "no_committee_here"))
            return
        rules.settle(stated, record)
        found = rules.judge(stated, record, today=self.context.today, admitted=admitted)
        if held and held.under_way and not found.faults and rules.is_next_term(stated, record):
            found.faults.append(Fault(rules.column("until"), "under_way", {}, f"{stated.until}"))
        unreadable = {fault.column for fault in line.faults}
        line.faults += [fault for fault in found.faults if fault.column not in unreadable]
        line.notes += found.notes
        if not found.faults and not found.left_out and stated.changes(record):
            self.entries[line.number] = stated

    def write(self, lines: Sequence[ListLine]) -> None:
        entries = [
            Entry(line.record.pk, stated, self.held.get(line.record.pk), line.record.name)
            for line in lines
            if (stated := self.entries.get(line.number))
        ]
        store_union_list(entries, today=self.context.today, by=self.context.by, now=self.context.now)


def _standing_place(code: str, above: Mapping[str, str], existing: Mapping[str, Any]) -> str:
    """The tree path of the organisation, or of the nearest one over it that is there before; "" for a ring."""
    walked = set()
    while code in above and code not in walked:
        walked.add(code)
        code = above[code]
    return existing[code].path if code in existing else ""


def cells_on_record(organizations: Sequence[int]) -> dict[int, dict[str, tuple[Any, str]]]:
    return {key: rules.cells(held.facts) for key, held in held_by(organizations).items()}


COMMITTEES = ListPart(
    code=CODE,
    columns=COLUMNS,
    wordings=COMMITTEE_WORDINGS,
    begin=CommitteeCells,
    on_record=cells_on_record,
    instructions=(
        _("The three dates of the women workers' organisation are those of its first setting up."),
        _("A last day that lies a whole term later than the one on record is the next term's."),
    ),
)


def register() -> None:
    widen(COMMITTEES)
