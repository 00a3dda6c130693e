"""Calendar months, as rules count them."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later; the last of the month where that day doesn't exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
