"""Taking a place: hold it, confirm it, accept an offered one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists
from django.utils import timezone
from django.utils.formats import date_format

from services.bookings import errors, rules
from services.bookings.actions.conditions import fulfils_of
from services.bookings.actions.locking import (
    lock_booking,
    looking_again,
    places_transaction,
    take_allocated_place,
    take_session_place,
)
from services.bookings.actions.moving import move_booking
from services.bookings.actions.timeline import record, tell
from services.bookings.enums import LIVE, BookingState, OfferingState, WaitingState
from services.bookings.models import Booking, Offering, Session, WaitingEntry
from services.bookings.policies import is_herself, may_book_for, may_change
from services.bookings.queries import days_of, live_booking, missed_column, pots_for
from services.bookings.rules import Fulfils, Pot
from services.foundation.prepared import Prepared
from services.foundation.verdict import Finding, Outcome


@looking_again
def hold_place(session: Session, *, worker, by, now: datetime) -> Booking:
    """Hold a place for ``hold_minutes``. A repeated call returns the booking there is.

    Raises ``SessionFull``, ``NoPlacesForUnit``, ``PoolNotHers``, ``DrawDecides``, ``WaitingListOnly``,
    ``BookingPaused``, ``WindowNotOpen``, ``WindowClosed``, ``SessionPast``, ``SessionGone``, ``AlreadyBooked`` (in
    another session) or ``Busy``; then nothing was taken.
    Locks: session, allocation (each by the statement that takes), her waiting entry.
    """
    may_book_for(by, worker).insist()
    try:
        prospect = look_for_place(session, worker=worker, by=by, now=now)
        prospect = prospect.narrowed(fulfils_of(prospect.session.offering, worker, at=session.starts_at, now=now))
        with places_transaction():
            return take_place(prospect, worker=worker, by=by, now=now)
    except errors.AlreadyBooked as refusal:
        return resume(refusal, session, worker=worker, by=by, now=now)


def resume(refusal: errors.AlreadyBooked, session: Session, *, worker, by, now: datetime) -> Booking:
    """What a second attempt means: the same booking for a second click, a moved hold for another choice.

    Raises ``AlreadyBooked`` with her booking when it is settled in another session.
    """
    existing = refusal.booking or live_booking(session.offering_id, worker)
    if existing is None:
        raise errors.Busy() from refusal
    if existing.state == BookingState.HELD:
        existing = _renew(existing, now=now)
        return move_booking(existing, to=session, by=by, now=now)
    if existing.session_id == session.pk:
        return existing
    raise errors.AlreadyBooked(existing) from refusal


def _renew(booking: Booking, *, now: datetime) -> Booking:
    """A lapsed hold that nobody has taken from her yet starts anew; a running one keeps its time."""
    with places_transaction():
        booking = lock_booking(booking)
        if booking.state == BookingState.HELD and rules.lapsed(now, booking.held_until):
            insist_open(booking.session, now=now)
            booking.held_until = rules.hold_until(
                now, minutes=booking.offering.hold_minutes, starts_at=booking.session.starts_at
            )
            booking.save(update_fields=["held_until"])
        return booking


@dataclass(frozen=True, slots=True)
class Prospect:
    """A place that looked free without a lock: the session, and the allocations that may pay, in order."""

    session: Session
    pots: list[Pot]

    def narrowed(self, fulfils: Fulfils) -> "Prospect":
        """Without the pools whose conditions she doesn't fulfil. Raises ``PoolNotHers`` when none is left."""
        pots = rules.hers(self.pots, fulfils)
        if not pots:
            raise errors.PoolNotHers()
        return Prospect(self.session, pots)


def look_for_place(session: Session, *, worker, now: datetime, by=None) -> Prospect:
    """Every refusal that needs no lock, cheapest first; raises as ``hold_place`` does. Two queries, one when full.

    The pools are those her union reaches: whoever calls narrows them to those whose conditions she fulfils. A pause
    after missed places binds only a woman who books for herself (``by``).
    """
    session = fresh_session(session, worker=worker)
    if session.has_booking:
        raise errors.AlreadyBooked(live_booking(session.offering_id, worker))
    insist_direct(session.offering)
    insist_open(session, now=now)
    if is_herself(by, worker):
        insist_not_paused(days_of(session.missed), session.offering, now=now)
    if session.left < 1:
        raise errors.SessionFull()
    pots = [pot for pot in pots_for(session.offering, worker.organization.path) if pot.left > 0]
    if not pots:
        raise errors.NoPlacesForUnit()
    return Prospect(session, pots)


def take_place(prospect: Prospect, *, worker, by, now: datetime) -> Booking:
    """Hold the place inside the caller's ``places_transaction``; the caller has asked its policy.

    Locks: session, allocation (each by the statement that takes), her waiting entry. Raises ``SessionFull``,
    ``NoPlacesForUnit``; a booking made by another click this moment surfaces as ``AlreadyBooked``, and ``Overtaken``
    tells ``looking_again`` that another of her pools may pay: to ask it now would be to lock it out of order.
    """
    session = prospect.session
    if not take_session_place(session.pk):
        raise errors.SessionFull()
    allocation = take_allocated_place([prospect.pots[0].pk])
    if allocation is None:
        raise errors.NoPlacesForUnit() if len(prospect.pots) == 1 else errors.Overtaken()
    if session.is_waiting:
        _standing(session.offering_id, worker).update(state=WaitingState.PROMOTED, changed_at=now)
    booking = Booking.objects.create(
        offering=session.offering,
        session=session,
        allocation_id=allocation,
        worker=worker,
        letters=session.offering.letters,
        state=BookingState.HELD,
        held_until=rules.hold_until(now, minutes=session.offering.hold_minutes, starts_at=session.starts_at),
        created_at=now,
        changed_at=now,
    )
    record(booking, "held", by=by, now=now)
    return booking


def _standing(offering_id: int, worker):
    return WaitingEntry.objects.unscoped().filter(
        offering_id=offering_id, worker=worker, state__in=[WaitingState.WAITING, WaitingState.OFFERED]
    )


def fresh_session(session: Session, *, worker) -> Session:
    """The session as the database has it; ``has_booking``, ``is_waiting`` and ``missed`` say where she stands.

    Raises ``SessionGone`` when it was removed or given another time. One query.
    """
    row = _SESSION.first(session=session.pk, offering=session.offering_id, worker=worker.pk)
    if row is None or row.starts_at != session.starts_at:
        raise errors.SessionGone()
    return row


def _session(*, session: int, offering: int, worker: int):
    hers = Booking.objects.unscoped().filter(offering_id=offering, worker=worker, state__in=LIVE)
    standing = _standing(offering, worker)
    row = Session.objects.filter(pk=session).select_related("offering").order_by()
    return row.annotate(has_booking=Exists(hers), is_waiting=Exists(standing), missed=missed_column(worker))


# Asked by everybody who wants a place, those included who come too late.
_SESSION = Prepared(_session, keys=("session", "offering", "worker"))


def insist_direct(offering: Offering) -> None:
    """Raise where a draw or the waiting list gives the places. No query."""
    if offering.draw_ahead:
        raise errors.DrawDecides()
    if offering.waiting_only:
        raise errors.WaitingListOnly()


def insist_not_paused(missed: list[date], offering, *, now: datetime) -> Finding:
    """What her missed places mean; raises ``BookingPaused`` while they keep her from booking by herself."""
    finding = rules.conduct(missed, offering, on=timezone.localdate(now))
    if finding.outcome is Outcome.FAILED:
        said = finding.figures
        until = date_format(date.fromisoformat(said["until"]), "DATE_FORMAT")
        raise errors.BookingPaused(until=until, count=said["count"], months=said["months"])
    return finding


def insist_open(session: Session, *, now: datetime) -> None:
    """Raise unless sign-up is open and the session still lies ahead."""
    insist_sign_up(session.offering, now=now)
    if session.starts_at <= now:
        raise errors.SessionPast()


def insist_sign_up(offering: Offering, *, now: datetime) -> None:
    """Raise ``WindowNotOpen`` or ``WindowClosed`` unless sign-up is open."""
    state = rules.window(
        now,
        is_open=offering.state == OfferingState.OPEN,
        opens_at=offering.opens_at,
        closes_at=offering.closes_at,
    )
    if state == "not_yet":
        raise errors.WindowNotOpen()
    if state == "closed":
        raise errors.WindowClosed()


def confirm_booking(booking: Booking, *, by, now: datetime) -> Booking:
    """Turn a hold into a booking and tell her. Repeating it changes nothing.

    Raises ``HoldLapsed`` when the time ran out, ``SessionPast``. Lock: the booking.
    """
    may_change(by, booking).insist()
    with places_transaction():
        return settle_hold(booking, by=by, now=now)


def accept_offer(booking: Booking, *, by, now: datetime) -> Booking:
    """Take the place offered from the waiting list. Repeating it changes nothing.

    Raises ``HoldLapsed``, ``SessionPast``. Locks: the booking, her waiting entry.
    """
    may_change(by, booking).insist()
    with places_transaction():
        return settle_offer(booking, by=by, now=now)


def settle_hold(booking: Booking, *, by, now: datetime) -> Booking:
    """``confirm_booking`` inside the caller's ``places_transaction``; the caller has asked its policy."""
    return _settle(booking, by=by, now=now, expected=BookingState.HELD, verb="confirmed")


def settle_offer(booking: Booking, *, by, now: datetime) -> Booking:
    """``accept_offer`` inside the caller's ``places_transaction``; the caller has asked its policy."""
    return _settle(booking, by=by, now=now, expected=BookingState.OFFERED, verb="accepted")


def _settle(booking: Booking, *, by, now: datetime, expected: str, verb: str) -> Booking:
    booking = lock_booking(booking)
    if booking.state in (BookingState.CONFIRMED, BookingState.ATTENDED):
        return booking
    if booking.state not in LIVE or rules.lapsed(now, booking.held_until):
        raise errors.HoldLapsed()
    if booking.state != expected:
        raise errors.NotChangeable()
    if booking.session.starts_at <= now:
        raise errors.SessionPast()
    booking.state, booking.held_until, booking.changed_at = BookingState.CONFIRMED, None, now
    booking.save(update_fields=["state", "held_until", "changed_at"])
    if expected == BookingState.OFFERED:
        WaitingEntry.objects.unscoped().filter(booking=booking, state=WaitingState.OFFERED).update(
            state=WaitingState.PROMOTED, changed_at=now
        )
    tell(record(booking, verb, by=by, now=now), "bookings-booked")
    return booking
