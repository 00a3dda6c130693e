"""Giving a place back: cancelled by her or by staff, lapsed, or not come. The place passes on at once."""

from collections.abc import Iterable
from datetime import datetime

from services.bookings import errors, rules
from services.bookings.actions import promotion
from services.bookings.actions.conduct import remember
from services.bookings.actions.locking import (
    free_allocated_place,
    free_session_place,
    lock_allocations,
    lock_booking,
    lock_sessions,
    lock_sessions_of,
    places_transaction,
)
from services.bookings.actions.timeline import record, tell
from services.bookings.enums import RUNNING, BookingState, EntryState, WaitingState
from services.bookings.models import Booking, DrawEntry, Session, WaitingEntry
from services.bookings.policies import is_herself, may_change, may_check_in, may_run
from services.bookings.registry import watchers

_OWED = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)
_ATTEMPTS = 3
_ENDED = (BookingState.CANCELLED, BookingState.EXPIRED, BookingState.NO_SHOW)


def cancel_booking(booking: Booking, *, by, now: datetime, reason: str = "", seen: datetime | None = None) -> Booking:
    """Cancel a booking, free its place and pass the place to the waiting list. Repeating it changes nothing.

    Raises ``PastCutoff`` for herself after the cut-off (a hold can always be dropped), ``ReasonMissing`` for staff
    without a reason, ``NotChangeable`` once she was checked in, ``ChangedSince`` when ``seen`` isn't the moment of the
    last change any more: somebody decided about another state of it. Locks: session → allocations → booking → waiting.
    """
    may_change(by, booking).insist()
    with places_transaction():
        sessions, _key = lock_sessions_of(booking)
        return release(booking, sessions, to=BookingState.CANCELLED, by=by, now=now, reason=reason, seen=seen)


def release(
    booking: Booking,
    sessions: dict[int, Session],
    *,
    to: str,
    by,
    now: datetime,
    reason: str = "",
    owed: bool = False,
    seen: datetime | None = None,
) -> Booking:
    """Free the place of a booking whose session is locked, and promote; shared by cancelling and lapsing.

    A cancellation that is ``owed`` asks for no cut-off and leaves a woman alone who has come meanwhile. With ``seen``
    a booking that was changed since then is left alone too.
    """
    current = Booking.objects.unscoped().values("session_id", "allocation_id", "state").get(pk=booking.pk)
    session = sessions[current["session_id"]]
    room = {session: session.left + 1}
    waiting = promotion.plan(session.offering, room, now=now, freed=current["allocation_id"])
    lock_allocations({current["allocation_id"], *waiting.allocations})
    booking = lock_booking(booking)
    if not _is_due(booking, to=to, now=now) or (owed and booking.state not in _OWED):
        return booking
    if seen is not None and booking.changed_at != seen:
        raise errors.ChangedSince()
    if to == BookingState.CANCELLED and not owed:
        _insist_cancellable(booking, by=by, now=now, reason=reason)
    was = booking.state
    free_session_place(booking.session_id)
    free_allocated_place(booking.allocation_id)
    booking.state, booking.held_until, booking.changed_at = to, None, now
    booking.save(update_fields=["state", "held_until", "changed_at"])
    _close_entry(booking, to=to, now=now)
    remember(booking, was=was, by=by, now=now)
    event = record(booking, str(to), by=by, now=now, **({"reason": reason} if reason else {}))
    if to == BookingState.CANCELLED:
        tell(event, "bookings-cancelled")
    elif was == BookingState.OFFERED:
        tell(event, "bookings-lapsed")
    for watcher in watchers:
        watcher.released(booking, now=now)
    promotion.carry_out(waiting, session.offering, room, now=now)
    return booking


def _is_due(booking: Booking, *, to: str, now: datetime) -> bool:
    """Judged under the booking's lock: she may have confirmed, cancelled or come while we waited for it."""
    if to == BookingState.EXPIRED:
        return booking.state in RUNNING and rules.lapsed(now, booking.held_until)
    if to == BookingState.NO_SHOW:
        return booking.state == BookingState.CONFIRMED
    return booking.state not in _ENDED


def _insist_cancellable(booking: Booking, *, by, now: datetime, reason: str) -> None:
    if booking.state == BookingState.ATTENDED:
        raise errors.NotChangeable()
    if not is_herself(by, booking.worker):
        if not reason.strip():
            raise errors.ReasonMissing()
        return
    hours = booking.offering.change_cutoff_hours
    settled = booking.state == BookingState.CONFIRMED
    if settled and not rules.changeable(now, starts_at=booking.session.starts_at, hours=hours):
        raise errors.PastCutoff(hours=hours)


def _close_entry(booking: Booking, *, to: str, now: datetime) -> None:
    state = WaitingState.LAPSED if to == BookingState.EXPIRED else WaitingState.LEFT
    WaitingEntry.objects.unscoped().filter(booking=booking, state=WaitingState.OFFERED).update(
        state=state, changed_at=now
    )


def give_up_all(worker, *, offerings=None, by, now: datetime, reason: str) -> int:
    """Cancel her bookings ahead, take her off the waiting lists and out of the draws; returns how many bookings ended.

    For when the ground of them all is gone (consent, employment): no cut-off holds. ``offerings`` narrows it, the
    caller has asked its policy. She is told of each. Locks: sessions → allocations → bookings → waiting entries.
    A place that reached her meanwhile makes it begin again. Raises ``Busy``. Repeating it changes nothing.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            return _give_up(worker, {} if offerings is None else {"offering__in": offerings}, by, now, reason)
        except _OvertakenError:
            continue
    raise errors.Busy()


class _OvertakenError(Exception):
    """Undoes the savepoint: her place changed hands while the locks were waited for."""


def _give_up(worker, narrowed: dict, by, now: datetime, reason: str) -> int:
    with places_transaction():
        hers = Booking.objects.own(worker=worker, state__in=_OWED, session__starts_at__gt=now, **narrowed)
        sessions = lock_sessions(hers.values_list("session_id", flat=True))
        bookings = list(hers.filter(session__in=list(sessions)).order_by("session_id"))
        lock_allocations({booking.allocation_id for booking in bookings})
        for booking in bookings:
            release(booking, sessions, to=BookingState.CANCELLED, by=by, now=now, reason=reason, owed=True)
        # The last lock: a promotion under way has her entry and is waited for, a later one finds it closed.
        waiting = WaitingEntry.objects.own(worker=worker, state=WaitingState.WAITING, **narrowed)
        waiting.update(state=WaitingState.LEFT, changed_at=now)
        in_draws = DrawEntry.objects.own(worker=worker, state=EntryState.ENTERED, **narrowed)
        in_draws.filter(offering__drawn_at__isnull=True).update(state=EntryState.LEFT, changed_at=now)
        if hers.all().exists():
            raise _OvertakenError
        return len(bookings)


def record_absences(session: Session, *, by, now: datetime, only: Iterable[Booking] | None = None) -> int:
    """After the session: mark the booked women who were not checked in as not come. Returns how many.

    For those who run the offering and for the staff of the site; ``only`` narrows it to some of the bookings.
    Their allocated places become free again for other sessions. Raises ``NotOver``. Locks: session → allocations →
    bookings. Repeating it changes nothing.
    """
    if not may_check_in(by, session.venue):
        may_run(by, session.offering).insist()
    with places_transaction():
        locked = lock_sessions([session.pk])[session.pk]
        if now < locked.ends_at:
            raise errors.NotOver()
        rows = Booking.objects.unscoped().filter(session=locked, state=BookingState.CONFIRMED)
        if only is not None:
            rows = rows.filter(pk__in=[booking.pk for booking in only])
        absent = list(rows.order_by("pk"))
        lock_allocations({booking.allocation_id for booking in absent})
        for booking in absent:
            release(booking, {locked.pk: locked}, to=BookingState.NO_SHOW, by=by, now=now)
        return len(absent)
