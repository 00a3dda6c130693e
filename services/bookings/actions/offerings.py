"""Opening and closing what can be booked."""

from datetime import datetime

from django.db import transaction

from services.bookings import errors
from services.bookings.enums import OfferingState
from services.bookings.models import Offering
from services.bookings.policies import may_run


def open_offering(offering: Offering, *, by, now: datetime) -> Offering:
    """Open sign-up (from ``opens_at`` on). Repeating it changes nothing. Lock: the offering.

    Raises ``NotReady`` without a window or a session ahead, ``WindowClosed`` when the window is over.
    """
    may_run(by, offering).insist()
    with transaction.atomic():
        offering = Offering.objects.select_for_update(no_key=True, of=("self",)).get(pk=offering.pk)
        ahead = offering.sessions.filter(starts_at__gt=now, capacity__gt=0).exists()
        if not (offering.opens_at and offering.closes_at and ahead):
            raise errors.NotReady()
        if offering.closes_at <= now:
            raise errors.WindowClosed()
        if offering.state != OfferingState.OPEN:
            offering.state = OfferingState.OPEN
            offering.save(update_fields=["state"])
        return offering


def close_offering(offering: Offering, *, by, now: datetime) -> Offering:
    """Stop sign-up and promotion; bookings stand. Repeating it changes nothing. Lock: the offering."""
    may_run(by, offering).insist()
    with transaction.atomic():
        offering = Offering.objects.select_for_update(no_key=True, of=("self",)).get(pk=offering.pk)
        if offering.state != OfferingState.CLOSED:
            offering.state = OfferingState.CLOSED
            offering.save(update_fields=["state"])
        return offering
