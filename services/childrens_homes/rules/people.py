"""Teachers, their education, and whether a volunteer may work on a day (V4, V5, V7)."""

from collections.abc import Iterable
from datetime import date, timedelta

# In rising order, as `enums.Education`.
EDUCATION = ("below", "secondary_voc", "college", "bachelor", "master")


def educated_enough(education: str, least: str) -> bool:
    """R6.3: at least college for school homes, at least secondary vocational for those below school age."""
    return EDUCATION.index(education) >= EDUCATION.index(least)


def last_day_of_check(checked_on: date, months: int) -> date:
    """The last day on which a check of this day can count: ``months`` later, less a day (Law on Minors, art. 62)."""
    month = checked_on.month - 1 + months
    year, month = checked_on.year + month // 12, month % 12 + 1
    for day in (checked_on.day, 30, 29, 28):
        try:
            return date(year, month, day) - timedelta(days=1)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def vetting_on(day: date, records: Iterable[tuple[date, str, date]], *, warn: timedelta) -> str:
    """Where a volunteer's check stands on ``day``. ``records``: (checked on, result, counts until).

    The latest check of that day or before decides: one that isn't cleared ends every earlier one.
    """
    known = [one for one in records if one[0] <= day]
    if not known:
        return "never"
    _checked, result, until = max(known)
    if result != "cleared":
        return "not_cleared"
    if until < day:
        return "expired"
    return "expiring" if until - day <= warn else "cleared"


def may_work(standing: str) -> bool:
    return standing in ("cleared", "expiring")
