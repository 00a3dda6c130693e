"""Who didn't come: marked by the site or the desk, after midnight where attendance was taken, corrected, excused."""

import logging
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone

from services.bookings import errors, rules
from services.bookings.actions.cancelling import release
from services.bookings.actions.conditions import fulfils_of
from services.bookings.actions.conduct import forget
from services.bookings.actions.locking import (
    lock_allocations,
    lock_booking,
    lock_sessions,
    lock_sessions_of,
    places_transaction,
    take_allocated_place,
    take_session_place,
)
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState, ExcuseReason
from services.bookings.models import Booking, MissedPlace, Session
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
        payers = lock_absent([booking], now=now)
        booking = lock_booking(booking)
        if booking.state == BookingState.ATTENDED:
            return booking
        if booking.pk not in payers:
            raise errors.NotChangeable()
        return count_in(booking, payers[booking.pk], by=by, now=now)


def lock_absent(bookings: Iterable[Booking], *, now: datetime) -> dict[int, list[int]]:
    """Lock what is needed to count in those of the bookings that are marked as not come: sessions → allocations.

    Returns the allocations that may pay, by key of the booking. The caller locks the bookings next. Raises
    ``CorrectionOver``.
    """
    rows = Booking.objects.unscoped().select_related("worker__organization")
    absent = list(rows.filter(pk__in=[booking.pk for booking in bookings], state=BookingState.NO_SHOW))
    if not absent:
        return {}
    sessions = lock_sessions(booking.session_id for booking in absent)
    for session in sessions.values():
        days = session.offering.correction_days
        if not rules.correctable(now, ends_at=session.ends_at, days=days):
            raise errors.CorrectionOver(days=days)
    payers = {booking.pk: _payers(booking, sessions[booking.session_id], now=now) for booking in absent}
    lock_allocations(key for keys in payers.values() for key in keys)
    return payers


def count_in(booking: Booking, payers: list[int], *, by, now: datetime) -> Booking:
    """A locked booking that was marked as not come becomes attended. Raises ``PlaceUsedMeanwhile``, and
    ``NotChangeable`` when another corrected it first.
    """
    if booking.state != BookingState.NO_SHOW:
        raise errors.NotChangeable()
    allocation = take_allocated_place(payers)
    if allocation is None or not take_session_place(booking.session_id):
        raise errors.PlaceUsedMeanwhile()
    booking.state, booking.allocation_id, booking.changed_at = BookingState.ATTENDED, allocation, now
    booking.save(update_fields=["state", "allocation", "changed_at"])
    forget(booking)
    record(booking, "came_after_all", by=by, now=now)
    for watcher in watchers:
        watcher.attended(booking, now=now)
    return booking


def _payers(booking: Booking, session: Session, *, now: datetime) -> list[int]:
    """The allocation that had paid first, then the others that she may draw on."""
    reached = pots_for(session.offering, booking.worker.organization.path)
    fulfils = fulfils_of(session.offering, booking.worker, at=session.starts_at, now=now)
    others = [pot.pk for pot in rules.hers(reached, fulfils)]
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
