"""Handing places down the tree, and back: every transfer is two ledger lines with balances after."""

from django.db.models import F

from services.bookings import errors
from services.bookings.actions import promotion
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.enums import EntryKind
from services.bookings.models import Allocation, AllocationEntry, Offering, Session
from services.bookings.policies import may_give, may_reclaim, may_return, may_run
from services.foundation import clock


def open_places(offering: Offering, *, slots: int, by, reason: str = "") -> Allocation:
    """Add ``slots`` to what the offering's own organisation has to give; a negative number takes unused ones away.

    Women waiting for them get them at once. Raises ``NotEnoughLeft``. Locks: sessions with room while somebody waits
    → the allocation → waiting entries.
    """
    may_run(by, offering).insist()
    with places_transaction():
        room = promotion.lock_room(offering, now=clock.now())
        root, _made = Allocation.objects.unscoped().get_or_create(offering=offering, organization=offering.organization)
        waiting = _plan(root, room)
        root = lock_allocations([root.pk, *waiting.allocations])[root.pk]
        if slots < -root.left:
            raise errors.NotEnoughLeft(left=root.left, asked=-slots)
        root = _change(root, EntryKind.OPENED, slots=slots, by=by, reason=reason)
        return _pass_on(root, waiting, room)


def give_places(allocation: Allocation, *, to, count: int, by, reason: str = "") -> Allocation:
    """Pass ``count`` places to an organisation below; returns its allocation. Its waiting women get them at once.

    Raises ``CountNotPositive``, ``NotBelow``, ``NotEnoughLeft``, ``AnotherGiver``. Locks: sessions with room while
    somebody waits → allocations by key → waiting entries.
    """
    may_give(by, allocation).insist()
    _insist_positive(count)
    own_path = allocation.organization.path
    if to.path == own_path or not to.path.startswith(own_path):
        raise errors.NotBelow()
    with places_transaction():
        room = promotion.lock_room(allocation.offering, now=clock.now())
        below, _made = Allocation.objects.unscoped().get_or_create(
            offering_id=allocation.offering_id, organization=to, defaults={"parent": allocation}
        )
        waiting = _plan(below, room)
        rows = lock_allocations([allocation.pk, below.pk, *waiting.allocations])
        giver, below = rows[allocation.pk], rows[below.pk]
        if below.parent_id != giver.pk:
            raise errors.AnotherGiver(giver=below.parent.organization.name)
        _insist_left(giver, count)
        _change(giver, EntryKind.GIVEN, passed_down=count, counterpart=below, by=by, reason=reason)
        below = _change(below, EntryKind.RECEIVED, slots=count, counterpart=giver, by=by, reason=reason)
        return _pass_on(below, waiting, room)


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
    _insist_positive(count)
    if allocation.parent_id is None:
        raise errors.NotBelow()
    with places_transaction():
        room = promotion.lock_room(allocation.offering, now=clock.now())
        waiting = _plan(allocation.parent, room)
        rows = lock_allocations([allocation.pk, allocation.parent_id, *waiting.allocations])
        giver, below = rows[allocation.parent_id], rows[allocation.pk]
        _insist_left(below, count)
        below = _change(below, kind, slots=-count, counterpart=giver, by=by, reason=reason)
        giver = _change(giver, kind, passed_down=-count, counterpart=below, by=by, reason=reason)
        _pass_on(giver, waiting, room)
        return below


def _plan(gaining: Allocation, room: dict[Session, int]) -> promotion.Plan:
    """Who may get what the allocation is about to gain; made before allocations are locked."""
    return promotion.plan(gaining.offering, room, now=clock.now(), freed=gaining.pk)


def _pass_on(gained: Allocation, waiting: promotion.Plan, room: dict[Session, int]) -> Allocation:
    if promotion.carry_out(waiting, gained.offering, room, now=clock.now()):
        gained.refresh_from_db(fields=["used"])
    return gained


def _insist_positive(count: int) -> None:
    if count < 1:
        raise errors.CountNotPositive()


def _insist_left(allocation: Allocation, count: int) -> None:
    if allocation.left < count:
        raise errors.NotEnoughLeft(left=allocation.left, asked=count)


def _change(
    allocation: Allocation, kind: str, *, slots: int = 0, passed_down: int = 0, by, reason: str, counterpart=None
) -> Allocation:
    """Write one change of a locked row, and its line. Only the changed column is written: ``used`` moves freely."""
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
    )
    return allocation
