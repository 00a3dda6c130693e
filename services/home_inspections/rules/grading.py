"""Grades of a year: only they are published, never the points behind them (B5, A1.36)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

EXCELLENT, GOOD, MET, NOT_MET = "excellent", "good", "met", "not_met"


@dataclass(frozen=True, slots=True)
class Marks:
    """From which score on a grade is given; a score at the mark has it."""

    excellent: Decimal
    good: Decimal
    met: Decimal

    def in_order(self) -> bool:
        return 100 >= self.excellent > self.good > self.met > 0


def grade(score: Decimal, marks: Marks) -> str:
    if score >= marks.excellent:
        return EXCELLENT
    if score >= marks.good:
        return GOOD
    return MET if score >= marks.met else NOT_MET


def counted(grades: Iterable[str]) -> dict[str, int]:
    found = dict.fromkeys((EXCELLENT, GOOD, MET, NOT_MET), 0)
    for one in grades:
        found[one] += 1
    return found
