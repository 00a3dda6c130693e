"""Remembering that a place was missed, and forgetting it: inside the transaction that changes the booking."""

from datetime import datetime

from django.utils import timezone

from services.bookings import rules
from services.bookings.enums import BookingState, Missed
from services.bookings.models import Booking, MissedPlace
from services.bookings.policies import is_herself


def remember(booking: Booking, *, was: str, by, now: datetime) -> None:
    """Keep that she missed the place, if the booking in its new state says so. The booking is locked."""
    kind = _kind(booking, was=was, by=by, now=now)
    if kind is not None:
        MissedPlace.objects.unscoped().get_or_create(
            booking=booking,
            defaults={
                "worker_id": booking.worker_id,
                "kind": kind,
                "on": timezone.localdate(booking.session.starts_at),
            },
        )


def _kind(booking: Booking, *, was: str, by, now: datetime) -> Missed | None:
    """Only what she did herself counts as late: staff cancel for reasons of their own."""
    if booking.state == BookingState.NO_SHOW:
        return Missed.NO_SHOW
    hers = booking.state == BookingState.CANCELLED and was == BookingState.CONFIRMED and is_herself(by, booking.worker)
    hours = booking.offering.late_cancel_hours
    if hers and rules.counts_as_late(now, starts_at=booking.session.starts_at, hours=hours):
        return Missed.LATE
    return None


def forget(booking: Booking) -> bool:
    """Nothing is kept of a missed place that doesn't count; was there one?"""
    return bool(MissedPlace.objects.unscoped().filter(booking=booking).delete()[0])
