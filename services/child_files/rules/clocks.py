"""The clocks of children's files: what is due when. Days and hours are arguments, so that a programme can set them.

Sources: Law on the Protection of Minors Art. 11 (report at once: the same day here), PIPL Arts. 15, 44-50 (requests:
15 working days as our own target), DHIS2's break-the-glass (at most three hours, reviewed afterwards).
"""

from datetime import date, datetime, time, timedelta

BREAK_GLASS_MOST = timedelta(hours=3)
REVIEW_WITHIN = timedelta(days=5)
REQUEST_WORKING_DAYS = 15
# A workbook in clear: so long it waits for its two releases, and so long it can be taken once it has them.
RELEASE_WAITS = timedelta(days=7)
RELEASE_LASTS = timedelta(hours=24)
RELEASE_COPIES = 3
DRAFT_DAYS = 30
RESTRICT_AFTER = timedelta(days=30)
KEEP_PROOF_YEARS = 3


def report_by(observed: datetime) -> datetime:
    """A concern is reported the same day, at the latest by its last minute; ``observed`` is a local moment."""
    return datetime.combine(observed.date(), time(23, 59, 59), tzinfo=observed.tzinfo)


def glass_until(opened: datetime, hours: int) -> datetime:
    """Emergency access ends after the asked hours, never later than three."""
    return opened + min(timedelta(hours=max(hours, 1)), BREAK_GLASS_MOST)


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
