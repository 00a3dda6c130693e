"""Women who came without a booking: each takes a place after the fact, by the same statements as everybody else."""

from collections.abc import Iterable
from datetime import datetime

from services.bookings import errors
from services.bookings.actions.locking import (
    lock_allocations,
    lock_sessions,
    places_transaction,
    take_allocated_place,
    take_session_place,
)
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, Session, WaitingEntry
from services.bookings.policies import may_run
from services.bookings.queries import payers_by_path
from services.bookings.registry import watchers
from services.bookings.rules import hers, unconditional

CAME_WITHOUT = "enrolled"


def seat_who_came(session: Session, workers: Iterable, *, by, now: datetime) -> list[Booking]:
    """A booking, attended at once, for each of the women (with their unions) who has none in the offering. All or none.

    For those who run the offering, once the session has begun. Only pools without conditions are drawn on. Raises
    ``NotBegun``, ``SessionFull``, ``NoPlacesForUnit``, ``AlreadyBooked``. Locks: session → allocations; their waiting
    entries. Watchers hear of each.
    """
    may_run(by, session.offering).insist()
    named = sorted(workers, key=lambda worker: worker.pk)
    with places_transaction():
        locked = lock_sessions([session.pk]).get(session.pk)
        if locked is None:
            raise errors.SessionGone()
        if locked.starts_at > now:
            raise errors.NotBegun()
        pots = payers_by_path(locked.offering, {worker.organization.path for worker in named})
        payers = {path: [pot.pk for pot in hers(found, unconditional)] for path, found in pots.items()}
        lock_allocations(key for keys in payers.values() for key in keys)
        return [_seat(locked, worker, payers[worker.organization.path], by=by, now=now) for worker in named]


def _seat(session: Session, worker, payers: list[int], *, by, now: datetime) -> Booking:
    if not take_session_place(session.pk):
        raise errors.SessionFull()
    allocation = take_allocated_place(payers)
    if allocation is None:
        raise errors.NoPlacesForUnit()
    WaitingEntry.objects.unscoped().filter(
        offering=session.offering_id, worker=worker, state=WaitingState.WAITING
    ).update(state=WaitingState.PROMOTED, changed_at=now)
    booking = Booking.objects.create(
        offering=session.offering,
        session=session,
        allocation_id=allocation,
        worker=worker,
        letters=session.offering.letters,
        state=BookingState.ATTENDED,
        created_at=now,
        changed_at=now,
    )
    record(booking, CAME_WITHOUT, by=by, now=now)
    record(booking, "attended", by=by, now=now, site=session.venue.name, way="list")
    for watcher in watchers:
        watcher.attended(booking, now=now)
    return booking
