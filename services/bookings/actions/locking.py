"""The only place that says how places are locked and taken. Order: sessions → allocations → bookings → waiting.

Rows of one kind are locked by ascending key. What is taken is taken by a conditional UPDATE; the check constraints
of the database have the last word. See docs/decisions/0002-places-cannot-be-oversold.md.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from services.bookings import errors
from services.bookings.models import Allocation, Booking, Session
from services.bookings.registry import watchers

LOCK_TIMEOUT = "3s"
_BUSY_STATES = {"55P03", "40P01"}  # lock not available, deadlock detected (PostgreSQL, appendix A)
_BY_CONSTRAINT = {
    "bookings_session_not_oversold": errors.SessionFull,
    "bookings_allocation_not_oversold": errors.NoPlacesForUnit,
    "bookings_one_live_booking": errors.AlreadyBooked,
    "bookings_booking.offering_id, bookings_booking.worker_id": errors.AlreadyBooked,  # SQLite names the columns
    "bookings_waiting_once": errors.AlreadyWaiting,
    "bookings_waitingentry.offering_id, bookings_waitingentry.worker_id": errors.AlreadyWaiting,
    "bookings_session_once": errors.SessionExists,
    "bookings_session.offering_id, bookings_session.venue_id, bookings_session.starts_at": errors.SessionExists,
    "bookings_session_window": errors.SessionWindow,
}


@contextmanager
def places_transaction() -> Iterator[None]:
    """One transaction in which places change hands: waits for locks are short, refusals of the database typed.

    Raises ``Busy`` after ``LOCK_TIMEOUT`` or a broken deadlock, and the error that stands for the constraint hit.
    """
    try:
        with transaction.atomic():
            _wait_briefly()
            yield
    except IntegrityError as error:
        for name, typed in _BY_CONSTRAINT.items():
            if name in str(error):
                raise typed() from error
        raise
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in _BUSY_STATES or "database is locked" in str(error):
            raise errors.Busy() from error
        raise


def _wait_briefly() -> None:
    """Bound the waits of this transaction; SQLite has a timeout of its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def lock_sessions(keys: Iterable[int]) -> dict[int, Session]:
    """The sessions of these keys, locked in ascending order, with offering and venue. Missing ones are left out."""
    rows = (
        Session.objects.select_for_update(no_key=True, of=("self",))
        .select_related("offering__organization", "venue")
        .filter(pk__in=set(keys))
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def lock_allocations(keys: Iterable[int]) -> dict[int, Allocation]:
    """The allocations of these keys, locked in ascending order."""
    keys = set(keys)
    if not keys:
        return {}
    rows = Allocation.objects.unscoped().select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def lock_booking(booking: Booking) -> Booking:
    """The booking as it is now, locked, with everything its messages and watchers need."""
    watched = {path for watcher in watchers for path in watcher.related}
    return (
        Booking.objects.unscoped()
        .select_for_update(no_key=True, of=("self",))
        .select_related("session__venue", "offering", "worker__user", "worker__organization", *watched)
        .get(pk=booking.pk)
    )


def lock_sessions_of(booking: Booking, *others: Session) -> tuple[dict[int, Session], int]:
    """Lock the session the booking is in, with ``others``, and say its key.

    The booking may be moved while we wait: then its new session isn't among the locked ones and ``Busy`` is raised.
    """
    believed = Booking.objects.unscoped().values_list("session_id", flat=True).get(pk=booking.pk)
    sessions = lock_sessions({believed, *(other.pk for other in others)})
    if Booking.objects.unscoped().values_list("session_id", flat=True).get(pk=booking.pk) != believed:
        raise errors.Busy()
    return sessions, believed


def take_session_place(key: int) -> bool:
    """Take one place if there is one: the statement both asks and takes."""
    return bool(Session.objects.filter(pk=key, taken__lt=F("capacity")).update(taken=F("taken") + 1))


def take_allocated_place(keys: Iterable[int]) -> int | None:
    """Draw one place from the first of these allocations that has one; its key, or None."""
    for key in keys:
        open_rows = Allocation.objects.unscoped().filter(pk=key, slots__gt=F("used") + F("passed_down"))
        if open_rows.update(used=F("used") + 1):
            return key
    return None


def free_session_place(key: int) -> None:
    Session.objects.filter(pk=key).update(taken=F("taken") - 1)


def free_allocated_place(key: int) -> None:
    Allocation.objects.unscoped().filter(pk=key).update(used=F("used") - 1)
