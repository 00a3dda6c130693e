"""The ledger of places as a book: every line moves whole places between two rows, or is a woman taking or leaving one.

From the lines alone the present state can be rebuilt, and after every line the rows together hold what was opened.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

USED, FREED = "used", "freed"
# The verbs of a booking's timeline by which a woman takes a place of a row, and leaves it again.
TAKES = frozenset({"held", "offered", "promoted", "drawn", "enrolled", "kept", "came_after_all"})
FREES = frozenset({"cancelled", "expired", "no_show"})


class Line(Protocol):
    """``source`` and ``target`` are rows; None where places come out of nothing, leave for good, or go to a woman."""

    kind: str
    count: int
    source: int | None
    target: int | None


@dataclass(slots=True)
class Balance:
    """What one row received, passed down and has in use."""

    slots: int = 0
    passed_down: int = 0
    used: int = 0

    @property
    def kept(self) -> int:
        return self.slots - self.passed_down

    @property
    def left(self) -> int:
        return self.kept - self.used


def replay(lines: Iterable[Line], parents: Mapping[int, int | None]) -> dict[int, Balance]:
    """The state after all lines. ``parents`` names, for each row, the one above it from which it receives."""
    state: dict[int, Balance] = {}
    for _line, balances in running(lines, parents):
        state = balances
    return state


def running(lines: Iterable[Line], parents: Mapping[int, int | None]) -> Iterator[tuple[Line, dict[int, Balance]]]:
    """Every line with the balances of all rows after it; the balances are one object that goes on changing.

    A place that a row holds was passed down by every row above it: taking it from a row lessens what those received
    and passed down, giving it adds to both. A transfer within one branch so leaves the rows above both ends alone.
    """
    state = {row: Balance() for row in parents}
    for line in lines:
        if line.kind == USED:
            state[line.source].used += line.count
        elif line.kind == FREED:
            state[line.target].used -= line.count
        else:
            _carry(state, parents, line.source, -line.count)
            _carry(state, parents, line.target, line.count)
        yield line, state


def _carry(state: dict[int, Balance], parents: Mapping[int, int | None], row: int | None, count: int) -> None:
    passes_on = False
    while row is not None:
        state[row].slots += count
        state[row].passed_down += count if passes_on else 0
        row, passes_on = parents[row], True


def opened(lines: Iterable[Line]) -> int:
    """How many places there are in all, by the lines that made or ended some."""
    entered = sum(line.count for line in lines if line.source is None and line.kind not in (USED, FREED))
    left = sum(line.count for line in lines if line.target is None and line.kind not in (USED, FREED))
    return entered - left
