"""Places and sessions of a programme in the portions in which officers work: all at once, or none."""

from datetime import datetime

from services.bookings import errors
from services.bookings.actions import add_session, open_places
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.actions.pools import general_pool
from services.bookings.actions.promotion import lock_room
from services.bookings.models import Allocation
from services.foundation import clock
from services.screening.models import Programme
from services.screening.policies import may_manage


def set_places(programme: Programme, *, slots: int, by, reason: str = "", now: datetime | None = None) -> Allocation:
    """Make ``slots`` the number of places of the whole programme; the same number again changes nothing.

    The difference is opened in its general pool, or taken out of it. Raises ``NotEnoughLeft`` when fewer than that are
    free there. Locks: the programme's own allocations, by key.
    """
    may_manage(by, programme).insist()
    offering, now = programme.offering, now or clock.now()
    with places_transaction():
        lock_room(offering, now=now)
        rows = Allocation.objects.unscoped().filter(offering=offering, parent__isnull=True)
        roots = lock_allocations(rows.values_list("pk", flat=True)).values()
        held = sum(root.slots for root in roots)
        general = next((root for root in roots if root.pool_id == general_pool(offering).pk), None)
        if general is not None and held == slots:
            return general
        return open_places(offering, slots=slots - held, by=by, reason=reason, now=now)


def add_series(programme: Programme, *, sessions: list[dict], by, now: datetime) -> int:
    """Add sessions (``venue``, ``starts_at``, ``ends_at``, ``capacity``): all or none; returns how many are new.

    A session that exists at that site and time is left alone, so that a repeated call changes nothing.
    """
    may_manage(by, programme).insist()
    made = 0
    with places_transaction():
        for fields in sessions:
            try:
                add_session(programme.offering, by=by, now=now, **fields)
            except errors.SessionExists:
                continue
            made += 1
    return made
