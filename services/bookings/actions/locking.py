"""The only place that says how places are locked and taken. Order: sessions → allocations → bookings → waiting.

Rows of one kind are locked by ascending key. What is taken is taken by a conditional UPDATE; the check constraints
of the database have the last word. See docs/decisions/0002-places-cannot-be-oversold.md.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from services.bookings import errors
from services.bookings.enums import DrawState
from services.bookings.models import Allocation, Booking, Draw, Session
from services.bookings.registry import watchers
from services.foundation.prepared import Prepared
from services.workers.models import Worker

LOCK_TIMEOUT = "3s"
_LOOKS = 3
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
    "bookings_pool_once": errors.PoolExists,
    "bookings_pool.offering_id, bookings_pool.name": errors.PoolExists,
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


def looking_again(take: Callable) -> Callable:
    """Decorates an action that looks without locks and then takes: ``Overtaken`` has undone it, and it runs anew.

    After ``_LOOKS`` attempts the refusal stands.
    """

    @wraps(take)
    def again(*args, **kwargs):
        for _attempt in range(_LOOKS - 1):
            try:
                return take(*args, **kwargs)
            except errors.Overtaken:
                continue
        return take(*args, **kwargs)

    return again


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
    """The booking as it is now, locked, with everything its messages and watchers need. Three queries.

    Three small ones: joined together the database plans longer than it reads. Raises ``Booking.DoesNotExist``.
    """
    row = _BOOKING.first(booking=booking.pk)
    if row is None:
        raise Booking.DoesNotExist()
    row.session = _SESSION.first(session=row.session_id)
    row.offering = row.session.offering
    row.worker = _WORKER.first(worker=row.worker_id)
    return row


def _booking(*, booking: int):
    return Booking.objects.unscoped().select_for_update(no_key=True).filter(pk=booking)


def _session(*, session: int):
    watched = [f"offering__{path}" for watcher in watchers for path in watcher.related]
    return Session.objects.select_related("venue", "offering", *watched).filter(pk=session).order_by()


def _worker(*, worker: int):
    return Worker.objects.unscoped().select_related("user", "organization").filter(pk=worker).order_by()


_BOOKING = Prepared(_booking, keys=("booking",))
_SESSION = Prepared(_session, keys=("session",))
_WORKER = Prepared(_worker, keys=("worker",))


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
    """Draw one place from the first of these allocations that has one; its key, or None.

    With several keys the caller has locked them. A statement that waited for one and found it empty keeps its lock
    (PostgreSQL), and the next key may be a lower one: out of order.
    """
    for key in keys:
        open_rows = Allocation.objects.unscoped().filter(pk=key, slots__gt=F("used") + F("passed_down"))
        if open_rows.update(used=F("used") + 1):
            return key
    return None


def free_session_place(key: int) -> None:
    Session.objects.filter(pk=key).update(taken=F("taken") - 1)


def free_allocated_place(key: int) -> None:
    Allocation.objects.unscoped().filter(pk=key).update(used=F("used") - 1)


def share_draw(offering_id: int) -> Draw | None:
    """The draw of the offering that is in force, kept from moving on until this transaction ends.

    Women enter side by side; freezing the list waits for them, and whoever comes later finds it frozen. On SQLite one
    writer runs at a time anyway.
    """
    rows = Draw.objects.exclude(state=DrawState.VOID).filter(offering=offering_id).defer("frozen_text")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM bookings_draw WHERE offering_id = %s AND state <> %s FOR SHARE",
                [offering_id, DrawState.VOID],
            )
    return rows.first()


def lock_draw(key: int) -> Draw:
    """The draw, locked, with its offering; before anything else is. Raises ``Draw.DoesNotExist``."""
    rows = Draw.objects.select_for_update(no_key=True, of=("self",)).select_related("offering__organization")
    return rows.get(pk=key)
