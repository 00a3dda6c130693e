"""Holds and offers whose time ran out give their place back, and whatever is free passes on."""

import logging
from datetime import datetime

from django.db.models import F

from services.bookings import errors
from services.bookings.actions.cancelling import release
from services.bookings.actions.locking import lock_sessions_of, places_transaction
from services.bookings.actions.waiting import pass_on
from services.bookings.enums import RUNNING, BookingState, OfferingState, WaitingState
from services.bookings.models import Booking, Offering

logger = logging.getLogger(__name__)


def expire_due(now: datetime) -> int:
    """Lapse every hold and offer that is due, each in its own transaction; returns how many lapsed here.

    Two workers may run it at once: each booking is judged again under its locks. One that is busy is left for the
    next run. Afterwards free places pass to women still waiting (places given to their union meanwhile).
    """
    due = Booking.objects.unscoped().filter(state__in=RUNNING, held_until__lte=now).order_by("session_id", "pk")
    done = sum(_lapse(booking, now=now) for booking in due)
    waiting = Offering.objects.filter(
        state=OfferingState.OPEN,
        waiting__state=WaitingState.WAITING,
        sessions__taken__lt=F("sessions__capacity"),
        sessions__starts_at__gt=now,
    ).distinct()
    for offering in waiting:
        try:
            pass_on(offering, now=now)
        except errors.Busy:
            logger.info("offering %s is busy, its free places wait for the next run", offering.pk)
    return done


def _lapse(booking: Booking, *, now: datetime) -> bool:
    try:
        with places_transaction():
            sessions, _key = lock_sessions_of(booking)
            before = Booking.objects.unscoped().values_list("state", flat=True).get(pk=booking.pk)
            after = release(booking, sessions, to=BookingState.EXPIRED, by=None, now=now).state
            return before in RUNNING and after == BookingState.EXPIRED
    except errors.Busy:
        return False
