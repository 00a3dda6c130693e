"""Which pools with conditions a woman may draw on, as the app whose offering it is says."""

from datetime import datetime

from django.utils import timezone

from services.bookings.models import Offering
from services.bookings.registry import watchers
from services.bookings.rules import Fulfils


def fulfils_of(offering: Offering, worker, *, at: datetime, now: datetime) -> Fulfils:
    """Her answer to the conditions of pools, as of the day of a session beginning ``at``.

    Her facts are looked up when the first condition is asked about: where no pool has any, nothing is asked.
    """
    answers: list[Fulfils] = []

    def fulfils(conditions: dict) -> bool:
        if not answers:
            day = timezone.localdate(at)
            asked = (watcher.draws(offering, worker, on=day, now=now) for watcher in watchers)
            answers.extend([answer for answer in asked if answer] or [_nobody])
        return any(answer(conditions) for answer in answers)

    return fulfils


def _nobody(conditions: dict) -> bool:
    """Conditions that no app can judge are met by nobody."""
    return False
