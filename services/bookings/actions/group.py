"""Seating a group: many places in one transaction, by the same statements and in the same order of locks as one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from services.bookings import errors, rules
from services.bookings.actions.holding import insist_direct, insist_open
from services.bookings.actions.locking import lock_allocations, lock_sessions
from services.bookings.actions.timeline import payer_in, tell_all
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Allocation, Booking, BookingEvent, Offering, Session, WaitingEntry

ENROLLED, KEPT = "enrolled", "kept"


@dataclass(frozen=True, slots=True)
class Seat:
    """One woman's place as it was planned. ``kept`` until she agrees, or booked at once."""

    worker: object
    session: int
    starts_at: datetime
    allocation: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Seated:
    """Her booking, or the code of the error that says why there is none."""

    seat: Seat
    booking: Booking | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hall:
    """The locked sessions and allocations of a plan."""

    sessions: dict[int, Session]
    allocations: dict[int, Allocation]


def lock_hall(seats: Iterable[Seat]) -> Hall:
    """Lock what the seats need, inside the caller's ``places_transaction``: sessions by key → allocations by key."""
    seats = list(seats)
    return Hall(lock_sessions(seat.session for seat in seats), lock_allocations(seat.allocation for seat in seats))


def fill_hall(hall: Hall, seats: Sequence[Seat], *, offer_hours: int, by, now: datetime) -> list[Seated]:
    """Take every seat that is still to be had, exactly as planned; the others say what came between.

    The caller has locked the hall, asked its policy and asked everything about the women. Locks: the women's waiting
    entries in the order of the list; new bookings last, so that who booked herself in this moment keeps her own.
    Raises ``WindowNotOpen``, ``WindowClosed``, ``DrawDecides``, ``WaitingListOnly``.
    """
    for session in hall.sessions.values():
        insist_direct(session.offering)
    answers = {seat.worker.pk: why for seat, why in _unseatable(hall, seats, now=now)}
    good = sorted((seat for seat in seats if seat.worker.pk not in answers), key=lambda seat: seat.worker.pk)
    made = _insert(hall, good, offer_hours=offer_hours, now=now) if good else {}
    _count(made.values())
    _tell(list(made.values()), by=by, now=now)
    return [_answer(seat, made.get(seat.worker.pk), answers.get(seat.worker.pk)) for seat in seats]


def _answer(seat: Seat, booking: Booking | None, why: str | None) -> Seated:
    return Seated(seat, booking, "" if booking else why or errors.AlreadyBooked.code)


def _unseatable(hall: Hall, seats: Sequence[Seat], *, now: datetime):
    room = {key: session.left for key, session in hall.sessions.items()}
    funds = {key: allocation.left for key, allocation in hall.allocations.items()}
    for seat in seats:
        if why := _hindrance(hall.sessions.get(seat.session), seat, room, funds, now=now):
            yield seat, why
        else:
            room[seat.session] -= 1
            funds[seat.allocation] -= 1


def _hindrance(session: Session | None, seat: Seat, room: dict, funds: dict, *, now: datetime) -> str:
    if session is None or session.starts_at != seat.starts_at:
        return errors.SessionGone.code
    try:
        insist_open(session, now=now)
    except errors.SessionPast as past:
        return past.code
    if room[seat.session] < 1:
        return errors.SessionFull.code
    return errors.NoPlacesForUnit.code if funds.get(seat.allocation, 0) < 1 else ""


def _insert(hall: Hall, seats: Sequence[Seat], *, offer_hours: int, now: datetime) -> dict[int, Booking]:
    """One statement for all, by ascending key: a woman who has a live booking by now is left as she is."""
    offering = next(iter(hall.sessions.values())).offering
    _close_waiting(offering, seats, now=now)
    planned = [_booking(hall, seat, offering, offer_hours=offer_hours, now=now) for seat in seats]
    Booking.objects.bulk_create(planned, ignore_conflicts=True)
    keys = dict(
        Booking.objects.unscoped().filter(token__in=[booking.token for booking in planned]).values_list("token", "pk")
    )
    for booking in planned:
        booking.pk = keys.get(booking.token)
    return {booking.worker_id: booking for booking in planned if booking.pk}


def _booking(hall: Hall, seat: Seat, offering: Offering, *, offer_hours: int, now: datetime) -> Booking:
    session = hall.sessions[seat.session]
    return Booking(
        offering=offering,
        session=session,
        allocation_id=seat.allocation,
        worker=seat.worker,
        letters=offering.letters,
        state=BookingState.OFFERED if seat.kept else BookingState.CONFIRMED,
        held_until=rules.offer_until(now, hours=offer_hours, starts_at=session.starts_at) if seat.kept else None,
        created_at=now,
        changed_at=now,
    )


def _close_waiting(offering: Offering, seats: Sequence[Seat], *, now: datetime) -> None:
    waiting = WaitingEntry.objects.unscoped().filter(
        offering=offering, worker__in=[seat.worker.pk for seat in seats], state=WaitingState.WAITING
    )
    keys = list(
        waiting.select_for_update(no_key=True, of=("self",))
        .order_by("-priority", "created_at", "pk")
        .values_list("pk", flat=True)
    )
    if keys:
        WaitingEntry.objects.unscoped().filter(pk__in=keys).update(state=WaitingState.PROMOTED, changed_at=now)


def _count(bookings: Iterable[Booking]) -> None:
    """The counters of the locked rows, by the statements that also ask. Raises ``SessionFull``, ``NoPlacesForUnit``."""
    bookings = list(bookings)
    for key, count in sorted(Counter(booking.session_id for booking in bookings).items()):
        rows = Session.objects.filter(pk=key, capacity__gte=F("taken") + count)
        if not rows.update(taken=F("taken") + count):
            raise errors.SessionFull()
    for key, count in sorted(Counter(booking.allocation_id for booking in bookings).items()):
        rows = Allocation.objects.unscoped().filter(pk=key, slots__gte=F("used") + F("passed_down") + count)
        if not rows.update(used=F("used") + count):
            raise errors.NoPlacesForUnit()


def _tell(bookings: list[Booking], *, by, now: datetime) -> None:
    events = [
        BookingEvent(booking=booking, verb=verb, by=by, by_staff=True, details=payer_in(booking, verb), at=now)
        for booking in bookings
        for verb in [KEPT if booking.state == BookingState.OFFERED else ENROLLED]
    ]
    events = BookingEvent.objects.bulk_create(events)
    tell_all([event for event in events if event.verb == ENROLLED], "bookings-enrolled")
    tell_all(
        [event for event in events if event.verb == KEPT], "bookings-kept", until=lambda booking: booking.held_until
    )
