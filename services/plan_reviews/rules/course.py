"""On the way to a target: expected(t) = base + (target − base) · (t − t₀) ÷ (T − t₀) (DOMAIN-children-privacy C3)."""

from dataclasses import dataclass
from fractions import Fraction

from services.plan_reviews.rules.comparing import (
    AGAINST_BASE,
    MAINTAINING,
    MET,
    NO_DATA,
    NO_TARGET,
    NOT_DUE,
    NOT_MET,
    Aim,
    Comparator,
    judge,
)

ON_TRACK, AT_RISK, OFF_TRACK = "on_track", "at_risk", "off_track"


@dataclass(frozen=True, slots=True)
class Span:
    """From the year of the base to the year in which the target is due."""

    base_year: int
    due_year: int


@dataclass(frozen=True, slots=True)
class Judged:
    """``status`` says where it stands against the target, ``course`` how it is on its way; never one for the other.
    ``expected``: where the way would be in this year; None without a base."""

    status: str
    course: str = ""
    expected: Fraction | None = None


def expected(aim: Aim, span: Span, year: int) -> Fraction | None:
    """Where a straight way from base to target stands in a year, from the base year to the due year."""
    end = Fraction(0) if aim.comparator == Comparator.EQUAL_ZERO else aim.target
    if aim.base is None or end is None or span.due_year <= span.base_year or aim.comparator == Comparator.RANGE:
        return None
    passed = min(max(year - span.base_year, 0), span.due_year - span.base_year)
    return aim.base + (end - aim.base) * Fraction(passed, span.due_year - span.base_year)


def look(value: Fraction | None, aim: Aim, span: Span, year: int, *, at_risk_share: int = 80) -> Judged:
    """What is to be said of a year. Before the due year a target that isn't reached yet is “not due”, with its course:
    on the way; at risk from ``at_risk_share`` per cent of the way that should be behind it; else off the way."""
    verdict = judge(value, aim)
    where = expected(aim, span, year)
    if verdict in (NO_TARGET, NO_DATA):
        return Judged(verdict, "", where)
    if year >= span.due_year:
        return Judged(verdict, "", where)
    if verdict == MET:
        return Judged(MET, ON_TRACK, where)
    if aim.comparator in MAINTAINING | AGAINST_BASE | {Comparator.RANGE}:
        # What is to be kept, to stay in a range or to move in one direction is due every year.
        return Judged(NOT_MET if aim.comparator in MAINTAINING else NOT_DUE, OFF_TRACK, where)
    return Judged(NOT_DUE, _course(value, aim, where, at_risk_share) if where is not None else "", where)


def _course(value: Fraction, aim: Aim, where: Fraction, at_risk_share: int) -> str:
    end = Fraction(0) if aim.comparator == Comparator.EQUAL_ZERO else aim.target
    sign = 1 if end > aim.base else -1
    should, has = (where - aim.base) * sign, (value - aim.base) * sign
    if end == aim.base:
        return OFF_TRACK
    if has >= should:
        return ON_TRACK
    return AT_RISK if has > 0 and has * 100 >= should * at_risk_share else OFF_TRACK
