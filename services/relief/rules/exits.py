"""When a household leaves the file, is checked again and is visited afterwards (§3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.foundation.months import add_months
from services.foundation.verdict import Finding, Outcome
from services.relief.enums import Cause, ExitReason

MONTHS_ABOVE = 6
# 解困: she can't leave because of illness or disability; the safety net and regular aid take over (S96m).
SAFETY_NET_CAUSES = frozenset({Cause.SERIOUS_ILLNESS, Cause.CANNOT_WORK})


@dataclass(frozen=True, slots=True)
class Month:
    """What a household had a person in the month that begins on ``month``, and the line of that month, yuan."""

    month: date
    per_person: Decimal
    line: Decimal

    @property
    def above(self) -> bool:
        """Strictly above (§3.7 S96m): exactly the line isn't."""
        return self.per_person > self.line


@dataclass(frozen=True, slots=True)
class Leaving:
    """``streak``: months above the line without a gap, up to the last one observed."""

    may: bool
    streak: int
    findings: tuple[Finding, ...]


def above_in_a_row(months: Sequence[Month]) -> int:
    """How many consecutive calendar months, up to the last one observed, lie above the line. A month that wasn't
    observed breaks the row as one below the line does."""
    streak, expected = 0, None
    for one in sorted(months, key=lambda each: each.month, reverse=True):
        begins = one.month.replace(day=1)
        if not one.above or (expected is not None and begins != expected):
            break
        streak += 1
        expected = add_months(begins, -1)
    return streak


def may_leave(reason: str, months: Sequence[Month], *, needed: int = MONTHS_ABOVE, cause: str = "") -> Leaving:
    """May the household leave for this reason (§3.7)? Out of hardship after ``needed`` months in a row above the
    line (Jiangsu: six, S96m); to the safety net because of illness or disability (S96m); retired, moved, died,
    by mistake (S81) and at her own wish at once."""
    streak = above_in_a_row(months)
    if reason == ExitReason.OUT_OF_HARDSHIP:
        met = streak >= needed
        finding = Finding("months_above_line", _met(met), {"streak": streak, "needed": needed}, source="§3.7 S96m")
    elif reason == ExitReason.SAFETY_NET:
        met = cause in SAFETY_NET_CAUSES
        finding = Finding("safety_net_cause", _met(met), {"cause": cause}, source="§3.7 S96m")
    elif reason in ExitReason.values:
        met = True
        finding = Finding("exit_reason", Outcome.PASSED, {"reason": str(reason)}, source="§3.7 S81")
    else:
        raise ValueError(f"unknown reason {reason!r}")
    return Leaving(met, streak, (finding,))


def next_check(since: date, months: int) -> date:
    """The day by which a household on file is checked again: yearly by default (§3.7 S81)."""
    return add_months(since, months)


def return_visits(left_on: date, months: int, every: int) -> list[date]:
    """The days of visits or calls to a household that left (返困 watch, §3.7 S81), for so many months.

    S81 names no rhythm; a visit a quarter is what Ningguo does for households on file (S94 S95): the test sets it.
    """
    return [add_months(left_on, after) for after in range(every, months + 1, every)]


def _met(met: bool) -> Outcome:
    return Outcome.PASSED if met else Outcome.FAILED
