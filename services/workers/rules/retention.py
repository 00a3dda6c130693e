"""Until when the record of a woman who left is kept.

Source: the notice of the roster, § 5: until the statistics of the year in which she left are closed. Unions report a
year in the first months of the next one; the end of its first half leaves time for corrections.
"""

from datetime import date

RETURNS_CLOSED = (6, 30)


def kept_until(left_on: date) -> date:
    """The last day on which her record is kept."""
    return date(left_on.year + 1, *RETURNS_CLOSED)


def left_by(today: date) -> date:
    """The last day on which somebody can have left whose record is no longer kept ``today``."""
    closed = today > date(today.year, *RETURNS_CLOSED)
    return date(today.year - (1 if closed else 2), 12, 31)
