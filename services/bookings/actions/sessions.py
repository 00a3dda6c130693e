"""Adding, changing and removing sessions, without taking a place from anybody."""

from datetime import datetime

from services.bookings import errors
from services.bookings.actions import promotion
from services.bookings.actions.locking import lock_allocations, lock_sessions, places_transaction
from services.bookings.actions.timeline import record, tell, when
from services.bookings.enums import LIVE, RUNNING
from services.bookings.models import Booking, Offering, Session, Venue, WaitingEntry
from services.bookings.policies import may_run


def add_session(
    offering: Offering, *, venue: Venue, starts_at: datetime, ends_at: datetime, capacity: int, by, now: datetime
) -> Session:
    """Add a session; women waiting for any are promoted into it. Raises ``SessionExists``, ``SessionWindow``."""
    may_run(by, offering).insist()
    with places_transaction():
        session = Session.objects.create(
            offering=offering, venue=venue, starts_at=starts_at, ends_at=ends_at, capacity=capacity
        )
        _pass_on(session, now=now)
        session.refresh_from_db(fields=["taken"])
        return session


def edit_session(
    session: Session,
    *,
    by,
    now: datetime,
    venue: Venue | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    capacity: int | None = None,
) -> Session:
    """Change what is given. Booked women are told of a new time or site; more places pass to the waiting list.

    Raises ``CapacityBelowTaken`` and ``IntoThePast`` (with the bookings in the way), ``SessionGone``,
    ``SessionExists``, ``SessionWindow``. Locks: session → allocations → its held and offered bookings when it begins
    earlier → waiting entries.
    """
    may_run(by, session.offering).insist()
    with places_transaction():
        locked = lock_sessions([session.pk]).get(session.pk)
        if locked is None:
            raise errors.SessionGone()
        if capacity is not None and capacity < locked.taken:
            raise _below_taken(locked, capacity)
        if starts_at is not None and starts_at != locked.starts_at and starts_at <= now:
            raise errors.IntoThePast(_live_in(locked))
        before = (locked.venue_id, locked.starts_at)
        for name, value in {"venue": venue, "starts_at": starts_at, "ends_at": ends_at, "capacity": capacity}.items():
            if value is not None:
                setattr(locked, name, value)
        locked.save(update_fields=["venue", "starts_at", "ends_at", "capacity"])
        if (locked.venue_id, locked.starts_at) != before:
            _tell_of_change(locked, was=before[1], by=by, now=now)
        _pass_on(locked, now=now, earlier=locked.starts_at < before[1])
        locked.refresh_from_db(fields=["taken"])
        return locked


def _shorten_holds(session: Session) -> None:
    """No hold and no offer outlives the beginning of its session."""
    running = Booking.objects.unscoped().filter(session=session, state__in=RUNNING, held_until__gt=session.starts_at)
    keys = list(running.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    Booking.objects.unscoped().filter(pk__in=keys).update(held_until=session.starts_at)


def _below_taken(session: Session, capacity: int) -> errors.CapacityBelowTaken:
    affected = session.taken - capacity
    return errors.CapacityBelowTaken(
        _live_in(session)[:affected], capacity=capacity, taken=session.taken, affected=affected
    )


def _live_in(session: Session):
    """Who has a place in it, the latest first."""
    return Booking.objects.unscoped().filter(session=session, state__in=LIVE).order_by("-created_at", "-pk")


def _tell_of_change(session: Session, *, was: datetime, by, now: datetime) -> None:
    live = (
        Booking.objects.unscoped()
        .filter(session=session, state__in=LIVE)
        .select_related("session__venue", "offering", "worker__user")
    )
    for booking in live:
        tell(record(booking, "rescheduled", by=by, now=now, was=when(was)), "bookings-moved")


def _pass_on(session: Session, *, now: datetime, earlier: bool = False) -> None:
    """Promote into the session as far as it has room; it is locked, or new and so seen by nobody yet."""
    room = {session: session.left}
    waiting = promotion.plan(session.offering, room, now=now)
    lock_allocations(waiting.allocations)
    if earlier:
        _shorten_holds(session)
    promotion.carry_out(waiting, session.offering, room, now=now)


def remove_session(session: Session, *, by, now: datetime) -> None:
    """Take a session away when nobody has a place in it. Repeating it changes nothing.

    A session with ended bookings keeps its row for their history and loses its places instead. Women who waited for
    it alone now wait for any. Raises ``SessionInUse``. Lock: the session.
    """
    may_run(by, session.offering).insist()
    with places_transaction():
        locked = lock_sessions([session.pk]).get(session.pk)
        if locked is None:
            return
        if locked.taken:
            raise errors.SessionInUse(_live_in(locked), taken=locked.taken)
        WaitingEntry.objects.unscoped().filter(session=locked).update(session=None, changed_at=now)
        if Booking.objects.unscoped().filter(session=locked).exists():
            locked.capacity = 0
            locked.save(update_fields=["capacity"])
        else:
            locked.delete()
