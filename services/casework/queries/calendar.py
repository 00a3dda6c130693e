"""The calendar of working days: the library's yearly arrangements, with the installation's exceptions on top."""

from functools import cache

from chinese_calendar import constants

from services.casework.models import DayException
from services.casework.rules.days import Calendar


def calendar() -> Calendar:
    """The calendar as it stands now; one query."""
    holidays, make_up, known = _arranged()
    exceptions = dict(DayException.objects.values_list("day", "working"))
    return Calendar(holidays=holidays, make_up=make_up, known=known, exceptions=exceptions)


@cache
def _arranged() -> tuple[frozenset, frozenset, frozenset]:
    holidays, make_up = frozenset(constants.holidays), frozenset(constants.workdays)
    return holidays, make_up, frozenset(day.year for day in holidays)
