"""The period that a return reports on, and the days that follow from it (DOMAIN §4.3: 1 October to 30 September)."""

from datetime import date, timedelta

_FIRST_MONTH = 10
# A year can be opened so many days before its period ends, and so many years after it.
AHEAD, LATEST = timedelta(days=31), 2
# So many days before the last day the officers of a unit are told, once each.
REMINDED_BEFORE = (7, 1)


def period(year: int) -> tuple[date, date]:
    """The first and the last day of what is called the return of ``year``."""
    return date(year - 1, _FIRST_MONTH, 1), date(year, _FIRST_MONTH, 1) - timedelta(days=1)


def due_on(year: int, *, month: int, day: int) -> date:
    """The last day for it; a month before the period's end lies in the year after."""
    this_year = date(year, month, day)
    return this_year if this_year > period(year)[1] else date(year + 1, month, day)


def may_be_opened(year: int, *, today: date) -> bool:
    if not date.min.year < year < date.max.year:
        return False
    return year >= today.year - LATEST and today >= period(year)[1] - AHEAD


def latest_year(today: date) -> int:
    """The year whose return is due next, or was due last."""
    return today.year if may_be_opened(today.year, today=today) else today.year - 1
