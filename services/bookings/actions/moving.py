"""Moving a booking to another session: the new place is taken before the old one is freed."""

from datetime import datetime

from services.bookings import errors, rules
from services.bookings.actions import promotion
from services.bookings.actions.locking import (
    free_session_place,
    lock_allocations,
    lock_booking,
    lock_sessions_of,
    places_transaction,
    take_session_place,
)
from services.bookings.actions.timeline import record, tell, when
from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.bookings.policies import is_herself, may_change

_MOVABLE = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


def move_booking(booking: Booking, *, to: Session, by, now: datetime) -> Booking:
    """Move a booking within its offering; the freed place passes to the waiting list. Atomic; repeatable.

    Raises ``SessionFull``, ``WrongOffering``, ``SessionPast``, ``SessionGone``, ``PastCutoff``, ``HoldLapsed``,
    ``NotChangeable`` or ``Busy``; then the old place is still hers. Locks: both sessions by key → allocations →
    booking → waiting entries.
    """
    may_change(by, booking).insist()
    if to.offering_id != booking.offering_id:
        raise errors.WrongOffering()
    with places_transaction():
        sessions, old_key = lock_sessions_of(booking, to)
        if old_key == to.pk:
            return lock_booking(booking)
        old, new = sessions[old_key], _insist_target(sessions.get(to.pk), to, now=now)
        room = {old: old.left + 1}
        waiting = promotion.plan(old.offering, room, now=now)
        lock_allocations(waiting.allocations)
        booking = lock_booking(booking)
        _insist_movable(booking, by=by, now=now)
        if not take_session_place(new.pk):
            raise errors.SessionFull()
        free_session_place(old.pk)
        booking.session, booking.changed_at = new, now
        booking.held_until = rules.until_start(booking.held_until, starts_at=new.starts_at)
        booking.save(update_fields=["session", "held_until", "changed_at"])
        event = record(booking, "moved", by=by, now=now, was=when(old.starts_at), site=old.venue.name)
        if booking.state == BookingState.CONFIRMED:
            tell(event, "bookings-moved")
        promotion.carry_out(waiting, old.offering, room, now=now)
        return booking


def _insist_target(session: Session | None, asked: Session, *, now: datetime) -> Session:
    if session is None or session.starts_at != asked.starts_at:
        raise errors.SessionGone()
    if session.starts_at <= now:
        raise errors.SessionPast()
    if session.left < 1:
        raise errors.SessionFull()
    return session


def _insist_movable(booking: Booking, *, by, now: datetime) -> None:
    if booking.state not in _MOVABLE:
        raise errors.NotChangeable()
    if rules.lapsed(now, booking.held_until):
        raise errors.HoldLapsed()
    hours = booking.offering.change_cutoff_hours
    if (
        booking.state == BookingState.CONFIRMED
        and is_herself(by, booking.worker)
        and not rules.changeable(now, starts_at=booking.session.starts_at, hours=hours)
    ):
        raise errors.PastCutoff(hours=hours)
