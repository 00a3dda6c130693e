"""Three numbers, always together: met of all, met of those with data, and how many have no data.

A county once published 96 %: of 94 indicators 4 were not met and 2 had no data, and the 90 others were called met,
among them the two nobody knew. 94 − 4 − 2 are 88: 93.6 % of all, 95.7 % of those with data, 2.1 % without
(DOMAIN-children-privacy C3 [W18])."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from services.plan_reviews.rules.comparing import MET, NO_DATA, NO_TARGET, NOT_DUE, NOT_MET, WITHHELD


@dataclass(frozen=True, slots=True)
class Counts:
    """``total`` are those with a target; what has none is counted apart. ``not_due``: not reached, with time left.
    ``withheld`` are counted apart too: in a sum with those that are told, a single one would be told by the rest."""

    met: int = 0
    not_met: int = 0
    not_due: int = 0
    no_data: int = 0
    no_target: int = 0
    withheld: int = 0

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.not_due + self.no_data

    @property
    def with_data(self) -> int:
        return self.total - self.no_data

    @property
    def of_all(self) -> Fraction | None:
        return _share(self.met, self.total)

    @property
    def of_known(self) -> Fraction | None:
        return _share(self.met, self.with_data)

    @property
    def unknown(self) -> Fraction | None:
        return _share(self.no_data, self.total)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def count(statuses: Iterable[str]) -> Counts:
    found = Counter(statuses)
    return Counts(found[MET], found[NOT_MET], found[NOT_DUE], found[NO_DATA], found[NO_TARGET], found[WITHHELD])
