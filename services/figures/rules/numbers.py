"""Rates, medians and comparisons. Missing is not zero: what can't be said is None."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


def rate(numerator: int | None, denominator: int | None) -> Fraction | None:
    """Per cent, exactly; None without a denominator or when a part is missing."""
    if numerator is None or not denominator:
        return None
    return Fraction(100 * numerator, denominator)


def rounded(value: Fraction | None) -> float | None:
    """One decimal, halves away from zero, as people round."""
    if value is None:
        return None
    tenths = abs(value) * 10 + Fraction(1, 2)
    return (-1 if value < 0 else 1) * (tenths.numerator // tenths.denominator) / 10


def median_bucket(numbers: Sequence[int]) -> int | None:
    """Index of the bucket in which the middle one lies (of an even number: the lower middle); None without any."""
    return percentile_bucket(numbers, 50)


def percentile_bucket(numbers: Sequence[int], per_cent: int) -> int | None:
    """Index of the first bucket up to which at least so many per cent lie (the nearest rank); None without any."""
    wanted, passed = -(-sum(numbers) * per_cent // 100), 0
    if not wanted:
        return None
    for index, number in enumerate(numbers):
        passed += number
        if passed >= wanted:
            return index
    return None


def reaches_bucket(key: str, keys: Sequence[str], ends: Mapping[str, int], aim: Fraction) -> bool | None:
    """Whether the bucket lies up to the one that ends at ``aim``; None where no bucket ends there any more, or
    ``key`` is none of them."""
    aimed = next((one for one in keys if ends.get(one) == aim), None)
    if aimed is None or key not in keys:
        return None
    return keys.index(key) <= keys.index(aimed)


@dataclass(frozen=True, slots=True)
class Change:
    """``points`` is the difference of two rates in percentage points, or of two numbers; ``per_cent`` the relative
    change of two numbers, None when it began at zero."""

    points: Fraction
    per_cent: Fraction | None = None


def change_of_rate(now: Fraction | None, before: Fraction | None) -> Change | None:
    return None if now is None or before is None else Change(now - before)


def change_of_number(now: int | None, before: int | None) -> Change | None:
    if now is None or before is None:
        return None
    return Change(Fraction(now - before), rate(now - before, before))


def reaches(value: Fraction | int | None, target: Fraction, *, higher_is_better: bool | None) -> bool | None:
    """Whether a target is met; None without a value, or for a statistic of which neither direction is better."""
    if value is None or higher_is_better is None:
        return None
    return value >= target if higher_is_better else value <= target
