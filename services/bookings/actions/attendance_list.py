"""Attendance from a list: ticked or written down by the staff of the site, beside the scans at the door."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from services.bookings import errors
from services.bookings.actions.locking import lock_booking, places_transaction
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState
from services.bookings.models import Booking, Venue
from services.bookings.policies import may_check_in
from services.bookings.registry import watchers


def record_attendance(venue: Venue, bookings: Iterable[Booking], *, by, now: datetime) -> int:
    """Check in women whom the staff of the site name as come; returns how many are new.

    All or none; whoever was checked in before stays as she is. Raises ``NotBegun`` for a day to come and
    ``NotChangeable`` for a booking that ended meanwhile. Watchers hear of each. Locks: the bookings, by key.
    """
    may_check_in(by, venue).insist()
    came = 0
    with places_transaction():
        for listed in sorted(bookings, key=lambda booking: booking.pk):
            booking = lock_booking(listed)
            if booking.state == BookingState.ATTENDED:
                continue
            if booking.state != BookingState.CONFIRMED or booking.session.venue_id != venue.pk:
                raise errors.NotChangeable()
            if timezone.localdate(booking.session.starts_at) > timezone.localdate(now):
                raise errors.NotBegun()
            booking.state, booking.changed_at = BookingState.ATTENDED, now
            booking.save(update_fields=["state", "changed_at"])
            record(booking, "attended", by=by, now=now, site=venue.name, way="list")
            for watcher in watchers:
                watcher.attended(booking, now=now)
            came += 1
    return came
