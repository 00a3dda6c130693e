"""What of a count may be shown, decided from the top of the tree downward and so alike for everybody who looks.

Whoever reads two month ends reads the difference too. So each is decided as a further table of the women who came
between, and what was hidden once stays hidden: what all month ends show together then says no more than each of these
tables by itself, and each of them is safe.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from services.figures.models import SnapshotCell
from services.figures.queries.ground import Ground, chain
from services.figures.registry import Count, Dimension
from services.figures.rules import suppression
from services.organizations.models import Organization

Part = tuple[str, bool]
Numbers = dict[str | None, tuple[int, int]]
Rows = dict[str, Numbers]
_STEP = Organization.steplen
_NOTHING = (0, 0)


@dataclass(slots=True)
class Published:
    """``total`` and ``cell`` say whether a number may be shown; ``own`` asks for what belongs to no child of ``path``.

    A hidden row keeps the keys whose number follows from what is shown: nothing was added since all of them were
    known. Children without any cell are empty, and hidden below the paths in ``empty_hidden``. ``keys`` are those of
    the whole tree: which occur at a place tells already. ``quiet`` are the keys of a hidden row to which nothing was
    added in whatever is hidden with it. ``nothing``: no cell may be shown, nor a total where totals are protected.
    """

    totals_hidden: set[Part] = field(default_factory=set)
    rows_hidden: dict[Part, frozenset[str]] = field(default_factory=dict)
    decided: set[Part] = field(default_factory=set)
    keys: frozenset[str] = frozenset()
    empty_hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    quiet: dict[Part, frozenset[str]] = field(default_factory=dict)
    nothing: bool = False
    totals_protected: bool = False

    def total(self, path: str, *, own: bool = False) -> bool:
        if self.nothing:
            return not self.totals_protected
        part = (path, own)
        return part not in self.totals_hidden and (part in self.decided or path[:-_STEP] not in self.empty_hidden)

    def cell(self, path: str, key: str, *, own: bool = False) -> bool:
        if self.nothing:
            return False
        part = (path, own)
        if part in self.rows_hidden:
            return key in self.rows_hidden[part]
        return self.total(path, own=own) or (part not in self.decided and key in self.empty_hidden[path[:-_STEP]])

    def known(self, part: Part) -> frozenset[str]:
        """Of which keys the number was known."""
        if self.nothing:
            return frozenset()
        return self.rows_hidden.get(part, self.keys)


EVERYTHING = Published()


def is_protected(count: Count, dimension: Dimension | None) -> bool:
    return count.protected or (dimension is not None and dimension.protected)


def published(ground: Ground, count: Count, period: str, path: str, dimension: Dimension | None) -> Published:
    """The decisions for ``path``, its own part and its children; no query where nothing is protected, else one."""
    if not is_protected(count, dimension):
        return EVERYTHING
    levels = chain(path)
    tables = _tables(ground, count, period, levels, dimension.code if dimension else None)
    keys = dimension.keys if dimension else ()
    given = {"protect_totals": count.protected, "split": dimension is not None, "keys": keys}
    return decide_in_turn(levels, tables, settings.SMALL_CELL_THRESHOLD, **given)


def _tables(ground: Ground, count: Count, period: str, levels: list[str], dimension: str | None) -> list[Rows]:
    """By path and key (own, total), the key of the undivided count being None: of the present alone, or of every month
    end up to the one looked at, the oldest first. A month end without a cell of the period has no table, but the last.
    """
    wanted = Q(path=levels[0]) | Q(parent_path__in=levels)
    names = ("path", "dimension", "key", "own", "total")
    asked = {"count": count.code, "period": period, "dimension__in": ["", dimension or ""]}
    if ground.snapshot is None:
        found = [("", *row) for row in ground.cells().filter(wanted, **asked).values_list(*names)]
        last = ""
    else:
        cells = SnapshotCell.objects.filter(wanted, snapshot__day__lte=ground.snapshot.day, **asked)
        found, last = list(cells.values_list("snapshot__day", *names)), ground.snapshot.day
    tables: dict[object, Rows] = defaultdict(lambda: defaultdict(dict))
    for day, at, name, key, own, total in found:
        tables[day][at][key if name else None] = (own, total)
    tables.setdefault(last, {})
    return [tables[day] for day in sorted(tables)]


def decide_in_turn(levels: list[str], tables: Sequence[Rows], threshold: int, **given) -> Published:
    """What may be shown of the last table when the earlier ones were shown as decided.

    Where too little was added to show even the top's, nothing is shown and the next table counts from the one before.
    """
    keys = {key for rows in tables for row in rows.values() for key in row if key is not None}.union(given.pop("keys"))
    shown, base, answer = None, {}, EVERYTHING
    for rows in tables:
        answer = decide(levels, rows, threshold, keys=keys, base=base, shown=shown, **given)
        if answer.nothing:
            continue
        if (levels[0], False) not in answer.totals_hidden and (levels[0], False) not in answer.rows_hidden:
            shown, base = answer, rows
    return answer


def decide(
    levels: list[str],
    rows: Rows,
    threshold: int,
    *,
    protect_totals: bool,
    split: bool,
    keys: Iterable[str] = (),
    base: Rows | None = None,
    shown: Published | None = None,
) -> Published:
    """``levels`` are the paths from the top down; ``rows`` hold them and their children. ``keys`` may occur or not.

    ``base`` is the table that was shown before, as ``shown`` decided.
    """
    keys = sorted({key for row in rows.values() for key in row if key is not None}.union(keys))
    found = Published(keys=frozenset(keys), totals_protected=protect_totals)
    deciding = _Deciding(levels, rows, base or {}, shown, keys, threshold, found)
    deciding.top(protect_totals=protect_totals, split=split)
    if shown is not None and (found.totals_hidden or found.rows_hidden):
        return Published(keys=found.keys, totals_protected=protect_totals, nothing=True)
    for level in levels:
        parts = deciding.parts(level)
        found.decided.update(parts)
        if protect_totals:
            deciding.totals(level, parts)
        if split:
            deciding.rows_of(level, parts)
    return found


@dataclass(slots=True)
class _Deciding:
    levels: list[str]
    rows: Rows
    base: Rows
    shown: Published | None
    keys: list[str]
    threshold: int
    found: Published

    def now(self, part: Part, key: str | None = None) -> int:
        return self.rows.get(part[0], {}).get(key, _NOTHING)[0 if part[1] else 1]

    def added(self, part: Part, key: str | None = None) -> int:
        """How far the number moved since it was shown; of a table shown for the first time, all of it."""
        before = self.base.get(part[0], {}).get(key, _NOTHING)[0 if part[1] else 1]
        return abs(self.now(part, key) - before)

    def row(self, part: Part) -> tuple[int, ...]:
        return tuple(self.now(part, key) for key in self.keys)

    def added_row(self, part: Part) -> tuple[int, ...]:
        return tuple(self.added(part, key) for key in self.keys)

    def may_show(self, part: Part) -> bool:
        return all(suppression.may_show_row(row, self.threshold) for row in (self.row(part), self.added_row(part)))

    def parts(self, level: str) -> list[Part]:
        below = {path for path in (*self.rows, *self.base, *self.levels) if path[:-_STEP] == level}
        return [(level, True), *((path, False) for path in sorted(below))]

    def top(self, *, protect_totals: bool, split: bool) -> None:
        top = (self.levels[0], False)
        small = any(0 < number < self.threshold for number in (self.now(top), self.added(top)))
        if protect_totals and small:
            self.found.totals_hidden.add(top)
        if split and (top in self.found.totals_hidden or not self.may_show(top)):
            self.found.rows_hidden[top] = self.found.quiet[top] = frozenset()

    def totals(self, level: str, parts: list[Part]) -> None:
        found = self.found
        if (level, False) in found.totals_hidden:
            hidden = set(parts)
        else:
            hidden = set(suppression.hidden_totals({part: self.now(part) for part in parts}, self.threshold))
            if self.shown is not None:
                hidden |= {part for part in parts if not self.shown.total(part[0], own=part[1])}
                added = {part: self.added(part) for part in parts}
                hidden |= suppression.hidden_additions(added, self.threshold, besides=frozenset(hidden))
        found.totals_hidden |= hidden
        if hidden:
            found.empty_hidden[level] = frozenset()

    def rows_of(self, level: str, parts: list[Part]) -> None:
        found, above = self.found, (level, False)
        before = self.shown.rows_hidden if self.shown is not None else {}
        secret = {part for part in parts if part in found.totals_hidden or part in before}
        if above in found.rows_hidden:
            # An empty total that is shown says the whole row.
            hidden, quiet = (
                {part for part in parts if any(self.row(part)) or any(self.added_row(part))},
                found.quiet[above],
            )
        else:
            unfit = {part for part in parts if not suppression.may_show_row(self.row(part), self.threshold)}
            added = {part: self.added_row(part) for part in parts}
            hidden = suppression.hidden_rows(added, self.threshold, besides=frozenset(secret | unfit)) | unfit
            together = suppression.sums([added[part] for part in hidden]) if hidden else [0] * len(self.keys)
            quiet = frozenset(key for key, total in zip(self.keys, together, strict=True) if not total)
        for part in {*hidden, *secret}:
            unmoved = part not in found.totals_hidden and not any(self.added_row(part))
            found.quiet[part] = found.keys if unmoved else quiet
            known = self.shown.known(part) if self.shown is not None else found.keys
            found.rows_hidden[part] = known & found.quiet[part]
        if level in found.empty_hidden:
            earlier = self.shown.empty_hidden.get(level, found.keys) if self.shown is not None else found.keys
            found.empty_hidden[level] = quiet & earlier
