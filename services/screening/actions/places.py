"""Places and sessions of a programme in the portions in which officers work: all at once, or none."""

from datetime import datetime

from services.bookings import errors
from services.bookings.actions import add_session, give_places, open_places
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.actions.pools import general_pool
from services.bookings.actions.promotion import lock_room
from services.bookings.models import Allocation
from services.foundation import clock
from services.foundation.errors import Refused
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


def give_many(
    allocation: Allocation, *, shares: list[tuple], by, reason: str = "", now: datetime | None = None
) -> list[Allocation]:
    """Give each (organisation, count) its places from one allocation: all of them, or none.

    What ``give_places`` refuses is raised with ``organization_pk`` in its context. Locks: the rows there are, by key.
    """
    organizations = [organization.pk for organization, _count in shares]
    now = now or clock.now()
    with places_transaction():
        lock_room(allocation.offering, now=now)
        existing = Allocation.objects.unscoped().filter(pool=allocation.pool_id, organization__in=organizations)
        lock_allocations([allocation.pk, *existing.values_list("pk", flat=True)])
        given = []
        for organization, count in shares:
            try:
                given.append(give_places(allocation, to=organization, count=count, by=by, reason=reason, now=now))
            except Refused as refused:
                refused.context["organization_pk"] = organization.pk
                raise
        return given


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
