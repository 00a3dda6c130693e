"""School terms: autumn from September to January, spring from February to August."""

from datetime import date

SPRING, AUTUMN = "spring", "autumn"


def term_of(day: date) -> tuple[int, str]:
    """The year in which the term begins, and which of the two it is."""
    if day.month >= 9:
        return day.year, AUTUMN
    return (day.year - 1, AUTUMN) if day.month == 1 else (day.year, SPRING)


def term_began(day: date) -> date:
    """The first day of the term that ``day`` lies in."""
    year, term = term_of(day)
    return date(year, 9, 1) if term == AUTUMN else date(year, 2, 1)
