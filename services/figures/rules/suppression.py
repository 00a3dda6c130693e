"""Which numbers must stay hidden so that nobody is told on, neither directly nor by subtraction."""

from collections.abc import Mapping, Sequence

Row = Sequence[int]


def may_show_row(row: Row, threshold: int) -> bool:
    """Every cell is 0 or reaches the threshold, and more than one isn't 0: one alone says what each of them is."""
    filled = [cell for cell in row if cell]
    return not filled or (len(filled) > 1 and min(filled) >= threshold)


def hidden_rows(parts: Mapping[str, Row], threshold: int, *, besides: frozenset[str] = frozenset()) -> frozenset[str]:
    """The parts of a shown row that can't be shown: those that may not be, ``besides``, and the smallest others
    until what all of them add up to may be shown itself and no part is so much of it that the rest tell its numbers
    to within the threshold.

    Empty parts are never hidden: their totals say that nothing is there.
    """
    filled = {name: row for name, row in parts.items() if any(row)}
    hidden = {name for name, row in filled.items() if name in besides or not may_show_row(row, threshold)}
    for name in sorted(filled.keys() - hidden, key=lambda name: (sum(filled[name]), name)):
        if not hidden or _safe_together([filled[name] for name in hidden], threshold):
            break
        hidden.add(name)
    return frozenset(hidden)


def _safe_together(rows: Sequence[Row], threshold: int) -> bool:
    totals = sorted(map(sum, rows))
    return sum(totals[:-1]) >= threshold and may_show_row(sums(rows), threshold)


def sums(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def hidden_additions(parts: Mapping[str, int], threshold: int, *, besides: frozenset[str] = frozenset()) -> frozenset:
    """The parts whose shown totals can't be shown again after this was added to each: small additions and those to
    parts hidden already (``besides``), then the next smallest, until each of them might be as wide as the threshold.

    That nothing was added stays known, unless what was added can't be hidden otherwise: then all parts are hidden.
    """
    filled = {name for name, added in parts.items() if added}
    hidden = {name for name in filled if name in besides or parts[name] < threshold}
    if not hidden:
        return frozenset()
    for name in sorted(filled - hidden, key=lambda name: (parts[name], name)):
        if _wide_enough(parts, hidden, threshold):
            break
        hidden.add(name)
    return frozenset(hidden if _wide_enough(parts, hidden, threshold) else parts)


def _wide_enough(parts: Mapping[str, int], hidden: set[str], threshold: int) -> bool:
    return len(hidden) > 1 and sum(parts[name] for name in hidden) - len(hidden) >= threshold


def hidden_totals(parts: Mapping[str, int], threshold: int) -> frozenset[str]:
    """The parts of a shown total that can't be shown: small ones, then also the empty ones (or a hidden part would be
    known to be more than nothing), then the next smallest until they reach the threshold together."""
    hidden = {name for name, total in parts.items() if 0 < total < threshold}
    if not hidden:
        return frozenset()
    hidden |= {name for name, total in parts.items() if total == 0}
    for name in sorted(parts.keys() - hidden, key=lambda name: (parts[name], name)):
        if len(hidden) > 1 and sum(parts[part] for part in hidden) >= threshold:
            break
        hidden.add(name)
    return frozenset(hidden)
