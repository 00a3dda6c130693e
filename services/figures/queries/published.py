"""What of a count may be shown, decided from the top of the tree downward and so alike for everybody who looks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from services.figures.queries.ground import Ground, chain
from services.figures.registry import Count, Dimension
from services.figures.rules import suppression
from services.organizations.models import Organization

Part = tuple[str, bool]
_STEP = Organization.steplen


@dataclass(slots=True)
class Published:
    """``total`` and ``cell`` say whether a number may be shown; ``own`` asks for what belongs to no child of ``path``.

    A hidden row keeps the keys whose zero follows from what is shown. Children without any cell are empty, and hidden
    below the paths in ``empty_hidden``. ``keys`` are those of the whole tree: which occur at a place tells already.
    """

    totals_hidden: set[Part] = field(default_factory=set)
    rows_hidden: dict[Part, frozenset[str]] = field(default_factory=dict)
    decided: set[Part] = field(default_factory=set)
    keys: frozenset[str] = frozenset()
    empty_hidden: dict[str, frozenset[str]] = field(default_factory=dict)

    def total(self, path: str, *, own: bool = False) -> bool:
        part = (path, own)
        return part not in self.totals_hidden and (part in self.decided or path[:-_STEP] not in self.empty_hidden)

    def cell(self, path: str, key: str, *, own: bool = False) -> bool:
        part = (path, own)
        if part in self.rows_hidden:
            return key in self.rows_hidden[part]
        return self.total(path, own=own) or (part not in self.decided and key in self.empty_hidden[path[:-_STEP]])


EVERYTHING = Published()


def published(ground: Ground, count: Count, period: str, path: str, dimension: Dimension | None) -> Published:
    """The decisions for ``path``, its own part and its children; no query where nothing is protected, else one."""
    split = dimension is not None and (dimension.protected or count.protected)
    if not split and not count.protected:
        return EVERYTHING
    levels = chain(path)
    rows = _rows(ground, count, period, levels, dimension.code if split else None)
    keys = dimension.keys if split else ()
    return decide(levels, rows, settings.SMALL_CELL_THRESHOLD, protect_totals=count.protected, split=split, keys=keys)


Rows = dict[str, dict[str, tuple[int, int]]]


def _rows(ground: Ground, count: Count, period: str, levels: list[str], dimension: str | None) -> Rows:
    """By path and key: (own, total); the key of the undivided count is None."""
    wanted = Q(path=levels[0]) | Q(parent_path__in=levels)
    found = ground.cells().filter(wanted, count=count.code, period=period, dimension__in=["", dimension or ""])
    rows: Rows = defaultdict(dict)
    for at, name, key, own, total in found.values_list("path", "dimension", "key", "own", "total"):
        rows[at][key if name else None] = (own, total)
    return rows


def decide(
    levels: list[str], rows: Rows, threshold: int, *, protect_totals: bool, split: bool, keys: Iterable[str] = ()
) -> Published:
    """``levels`` are the paths from the top down; ``rows`` hold them and their children. ``keys`` may occur or not."""
    keys = sorted({key for row in rows.values() for key in row if key is not None}.union(keys))
    found = Published(keys=frozenset(keys))
    top = levels[0]
    top_total = rows.get(top, {}).get(None, (0, 0))[1]
    if protect_totals and 0 < top_total < threshold:
        found.totals_hidden.add((top, False))
    if split and (
        (top, False) in found.totals_hidden or not suppression.may_show_row(_row(rows, top, keys), threshold)
    ):
        found.rows_hidden[top, False] = frozenset()
    for level in levels:
        parts = _parts(level, levels, rows)
        found.decided.update(parts)
        if protect_totals:
            _decide_totals(found, level, parts, rows, threshold)
        if split:
            _decide_rows(found, level, parts, rows, keys, threshold)
    return found


def _parts(level: str, levels: list[str], rows: Rows) -> list[Part]:
    below = {path for path in (*rows, *levels) if path[:-_STEP] == level}
    return [(level, True), *((path, False) for path in sorted(below))]


def _row(rows: Rows, path: str, keys: list[str], *, own: bool = False) -> tuple[int, ...]:
    return tuple(rows.get(path, {}).get(key, (0, 0))[0 if own else 1] for key in keys)


def _decide_totals(found: Published, level: str, parts, rows: Rows, threshold: int) -> None:
    if (level, False) in found.totals_hidden:
        hidden = set(parts)
    else:
        totals = {part: rows.get(part[0], {}).get(None, (0, 0))[0 if part[1] else 1] for part in parts}
        hidden = suppression.hidden_totals(totals, threshold)
    found.totals_hidden |= hidden
    if hidden:
        found.empty_hidden[level] = frozenset()


def _decide_rows(found: Published, level: str, parts, rows: Rows, keys: list[str], threshold: int) -> None:
    filled = {part: _row(rows, part[0], keys, own=part[1]) for part in parts}
    secret = frozenset(part for part in parts if part in found.totals_hidden)
    zeros = found.rows_hidden.get((level, False))
    if zeros is not None:
        # An empty total that is shown says the whole row.
        hidden = {part for part, row in filled.items() if any(row)}
    else:
        hidden = suppression.hidden_rows(filled, threshold, besides=secret)
        together = suppression.sums([filled[part] for part in hidden]) if hidden else [0] * len(keys)
        zeros = frozenset(key for key, total in zip(keys, together, strict=True) if not total)
    found.rows_hidden |= dict.fromkeys({*hidden, *secret}, zeros)
    if level in found.empty_hidden:
        found.empty_hidden[level] = zeros
