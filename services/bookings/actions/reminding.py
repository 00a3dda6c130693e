"""Reminding a booked woman of when and where, at the wish of staff."""

from datetime import datetime

from services.bookings import errors, rules
from services.bookings.actions.locking import lock_booking, places_transaction
from services.bookings.actions.timeline import record, tell
from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.bookings.policies import may_change
from services.bookings.queries import reminded_since


def remind_booking(booking: Booking, *, by, now: datetime) -> Booking:
    """Send her the time and place of her booking once more, and note it on the timeline.

    Raises ``NotBooked`` unless the booking is confirmed, ``SessionPast`` once it has begun, ``RemindedAlready`` within
    a day of the last reminder, so that a second click sends nothing. Lock: the booking.
    """
    may_change(by, booking).insist()
    with places_transaction():
        booking = lock_booking(booking)
        if booking.state != BookingState.CONFIRMED:
            raise errors.NotBooked()
        if booking.session.starts_at <= now:
            raise errors.SessionPast()
        if reminded_since([booking.pk], now - rules.REMINDER_PAUSE):
            raise errors.RemindedAlready()
        event = record(booking, rules.REMINDED, by=by, now=now)
        tell(event, "bookings-reminded-by-staff")
        return booking
