"""How the lines of a list become a tree, in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.foundation import spelling
from services.foundation.locks import hold
from services.foundation.sheets import CellRefused, Fault, ImportContext, Outcome, Row, RowResult
from services.organizations.actions.bulk import STATED, add_organizations, restate_organizations
from services.organizations.actions.tree import TREE_LOCK, tell_of
from services.organizations.enums import ALLOWED_BELOW, Kind
from services.organizations.importers.columns import READERS
from services.organizations.importers.corrections import Corrections
from services.organizations.models import Organization
from services.organizations.registry import list_parts

DEEPEST = 12


@dataclass(slots=True)
class Line:
    """One line of the file as read; ``faults`` grows while the tree is put together."""

    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    mark: str = ""
    verdict: str = ""
    typed: dict[str, str] = field(default_factory=dict)
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
        self.parts = {part.code: part.begin(context) for part in list_parts}
        self.corrections = Corrections(context, self.parts)
        self.restated: list[Organization] = []

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
            self._meet(line, existing)
        for part in self.parts.values():
            part.meet(self.lines)
        self.corrections.settle(self.lines, existing)
        for line in self.lines:
            self._match(line, existing, by_code)
        told = {number for part in self.parts.values() for number in part.judge(self.lines, existing)}
        ordered = self._ordered(by_code)
        pairs = [pair for line in ordered if (pair := self._place(line, existing, by_code))]
        for line in ordered:
            if line.number in told and line.outcome is Outcome.SAME and not line.faults:
                line.outcome = Outcome.CHANGED
        if self.context.write:
            self._write(pairs, [line for line in ordered if not line.faults])
        return [self._result(line) for line in self.lines]

    def _write(self, pairs, fine: Sequence[Line]) -> None:
        """Organisations first, then what else the lines say of them; whoever derives something is told once."""
        add_organizations(pairs, tell=False)
        restate_organizations(self.restated, tell=False)
        for part in self.parts.values():
            part.write(fine)
        touched = [line.record.pk for line in fine if line.outcome is not Outcome.SAME]
        tell_of(touched, cause="imported", by=self.context.by)

    @staticmethod
    def _result(line: Line) -> RowResult:
        outcome = Outcome.REFUSED if line.faults else line.outcome
        return RowResult(line.number, outcome, tuple(line.faults), tuple(line.notes))

    def _read(self, row: Row) -> Line:
        line = Line(row.number, {}, list(row.refused))
        unreadable = {fault.column for fault in row.refused}
        for key, reader in READERS.items():
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
        for code, part in self.parts.items():
            line.parts[code], refused = part.read(row)
            line.faults += [fault for fault in refused if fault.column not in unreadable]
        self.corrections.read(line, row)
        return line

    def _unique_codes(self) -> dict[str, Line]:
        by_code: dict[str, Line] = {}
        for line in self.lines:
            if line.code:
                first = by_code.setdefault(line.code, line)
                if first is not line:
                    line.refuse("code", "dup_code", first=first.number)
        return by_code

    def _meet(self, line: Line, existing: dict[str, Organization]) -> None:
        """Tie the line to its record, unless that is none of hers."""
        record, unit = existing.get(line.code), self.context.organization
        if record is None:
            return
        if unit is None or record.path.startswith(unit.path):
            line.record = record
        else:
            line.refuse("code", "outside")

    def _match(self, line: Line, existing: dict[str, Organization], by_code: dict[str, Line]) -> None:
        """Check what an import may not change."""
        record, unit = line.record, self.context.organization
        if record is None:
            if line.code not in existing:
                self._check_parent(line, existing, by_code)
            return
        step = Organization.steplen
        above = existing.get(line.above)
        is_unit = unit is not None and record.path == unit.path
        if (line.above or not is_unit) and (above.path if above else "") != record.path[:-step]:
            line.refuse("parent", "other_parent")
        if line.values.get("kind") and line.values["kind"] != record.kind:
            line.refuse("kind", "other_kind")
        self._check_counts(line, record)

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
                self.restated.append(line.record)
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
