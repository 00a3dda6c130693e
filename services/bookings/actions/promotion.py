"""Passing free places to the head of the waiting list, inside the transaction that freed them.

``plan`` is made before allocations are locked, so that their locks can be taken in order with the caller's own;
``carry_out`` then takes each place by the same conditional statements as anybody else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from services.bookings import rules
from services.bookings.actions.conditions import fulfils_of
from services.bookings.actions.locking import lock_sessions, take_allocated_place, take_session_place
from services.bookings.actions.timeline import record, tell
from services.bookings.enums import BookingState, OfferingState, WaitingState
from services.bookings.models import Allocation, Booking, Offering, Session, WaitingEntry
from services.bookings.queries import POT, pot_of
from services.bookings.registry import watchers
from services.bookings.rules import Pot
from services.bookings.rules.draw import DRAWN_FIRST

_SPARE = 5  # candidates planned beyond the places: another session may promote the same woman meanwhile


@dataclass
class Candidate:
    """``sessions``: on whose days she may be given a place, the earliest first; ``reached``: what her union may draw
    on; ``payers`` says which of that pays for her in a session.
    """

    entry: WaitingEntry
    sessions: list[Session]
    reached: list[Pot]
    payers: Callable[[Session], list[int]]


@dataclass
class Plan:
    candidates: list[Candidate] = field(default_factory=list)
    places: int = 0

    @property
    def allocations(self) -> set[int]:
        return {pot.pk for candidate in self.candidates for pot in candidate.reached}


def plan(offering: Offering, sessions: dict[Session, int], *, now: datetime, freed: int | None = None) -> Plan:
    """Who may be promoted into ``sessions`` (locked; mapped to how many places each will have free).

    ``freed`` is the key of the allocation that will get places. Which pools pay for her is asked by the same rules as
    when she books herself. Order: the waiting list's own.
    """
    room = {session: places for session, places in sessions.items() if places > 0 and session.starts_at > now}
    result = Plan(places=sum(room.values()))
    if offering.state != OfferingState.OPEN or not room:
        return result
    entries = _waiting(offering, room)
    pots: list[Pot] | None = None
    for entry in entries.iterator(chunk_size=100):
        pots = open_pots(offering, freed) if pots is None else pots
        if candidate := _candidate(offering, entry, room, pots, now=now):
            result.candidates.append(candidate)
        if len(result.candidates) >= result.places + _SPARE:
            break
    return result


def lock_room(offering: Offering, *, now: datetime) -> dict[Session, int]:
    """Lock the sessions into which somebody could be promoted, with their free places; none while nobody waits."""
    waiting = WaitingEntry.objects.unscoped().filter(offering=offering, state=WaitingState.WAITING)
    if offering.state != OfferingState.OPEN or not waiting.exists():
        return {}
    with_room = offering.sessions.filter(starts_at__gt=now, capacity__gt=F("taken")).values_list("pk", flat=True)
    return {session: session.left for session in lock_sessions(with_room).values() if session.left > 0}


def _waiting(offering: Offering, room: dict[Session, int]):
    """While a draw gives places, only those it has put on the list: everybody else comes after the last one drawn."""
    drawn = Q(priority__gte=DRAWN_FIRST) if offering.draw_ahead else Q()
    return (
        WaitingEntry.objects.unscoped()
        .filter(drawn, offering=offering, state=WaitingState.WAITING)
        .filter(Q(session__isnull=True) | Q(session__in=list(room)))
        .select_related("worker__organization", "worker__user")
        .order_by("-priority", "created_at", "pk")
    )


def open_pots(offering: Offering, freed: int | None = None) -> list[Pot]:
    """The allocations that have a place left; ``freed`` counts although it has none yet. One query."""
    rows = (
        Allocation.objects.unscoped()
        .filter(Q(slots__gt=F("used") + F("passed_down")) | Q(pk=freed), offering=offering)
        .values_list(*POT)
    )
    return [pot_of(row) for row in rows]


def _candidate(
    offering: Offering, entry: WaitingEntry, room: dict[Session, int], pots: list[Pot], *, now: datetime
) -> Candidate | None:
    """She with the sessions that she may be given; None when there is none that somebody would pay for."""
    reached = rules.payers(entry.worker.organization.path, pots, remainder_open=offering.remainder_open)
    if not reached:
        return None
    payers = _payers(offering, entry.worker, reached, now=now)
    sessions = _admitted(offering, entry.worker, _wanted(entry, room), now=now)
    return Candidate(entry, sessions, reached, payers) if any(map(payers, sessions)) else None


def _wanted(entry: WaitingEntry, room: dict[Session, int]) -> list[Session]:
    """Her own session, or all with room when she takes any, the earliest first."""
    wanted = (session for session in room if entry.session_id in (None, session.pk))
    return sorted(wanted, key=lambda session: (session.starts_at, session.pk))


def _admitted(offering: Offering, worker, sessions: list[Session], *, now: datetime) -> list[Session]:
    """Those of the sessions on whose day she may be given a place; what bars her on one day need not on another."""
    days = frozenset(timezone.localdate(session.starts_at) for session in sessions)
    for watcher in watchers:
        days = watcher.admitted_days(offering, worker, days=days, now=now)
    return [session for session in sessions if timezone.localdate(session.starts_at) in days]


def _payers(offering: Offering, worker, reached: list[Pot], *, now: datetime) -> Callable[[Session], list[int]]:
    """Whose conditions she fulfils on the day of a session; her facts are asked for once a session tried."""

    @cache
    def payers(session: Session) -> list[int]:
        fulfils = fulfils_of(offering, worker, at=session.starts_at, now=now)
        return [pot.pk for pot in rules.hers(reached, fulfils)]

    return payers


def carry_out(plan: Plan, offering: Offering, sessions: dict[Session, int], *, now: datetime) -> list[Booking]:
    """Give the places of the plan, in order, to those who still wait. Returns the new bookings."""
    made: list[Booking] = []
    for candidate in plan.candidates:
        if len(made) >= plan.places:
            break
        for session in candidate.sessions:
            if sessions[session] > 0 and (booking := _promote(candidate, offering, session, now=now)):
                sessions[session] -= 1
                made.append(booking)
                break
    return made


def _promote(candidate: Candidate, offering: Offering, session: Session, *, now: datetime) -> Booking | None:
    """One place for one waiting woman, or None and nothing changed."""
    payers = candidate.payers(session)
    if not payers:
        return None
    try:
        with transaction.atomic():
            entry = WaitingEntry.objects.unscoped().select_for_update(no_key=True).get(pk=candidate.entry.pk)
            if entry.state != WaitingState.WAITING:
                return None
            booking = take_for(candidate.entry.worker, payers, offering, session, now=now)
            asked = booking.state == BookingState.OFFERED
            entry.state = WaitingState.OFFERED if asked else WaitingState.PROMOTED
            entry.booking, entry.changed_at = booking, now
            entry.save(update_fields=["state", "booking", "changed_at"])
            for watcher in watchers:
                watcher.promoted(booking, now=now)
            event = record(booking, "offered" if asked else "promoted", by=None, now=now)
            if asked:
                tell(event, "bookings-offered", until=booking.held_until)
            else:
                tell(event, "bookings-promoted")
            return booking
    except (NothingLeftError, IntegrityError):  # she took a place herself this moment, or the last one went
        return None


class NothingLeftError(Exception):
    """Undoes the savepoint of a promotion that found no place."""


def take_for(worker, payers: list[int], offering: Offering, session: Session, *, now: datetime) -> Booking:
    """A place for a woman who didn't ask this moment: offered with a deadline, or booked when none is given.

    Raises ``NothingLeftError``; the caller's savepoint undoes what was taken.
    """
    if not take_session_place(session.pk):
        raise NothingLeftError
    allocation = take_allocated_place(payers)
    if allocation is None:
        raise NothingLeftError
    asked = offering.offer_hours > 0
    return Booking.objects.create(
        offering=offering,
        session=session,
        allocation_id=allocation,
        worker=worker,
        letters=offering.letters,
        state=BookingState.OFFERED if asked else BookingState.CONFIRMED,
        held_until=rules.offer_until(now, hours=offering.offer_hours, starts_at=session.starts_at) if asked else None,
        created_at=now,
        changed_at=now,
    )
