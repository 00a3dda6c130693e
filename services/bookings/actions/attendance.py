"""Who didn't come: marked by the site or the desk, after midnight where attendance was taken, corrected, excused."""

import logging
from datetime import datetime, time, timedelta

from django.utils import timezone

from services.bookings import errors, rules
from services.bookings.actions.cancelling import release
from services.bookings.actions.conduct import forget
from services.bookings.actions.locking import (
    lock_allocations,
    lock_booking,
    lock_sessions_of,
    places_transaction,
    take_allocated_place,
    take_session_place,
)
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState, ExcuseReason
from services.bookings.models import Booking, MissedPlace
from services.bookings.policies import may_excuse, may_mark_attendance
from services.bookings.queries import absences_due, pots_for
from services.bookings.registry import watchers

logger = logging.getLogger(__name__)
LONGEST_MEMORY = timedelta(days=3 * 366)  # no offering counts over more than three years


def mark_no_show(booking: Booking, *, by, now: datetime) -> Booking:
    """Record that she didn't come to a session that is over. Repeating it changes nothing.

    The place missed counts by the offering's rules until it is excused. The session's place is over and not offered
    again; what her union had of the programme is free for other sessions. Raises ``NotOver``, ``NotChangeable``
    unless she had a confirmed booking. Locks: session → allocation → booking.
    """
    may_mark_attendance(by, booking.session).insist()
    return _mark(booking, by=by, now=now)


def _mark(booking: Booking, *, by, now: datetime) -> Booking:
    with places_transaction():
        sessions, key = lock_sessions_of(booking)
        if now < sessions[key].ends_at:
            raise errors.NotOver()
        marked = release(booking, sessions, to=BookingState.NO_SHOW, by=by, now=now)
        if marked.state != BookingState.NO_SHOW:
            raise errors.NotChangeable()
        return marked


def undo_no_show(booking: Booking, *, by, now: datetime) -> Booking:
    """She came after all: the booking becomes attended, and nothing of the absence is kept. Repeating is harmless.

    Watchers hear of the attendance. Raises ``CorrectionOver`` after the offering's days of correction,
    ``PlaceUsedMeanwhile`` when no place is left to count her in, ``NotChangeable`` in any other state. Locks: session →
    allocations → booking.
    """
    may_mark_attendance(by, booking.session).insist()
    with places_transaction():
        sessions, key = lock_sessions_of(booking)
        session = sessions[key]
        days = session.offering.correction_days
        if not rules.correctable(now, ends_at=session.ends_at, days=days):
            raise errors.CorrectionOver(days=days)
        payers = _payers(booking, session)
        lock_allocations(payers)
        booking = lock_booking(booking)
        if booking.state == BookingState.ATTENDED:
            return booking
        if booking.state != BookingState.NO_SHOW:
            raise errors.NotChangeable()
        allocation = take_allocated_place(payers)
        if allocation is None or not take_session_place(session.pk):
            raise errors.PlaceUsedMeanwhile()
        booking.state, booking.allocation_id, booking.changed_at = BookingState.ATTENDED, allocation, now
        booking.save(update_fields=["state", "allocation", "changed_at"])
        forget(booking)
        record(booking, "came_after_all", by=by, now=now)
        for watcher in watchers:
            watcher.attended(booking, now=now)
        return booking


def _payers(booking: Booking, session) -> list[int]:
    """The allocation that had paid first, then the others her union may draw on."""
    others = [pot.pk for pot in pots_for(session.offering, booking.worker.organization.path)]
    return [booking.allocation_id, *(key for key in others if key != booking.allocation_id)]


def excuse_missed(booking: Booking, *, reason: str, by, now: datetime) -> Booking:
    """Let a missed place count no more. What is kept is that it was excused and the code, never what kept her.

    Raises ``NothingMissed`` when nothing counts (any more). Lock: the booking.
    """
    may_excuse(by, booking).insist()
    with places_transaction():
        booking = lock_booking(booking)
        if not forget(booking):
            raise errors.NothingMissed()
        record(booking, "excused", by=by, now=now, excuse=str(ExcuseReason(reason)))
        return booking


def mark_absences(now: datetime) -> int:
    """After midnight: who was booked and not checked in at a site that took attendance on that day did not come.

    Each woman in a transaction of her own; running it twice marks nobody twice. Also forgets what has grown too old to
    count anywhere. Returns how many were marked.
    """
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    done = 0
    for booking in absences_due(midnight):
        try:
            done += _mark(booking, by=None, now=now).state == BookingState.NO_SHOW
        except (errors.Busy, errors.NotChangeable, errors.NotOver):
            logger.info("booking %s is left for the next night", booking.pk)
    MissedPlace.objects.unscoped().filter(on__lt=timezone.localdate(now) - LONGEST_MEMORY).delete()
    return done
