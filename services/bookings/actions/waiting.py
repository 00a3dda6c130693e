"""Joining and leaving the waiting list, and passing on whatever is free."""

from datetime import datetime

from django.utils import timezone

from services.bookings import errors, rules
from services.bookings.actions import promotion
from services.bookings.actions.cancelling import cancel_booking
from services.bookings.actions.holding import insist_not_paused, insist_open
from services.bookings.actions.locking import lock_allocations, lock_sessions, places_transaction
from services.bookings.actions.priority import step
from services.bookings.enums import Priority, PriorityReason, WaitingState
from services.bookings.models import Booking, Offering, Session, WaitingEntry
from services.bookings.policies import is_herself, may_book_for
from services.bookings.queries import live_booking, missed_days
from services.bookings.queries.draws import draw_takes_entries, takes_part
from services.foundation.verdict import Finding

_STANDING = (WaitingState.WAITING, WaitingState.OFFERED)


def join_waiting_list(
    offering: Offering, *, worker, session: Session | None = None, priority: int = 0, by, now: datetime
) -> WaitingEntry:
    """Put her on the list for one session, or for any (``session=None``). A repeated call returns her entry.

    Whatever takes her out of the order of time is written down: ``priority`` above 0 says that she belongs to a group
    served first; missed places may put her behind. Raises ``NoWaitingList``, ``WindowNotOpen``, ``WindowClosed``,
    ``SessionPast``, ``WrongOffering``, ``AlreadyBooked``, ``BookingPaused`` (for herself), ``DrawDecides`` while she
    can enter the draw or is in it. Locks nothing: the list is bounded by a unique constraint.
    """
    may_book_for(by, worker).insist()
    if not offering.waiting_list:
        raise errors.NoWaitingList()
    if session is not None and session.offering_id != offering.pk:
        raise errors.WrongOffering()
    insist_open(session or _ahead(offering, now), now=now)
    if offering.draw_ahead and (draw_takes_entries(offering, now) or takes_part(offering, worker)):
        raise errors.DrawDecides()
    if existing := live_booking(offering.pk, worker):
        raise errors.AlreadyBooked(existing)
    conduct = _conduct(offering, worker, by=by, now=now)
    try:
        with places_transaction():
            if entry := _entry(offering, worker):
                return entry
            entry = WaitingEntry.objects.create(
                offering=offering, session=session, worker=worker, created_at=now, changed_at=now
            )
            _place(entry, priority=priority, behind=rules.waits_behind(conduct), now=now)
            return entry
    except errors.AlreadyWaiting:
        return _entry(offering, worker)


def _conduct(offering: Offering, worker, *, by, now: datetime) -> Finding:
    """What her missed places mean here; raises ``BookingPaused`` for herself."""
    missed = missed_days(worker)
    if is_herself(by, worker):
        return insist_not_paused(missed, offering, now=now)
    return rules.conduct(missed, offering, on=timezone.localdate(now))


def _place(entry: WaitingEntry, *, priority: int, behind: bool, now: datetime) -> None:
    """Out of the order of time only with a line that says why."""
    if priority:
        step(entry, to=priority, reason=PriorityReason.SERVED_FIRST, now=now)
    if behind:
        step(entry, to=Priority.BEHIND, reason=PriorityReason.MISSED_PLACES, now=now)
    if entry.priority:
        entry.save(update_fields=["priority"])


def _entry(offering: Offering, worker) -> WaitingEntry | None:
    return WaitingEntry.objects.unscoped().filter(offering=offering, worker=worker, state__in=_STANDING).first()


def _ahead(offering: Offering, now: datetime) -> Session:
    """Any session that still lies ahead. Raises ``SessionPast`` when there is none to wait for."""
    session = offering.sessions.select_related("offering").filter(starts_at__gt=now, capacity__gt=0).first()
    if session is None:
        raise errors.SessionPast()
    return session


def leave_waiting_list(entry: WaitingEntry, *, by, now: datetime) -> WaitingEntry:
    """Take her off the list; a standing offer is declined and passes on. Repeating it changes nothing."""
    may_book_for(by, entry.worker).insist()
    left = WaitingEntry.objects.unscoped().filter(pk=entry.pk, state=WaitingState.WAITING)
    if not left.update(state=WaitingState.LEFT, changed_at=now):
        current = WaitingEntry.objects.unscoped().select_related("booking__worker__organization").get(pk=entry.pk)
        if current.state == WaitingState.OFFERED:
            cancel_booking(current.booking, by=by, now=now, reason="waiting list left")
    entry.refresh_from_db()
    return entry


def pass_on(offering: Offering, *, now: datetime) -> list[Booking]:
    """Promote from the waiting list into every session with room. Locks: sessions → allocations → waiting."""
    with places_transaction():
        keys = offering.sessions.filter(starts_at__gt=now, capacity__gt=0).values_list("pk", flat=True)
        sessions = lock_sessions(keys)
        room = {session: session.left for session in sessions.values()}
        plan = promotion.plan(offering, room, now=now)
        lock_allocations(plan.allocations)
        return promotion.carry_out(plan, offering, room, now=now)
