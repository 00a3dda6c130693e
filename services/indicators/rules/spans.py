"""From which year to which an entry of the dictionary counts, and which definition of an indicator a year has."""

from collections.abc import Collection, Sequence


def counts_in(first: int | None, last: int | None, year: int) -> bool:
    """Both ends included; an end that is empty is open."""
    return (first is None or first <= year) and (last is None or year <= last)


def definition_in(last_years: Sequence[int], year: int) -> int | None:
    """Which of the earlier definitions counts in a year, by its place among their rising last years; None: the present
    one. Every year has exactly one."""
    return next((place for place, last in enumerate(last_years) if year <= last), None)


def begins_in_the_open(first_year: int, locked_years: Collection[int], before: int | None) -> bool:
    """Whether a definition may count from a year on: no locked year gets another one, and the one before it keeps a
    year at least."""
    return first_year > max(locked_years, default=0) and (before is None or first_year > before)
