"""Attendance from a list: ticked or written down by the staff of the site, beside the scans at the door."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from services.bookings import errors
from services.bookings.actions.attendance import count_in, lock_absent
from services.bookings.actions.locking import lock_booking, places_transaction
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState
from services.bookings.models import Booking, Venue
from services.bookings.policies import may_check_in
from services.bookings.registry import watchers


def record_attendance(venue: Venue, bookings: Iterable[Booking], *, by, now: datetime) -> int:
    """Check in women whom the staff of the site name as come; returns how many are new.

    Who was marked as not come is counted in after all, as by ``undo_no_show``. All or none; whoever was checked in
    before stays as she is. Raises ``NotBegun`` for a day to come, ``NotChangeable`` for a booking that ended meanwhile,
    ``CorrectionOver`` and ``PlaceUsedMeanwhile``. Watchers hear of each. Locks: sessions → allocations of those marked
    as not come; then the bookings, by key.
    """
    may_check_in(by, venue).insist()
    came, named = 0, sorted(bookings, key=lambda booking: booking.pk)
    with places_transaction():
        payers = lock_absent(named, now=now)
        for listed in named:
            booking = lock_booking(listed)
            if booking.state == BookingState.ATTENDED:
                continue
            if booking.session.venue_id != venue.pk:
                raise errors.NotChangeable()
            if booking.pk in payers:
                count_in(booking, payers[booking.pk], by=by, now=now)
                came += 1
                continue
            if booking.state != BookingState.CONFIRMED:
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
