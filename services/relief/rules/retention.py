"""Until when an application for relief is kept, and the file that it belongs to.

Source: the notice of relief, § 5 (``services/privacy/notices/relief.en.txt``): as long as the file is open and for ten
years after the last payment, for payments from public money have to be accounted for; applications that came to nothing
for three years. A file on which nothing was ever paid has nothing to account for: three years as well.
"""

from dataclasses import dataclass
from datetime import date

PAID_YEARS = 10
NOTHING_YEARS = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """An application that is over: ``on`` the day, ``nothing`` whether it was refused, withdrawn or never paid out;
    of its file, where it has one, whether it is ``open``, the day she ``left``, and the day of the last payment."""

    on: date
    nothing: bool
    open: bool
    left: date | None
    last_paid: date | None


def term_of(ended: Ended) -> tuple[int, date] | None:
    """For how many years it is kept, and from which day; None while its file is open."""
    if ended.nothing:
        return NOTHING_YEARS, ended.on
    if ended.open:
        return None
    if ended.last_paid is not None:
        return PAID_YEARS, ended.last_paid
    return NOTHING_YEARS, max(ended.on, ended.left or ended.on)
