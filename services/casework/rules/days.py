"""Chinese working days: what counts, the n-th one from a day, how many lie between two.

Source: the State Council's yearly arrangement of holidays and make-up days (《国务院办公厅关于部分节假日安排的通知》),
published in autumn for the year that follows. A year without one counts Monday to Friday, and answers say so.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """``holidays`` are free although they may be weekdays, ``make_up`` are weekend days that are worked.

    ``exceptions`` (day → is it worked) are the installation's own and win. ``known`` are the years whose arrangement
    is in it.
    """

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    known: frozenset[int] = frozenset()
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        if day in self.exceptions:
            return self.exceptions[day]
        if day in self.holidays:
            return False
        return day in self.make_up or day.weekday() < _SATURDAY

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a year between the two isn't arranged yet, so that the count may still shift."""
        return any(year not in self.known for year in range(first.year, last.year + 1))


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The ``days``-th working day after ``start``; ``start`` itself doesn't count. 0 gives ``start``."""
    day = start
    while days > 0:
        day += _ONE
        days -= calendar.is_working(day)
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after ``start`` up to and including ``end``; 0 when ``end`` isn't later.

    Weeks are multiplied and only what differs from them is looked at: lists ask this of each row, and a case may be
    years late.
    """
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * _SATURDAY + sum((start + n * _ONE).weekday() < _SATURDAY for n in range(1, rest + 1))
    arranged = _in_order(calendar.holidays, calendar.make_up)
    special = set(arranged[bisect_right(arranged, start) : bisect_right(arranged, end)])
    special.update(day for day in calendar.exceptions if start < day <= end)
    return weekdays + sum(calendar.is_working(day) - (day.weekday() < _SATURDAY) for day in special)


@lru_cache(maxsize=8)
def _in_order(holidays: frozenset[date], make_up: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(holidays | make_up))
