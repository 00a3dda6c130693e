"""Checking a woman in at the door of a site: every scan is kept, the odd ones too."""

from datetime import datetime

from services.bookings.actions.locking import lock_booking, places_transaction
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState, ScanOutcome
from services.bookings.models import Booking, CheckInScan, Venue
from services.bookings.policies import may_check_in
from services.bookings.queries import booking_by_code, expected_outcome
from services.bookings.registry import watchers


def check_in(*, token: str, venue: Venue, by, now: datetime) -> tuple[ScanOutcome, Booking | None]:
    """Record a scan of a booking's token (or of its number, typed by hand) and check her in if all is right.

    Returns what it meant and the booking it was about, if any. Repeating it says that she was checked in before.
    Watchers hear of the attendance in the same transaction. Lock: the booking.
    """
    may_check_in(by, venue).insist()
    with places_transaction():
        found = booking_by_code(token)
        if found is None:
            CheckInScan.objects.create(venue=venue, booking=None, outcome=ScanOutcome.UNKNOWN, by=by, at=now)
            return ScanOutcome.UNKNOWN, None
        booking = lock_booking(found)
        outcome = expected_outcome(booking, venue, now)
        CheckInScan.objects.create(venue=venue, booking=booking, outcome=outcome, by=by, at=now)
        if outcome == ScanOutcome.CHECKED_IN:
            booking.state, booking.changed_at = BookingState.ATTENDED, now
            booking.save(update_fields=["state", "changed_at"])
            record(booking, "attended", by=by, now=now, site=venue.name)
            for watcher in watchers:
                watcher.attended(booking, now=now)
        return outcome, booking
