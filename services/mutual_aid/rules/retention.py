"""Until when a cover is kept, and the claims that were made on it.

Source: the notice of mutual aid, § 5 (``services/privacy/notices/mutual_aid.en.txt``): enrolments for three years after
the cover has ended, claims for ten years after the last payment, because payments have to be accounted for. The cover
that a payment rests on is part of that account and is kept as long; what was claimed in vain goes with the cover.
"""

from collections.abc import Iterable
from datetime import date

COVER_YEARS = 3
PAID_YEARS = 10


def term_of(last_day: date, claims_ended: Iterable[date], last_paid: date | None) -> tuple[int, date]:
    """For how many years a cover is kept with its claims, and from which day."""
    if last_paid is not None:
        return PAID_YEARS, max(last_paid, last_day)
    return COVER_YEARS, max((last_day, *claims_ended))
