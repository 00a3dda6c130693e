"""What a sample can say of all homes: a rate by strata, an exact interval, and what a sample may have missed (D3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

METHOD = "hypergeometric"
# The interval of Clopper and Pearson carried over to a finite population: both tails of the hypergeometric
# distribution are inverted, so that no finite-population correction has to be added to it.
SOURCE = "Buonaccorsi 1987, The American Statistician 41(3), 215-218; Cochran 1977, Sampling Techniques, 3.6"
TAIL = Fraction(1, 40)  # of each side: 95 %


@dataclass(frozen=True, slots=True)
class Stratum:
    """``size`` homes, ``seen`` of them visited, ``passed`` of these passed at the first try."""

    size: int
    seen: int
    passed: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Fewest and most homes that pass, of ``population``."""

    low: int
    high: int
    population: int

    @property
    def low_rate(self) -> Fraction:
        return Fraction(self.low, self.population)

    @property
    def high_rate(self) -> Fraction:
        return Fraction(self.high, self.population)


def chance(good: int, *, population: int, seen: int, passed: int) -> Fraction:
    """That exactly ``passed`` of ``seen`` drawn ones are good, when ``good`` of ``population`` are."""
    bad = population - good
    if not (0 <= passed <= good and 0 <= seen - passed <= bad):
        return Fraction(0)
    return Fraction(comb(good, passed) * comb(bad, seen - passed), comb(population, seen))


def interval(*, population: int, seen: int, passed: int) -> Interval | None:
    """95 % interval for the number of homes that pass; None: nothing was seen.

    The lower end is the smallest number under which so many passes, or more, aren't rarer than one in forty; the upper
    end the greatest under which so few, or fewer, aren't.
    """
    if seen == 0:
        return None

    def at_least(good: int) -> Fraction:
        return sum(
            (chance(good, population=population, seen=seen, passed=one) for one in range(passed, seen + 1)), Fraction(0)
        )

    def at_most(good: int) -> Fraction:
        return sum(
            (chance(good, population=population, seen=seen, passed=one) for one in range(passed + 1)), Fraction(0)
        )

    fewest, most = passed, population - (seen - passed)
    low = _first(fewest, most, lambda good: at_least(good) > TAIL)
    high = most - _first(0, most - fewest, lambda less: at_most(most - less) > TAIL)
    return Interval(low, high, population)


def _first(begin: int, end: int, holds: Callable[[int], bool]) -> int:
    """The smallest number for which it holds; once it holds it holds for all above."""
    while begin < end:
        middle = (begin + end) // 2
        if holds(middle):
            end = middle
        else:
            begin = middle + 1
    return begin


def weighted_rate(strata: Sequence[Stratum]) -> Fraction | None:
    """The rate of all homes as the strata stand for them: a stratum counts by its size, not by what was seen of it.

    None when a stratum that has homes wasn't seen at all: nothing may be said of it.
    """
    alive = [one for one in strata if one.size]
    if not alive or any(one.seen == 0 for one in alive):
        return None
    return sum((Fraction(one.size * one.passed, one.seen) for one in alive), Fraction(0)) / sum(
        one.size for one in alive
    )


def missed(*, population: int, seen: int, bad: int) -> Fraction:
    """The chance that a sample holds none of ``bad`` bad homes."""
    return chance(population - bad, population=population, seen=seen, passed=seen)
