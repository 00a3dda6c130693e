"""Checking a woman in at the door of a site: every scan is kept, the odd ones too."""

from datetime import datetime, timedelta

from services.bookings.actions.locking import lock_booking, places_transaction
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState, ScanOutcome
from services.bookings.models import Booking, CheckInScan, Venue
from services.bookings.policies import may_check_in
from services.bookings.queries import booking_by_code, expected_outcome
from services.bookings.registry import watchers

# A phone that didn't hear our answer sends a scan again; how long ago it was is told in seconds.
SAME_SCAN = timedelta(seconds=3)


def check_in(
    *, token: str, venue: Venue, by, now: datetime, scanned_at: datetime | None = None
) -> tuple[ScanOutcome, Booking | None]:
    """Record a scan of a booking's token (or of its number, typed by hand) and check her in if all is right.

    ``scanned_at``: of a scan that was kept on the device without a network; it means what it meant then, and sent once
    more it is the same scan. Returns what it meant and the booking it was about, if any. Repeating it says that she was
    checked in before. Watchers hear of the attendance in the same transaction. Lock: the booking.
    """
    may_check_in(by, venue).insist()
    at = scanned_at or now
    with places_transaction():
        found = booking_by_code(token)
        if found is None:
            CheckInScan.objects.create(venue=venue, booking=None, outcome=ScanOutcome.UNKNOWN, by=by, at=at)
            return ScanOutcome.UNKNOWN, None
        booking = lock_booking(found)
        if scanned_at is not None and (same := _sent_before(booking, venue, by=by, at=at)):
            return ScanOutcome(same.outcome), booking
        outcome = expected_outcome(booking, venue, at)
        CheckInScan.objects.create(venue=venue, booking=booking, outcome=outcome, by=by, at=at)
        if outcome == ScanOutcome.CHECKED_IN:
            booking.state, booking.changed_at = BookingState.ATTENDED, now
            booking.save(update_fields=["state", "changed_at"])
            late = {"sent": now.isoformat()} if scanned_at is not None else {}
            record(booking, "attended", by=by, now=at, site=venue.name, **late)
            for watcher in watchers:
                watcher.attended(booking, now=now)
        return outcome, booking


def _sent_before(booking: Booking, venue: Venue, *, by, at: datetime) -> CheckInScan | None:
    near = (at - SAME_SCAN, at + SAME_SCAN)
    return CheckInScan.objects.filter(booking=booking, venue=venue, by=by, at__range=near).order_by("pk").first()
