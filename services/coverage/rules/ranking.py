"""Who stands where among organisations of very different size. Plain Python."""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ranked:
    """``place`` None: not ranked, for ``whole`` is too small to compare. Equal rates share a place, the next one is
    left out (1, 1, 3)."""

    key: Hashable
    part: int
    whole: int
    place: int | None

    @property
    def rate(self) -> Fraction | None:
        return Fraction(100 * self.part, self.whole) if self.whole else None


def ranked(entries: Iterable[tuple[Hashable, int, int]], *, least: int) -> list[Ranked]:
    """Of (key, part, whole): those with at least ``least`` in the whole by their rate, the highest first; then the
    others, as they came."""
    entries = list(entries)
    large = [entry for entry in entries if entry[2] >= max(least, 1)]
    large.sort(key=lambda entry: -Fraction(entry[1], entry[2]))
    found: list[Ranked] = []
    for number, (key, part, whole) in enumerate(large, 1):
        same = bool(found) and found[-1].rate == Fraction(100 * part, whole)
        found.append(Ranked(key, part, whole, found[-1].place if same else number))
    small = [Ranked(*entry, None) for entry in entries if entry[2] < max(least, 1)]
    return found + small


def missing_for(part: int, whole: int, per_cent: Fraction) -> int:
    """How many more of the whole must join the part until it reaches so many per cent; 0 when it does."""
    return max(math.ceil(per_cent * whole / 100) - part, 0)
