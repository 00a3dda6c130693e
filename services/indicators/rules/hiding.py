"""Which numbers of people stay hidden in tables of regions and of splits, so that nobody recovers them by subtraction.

The tree is decided as a whole and alike for every reader: what is hidden in the table of the place above is hidden on
the place's own page, and so is everything below it (decision 6)."""

from collections.abc import Collection, Mapping, Sequence

from services.figures.rules.suppression import hidden_rows, hidden_totals, may_show_row

Tree = Mapping[str, Sequence[str]]


def hidden_places(top: str, below: Tree, counts: Mapping[str, int | None], threshold: int) -> frozenset[str]:
    """Places whose count may not be shown. ``below``: the places directly below each; None: nothing is known there.

    A count of nobody known is no cell. A top that is small itself hides everything.
    """
    known = {place: count for place, count in counts.items() if count is not None}
    if 0 < known.get(top, 0) < threshold:
        return frozenset(known)
    hidden: set[str] = set()
    waiting = [top]
    while waiting:
        place = waiting.pop()
        parts = {child: known[child] for child in below.get(place, ()) if child in known}
        # Where a part isn't known nothing adds up, yet a sum that is known tells the last part.
        shut = place in hidden
        gone = frozenset(parts) if shut else hidden_totals(parts, threshold)
        hidden |= gone
        waiting += below.get(place, ())
    return frozenset(hidden)


def widest(
    top: str, below: Tree, counts: Mapping[str, int | None], hidden: Collection[str], threshold: int
) -> dict[str, int | None]:
    """The most that somebody who reads all that is shown may take each hidden place for; None: there is no bound to it.

    Worked out of shown numbers alone, so that it tells nothing itself: a hidden top is small, hidden parts are together
    what the sum above leaves over, and below a hidden place nothing is more than that place.
    """
    found: dict[str, int | None] = {top: threshold - 1} if top in hidden else {}
    waiting = [top]
    while waiting:
        place = waiting.pop()
        parts = below.get(place, ())
        gone = [part for part in parts if part in hidden]
        if place in hidden:
            most = found.get(place)
        elif counts.get(place) is None:
            most = None
        else:
            most = counts[place] - sum(counts.get(part) or 0 for part in parts if part not in hidden)
        found |= dict.fromkeys(gone, most)
        waiting += parts
    return found


def hidden_splits(top: str, below: Tree, rows: Mapping[str, Sequence[int] | None], threshold: int) -> frozenset[str]:
    """Places whose row of a split (girls and boys, town and country) may not be shown: whole or not at all."""
    known = {place: tuple(row) for place, row in rows.items() if row is not None}
    if top not in known or not may_show_row(known[top], threshold):
        return frozenset(known)
    hidden: set[str] = set()
    waiting = [top]
    while waiting:
        place = waiting.pop()
        parts = {child: known[child] for child in below.get(place, ()) if child in known}
        hidden |= frozenset(parts) if place in hidden else hidden_rows(parts, threshold)
        waiting += below.get(place, ())
    return frozenset(hidden)
