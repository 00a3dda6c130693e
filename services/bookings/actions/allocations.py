"""Handing places down the tree, and back: every transfer is two ledger lines with balances after."""

from datetime import datetime

from django.db.models import F

from services.bookings import errors
from services.bookings.actions import promotion
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.actions.pools import general_pool
from services.bookings.enums import EntryKind
from services.bookings.models import Allocation, AllocationEntry, Offering, Pool, Session
from services.bookings.policies import may_give, may_reclaim, may_return, may_run
from services.foundation import clock


def open_places(
    offering: Offering, *, slots: int, by, reason: str = "", pool: Pool | None = None, now: datetime | None = None
) -> Allocation:
    """Add ``slots`` to what the offering's own organisation has to give, in its general pool if none is named; a
    negative number takes unused ones away.

    Women waiting for them get them at once. Raises ``NotEnoughLeft``, ``SamePool`` (one of another offering). Locks:
    sessions with room while somebody waits → the allocation → waiting entries.
    """
    may_run(by, offering).insist()
    if pool is not None and pool.offering_id != offering.pk:
        raise errors.SamePool()
    now = now or clock.now()
    with places_transaction():
        room = promotion.lock_room(offering, now=now)
        root = root_of(pool or general_pool(offering), offering)
        waiting = plan_for(root, room, now=now)
        root = lock_allocations([root.pk, *waiting.allocations])[root.pk]
        if slots < -root.left:
            raise errors.NotEnoughLeft(left=root.left, asked=-slots)
        root = write(root, EntryKind.OPENED, slots=slots, by=by, reason=reason, now=now)
        return pass_on(root, waiting, room, now=now)


def root_of(pool: Pool, offering: Offering) -> Allocation:
    """The pool's row at the organisation whose offering it is, made when it is needed first."""
    root, _made = Allocation.objects.unscoped().get_or_create(
        offering=offering, pool=pool, organization=offering.organization
    )
    return root


def give_places(
    allocation: Allocation, *, to, count: int, by, reason: str = "", now: datetime | None = None
) -> Allocation:
    """Pass ``count`` places of the pool to an organisation below; returns its allocation. Its waiting women get them
    at once.

    Raises ``CountNotPositive``, ``NotBelow``, ``NotEnoughLeft``, ``AnotherGiver``. Locks: sessions with room while
    somebody waits → allocations by key → waiting entries.
    """
    may_give(by, allocation).insist()
    insist_positive(count)
    own_path = allocation.organization.path
    if to.path == own_path or not to.path.startswith(own_path):
        raise errors.NotBelow()
    now = now or clock.now()
    with places_transaction():
        room = promotion.lock_room(allocation.offering, now=now)
        below, _made = Allocation.objects.unscoped().get_or_create(
            offering_id=allocation.offering_id,
            pool_id=allocation.pool_id,
            organization=to,
            defaults={"parent": allocation},
        )
        waiting = plan_for(below, room, now=now)
        rows = lock_allocations([allocation.pk, below.pk, *waiting.allocations])
        giver, below = rows[allocation.pk], rows[below.pk]
        if below.parent_id != giver.pk:
            raise errors.AnotherGiver(giver=below.parent.organization.name)
        insist_left(giver, count)
        said = {"by": by, "reason": reason, "now": now}
        write(giver, EntryKind.GIVEN, passed_down=count, counterpart=below, **said)
        below = write(below, EntryKind.RECEIVED, slots=count, counterpart=giver, **said)
        return pass_on(below, waiting, room, now=now)


def return_places(allocation: Allocation, *, count: int, by, reason: str = "") -> Allocation:
    """Give ``count`` unused places back to the organisation they came from; returns the smaller allocation.

    Raises ``CountNotPositive``, ``NotEnoughLeft``, ``NotBelow`` at the top. Locks: both rows by key.
    """
    may_return(by, allocation).insist()
    return _upward(allocation, count, EntryKind.RETURNED, by=by, reason=reason)


def reclaim_places(allocation: Allocation, *, count: int, by, reason: str = "") -> Allocation:
    """Take ``count`` unused places back from the organisation they were given to. Raises and locks as returning."""
    may_reclaim(by, allocation).insist()
    return _upward(allocation, count, EntryKind.RECLAIMED, by=by, reason=reason)


def _upward(allocation: Allocation, count: int, kind: str, *, by, reason: str) -> Allocation:
    insist_positive(count)
    if allocation.parent_id is None:
        raise errors.NotBelow()
    now = clock.now()
    with places_transaction():
        room = promotion.lock_room(allocation.offering, now=now)
        waiting = plan_for(allocation.parent, room, now=now)
        rows = lock_allocations([allocation.pk, allocation.parent_id, *waiting.allocations])
        giver, below = rows[allocation.parent_id], rows[allocation.pk]
        insist_left(below, count)
        said = {"by": by, "reason": reason, "now": now}
        below = write(below, kind, slots=-count, counterpart=giver, **said)
        giver = write(giver, kind, passed_down=-count, counterpart=below, **said)
        pass_on(giver, waiting, room, now=now)
        return below


def plan_for(gaining: Allocation, room: dict[Session, int], *, now: datetime) -> promotion.Plan:
    """Who may get what the allocation is about to gain; made before allocations are locked."""
    return promotion.plan(gaining.offering, room, now=now, freed=gaining.pk)


def pass_on(gained: Allocation, waiting: promotion.Plan, room: dict[Session, int], *, now: datetime) -> Allocation:
    """Give what a locked row has gained to those who wait."""
    if promotion.carry_out(waiting, gained.offering, room, now=now):
        gained.refresh_from_db(fields=["used"])
    return gained


def insist_positive(count: int) -> None:
    if count < 1:
        raise errors.CountNotPositive()


def insist_left(allocation: Allocation, count: int) -> None:
    if allocation.left < count:
        raise errors.NotEnoughLeft(left=allocation.left, asked=count)


def write(
    allocation: Allocation,
    kind: str,
    *,
    slots: int = 0,
    passed_down: int = 0,
    by,
    reason: str,
    now: datetime,
    counterpart=None,
) -> Allocation:
    """Write one change of a locked row, and its line. Only the changed columns are written: ``used`` moves freely."""
    Allocation.objects.unscoped().filter(pk=allocation.pk).update(
        slots=F("slots") + slots, passed_down=F("passed_down") + passed_down
    )
    allocation.refresh_from_db(fields=["slots", "passed_down", "used"])
    AllocationEntry.objects.create(
        allocation=allocation,
        kind=kind,
        change=slots or passed_down,
        slots_after=allocation.slots,
        passed_down_after=allocation.passed_down,
        counterpart=counterpart,
        by=by,
        reason=reason,
        at=now,
    )
    return allocation
