"""Until when a record is kept whose matter is over.

Source: PIPL Art. 19 (the shortest time that the purpose needs) and Art. 47 (deleted once it is over); the years are
those that the notice of each purpose promises under "For how long" (``services/privacy/notices``).
"""

from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def ended_by(today: date, years: int) -> date:
    """The last day on which a matter can have ended whose ``years`` are over ``today``."""
    day = years_before(today, years)
    return day if years_after(day, years) <= today else years_before(today, years + 1)


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
