"""Until when what a woman had in a programme is kept, and how much of her age stays.

Sources: the notice of screening, § 5 (three years after the programme ends, to check intervals and for audit), and that
of help after a screening, § 5 (three years after the follow-up has ended, as a medical record).
"""

from datetime import date

from services.screening.rules.ages import AGES, OLDEST, bounds

YEARS = 3


def kept_from(programme_ended: date, *, followed_up: bool, follow_up_ended: date | None) -> date | None:
    """The day from which the years count; None while she is being followed up."""
    if not followed_up:
        return programme_ended
    return max(programme_ended, follow_up_ended) if follow_up_ended else None


def coarse_birth(year: int, birth_year: int) -> date:
    """A day in a year of birth that falls into her age band in the programme's year, the same for all in the band."""
    age = year - birth_year
    band = next((key for highest, key in AGES if age <= highest), OLDEST)
    lowest, highest = bounds(band)
    return date(year - (lowest if band == OLDEST else highest), 1, 1)
