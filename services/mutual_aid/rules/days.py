"""Days of a cover (§1.5): which day of it a date is, when it ends, in which line of the ladder it falls.

Two things differ between texts, and most don't say them: whether the day on which the cover begins is day 0 or day 1,
and whether the last day that a text names belongs to the period ("30日(含)内"). Both are terms of the scheme. Where
they aren't known the rules count as §1.10 does: the first day is day 0, the last day belongs to the period.
"""

from datetime import date, timedelta

from services.foundation.months import add_months
from services.mutual_aid.rules.terms import Line, Terms

ONE_DAY = timedelta(days=1)


def day_number(effective: date, on: date, effective_day: int | None) -> int:
    """Which day of the cover ``on`` is. Negative before it begins."""
    return (on - effective).days + (effective_day or 0)


def last_day(effective: date, months: int) -> date:
    """The last day of a cover of so many months: it ends at 24:00 of that day (§1.5 S14).

    The day before the corresponding day of the last month; where that month has no such day, the month's last
    (Civil Code, art. 202): a year from 29 February 2024 ends on 28 February 2025.
    """
    target = add_months(effective, months)
    return target if target.day != effective.day else target - ONE_DAY


def bounds(line: Line, last_day_counts: bool | None) -> tuple[int, int | None] | None:
    """First and last day of a line as they count; None while nobody knows from which day it runs.

    Where the last day named doesn't belong to a period, every border lies one day earlier.
    """
    if line.day_from is None:
        return None
    shift = 1 if last_day_counts is False else 0
    first = max(line.day_from - shift, 0)
    return first, None if line.day_to is None else line.day_to - shift


def line_on(terms: Terms, day: int, *, renewal: bool, disease: str, grade: str) -> Line | None:
    """The line of the ladder that a diagnosis on this day of the cover falls into; None: there is none.

    A line of unknown days is taken where no other fits.
    """
    shift = 1 if terms.last_day_counts is False else 0
    for line in terms.lines_for(renewal, disease, grade):
        first, last = line.day_from, line.day_to
        if first is None:
            return line
        if first - shift <= day and (last is None or day <= last - shift):
            return line
    return None
