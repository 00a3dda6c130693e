"""Places that change pools: moved by an officer, or gone back on the day that was announced."""

import logging
from datetime import datetime

from services.bookings import errors
from services.bookings.actions import promotion
from services.bookings.actions.allocations import insist_left, insist_positive, pass_on, plan_for, root_of, write
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.enums import EntryKind
from services.bookings.models import Allocation, Pool
from services.bookings.policies import may_move
from services.bookings.queries.pools import comes_back, pools_to_return
from services.foundation import clock

logger = logging.getLogger(__name__)
_MOVED = (EntryKind.MOVED_OUT, EntryKind.MOVED_IN)
_FLOWED = (EntryKind.FLOWED_OUT, EntryKind.FLOWED_IN)


def move_places(
    allocation: Allocation, *, to: Pool, count: int, by, reason: str, now: datetime | None = None
) -> Allocation:
    """Move ``count`` unused places of an organisation into its part of another pool; returns that allocation.

    What the organisations above passed down changes with it, so that each pool stays a tree of its own. Women waiting
    for these places get them at once. Raises ``CountNotPositive``, ``NotEnoughLeft``, ``NoReason``, ``SamePool``.
    Locks: sessions with room while somebody waits → allocations of both branches by key → waiting entries.
    """
    may_move(by, allocation).insist()
    insist_positive(count)
    if not reason.strip():
        raise errors.NoReason()
    if to.pk == allocation.pool_id or to.offering_id != allocation.offering_id:
        raise errors.SamePool()
    now = now or clock.now()
    with places_transaction():
        room = promotion.lock_room(allocation.offering, now=now)
        source, target = _chain(allocation), _chain(_counterpart(allocation, to))
        waiting = plan_for(target[0], room, now=now)
        rows = lock_allocations([*_keys(source), *_keys(target), *waiting.allocations])
        insist_left(rows[allocation.pk], count)
        _shift(source, target, rows, count, _MOVED, {"by": by, "reason": reason.strip(), "now": now})
        return pass_on(rows[target[0].pk], waiting, room, now=now)


def return_due(now: datetime) -> int:
    """Let unused places go back from every pool whose day has come; returns how many went.

    A second run finds nothing unused and does nothing; what is cancelled later goes back in the next run. A pool that
    is busy is left for the next run.
    """
    returned = 0
    for pool in pools_to_return(now):
        try:
            returned += return_unused(pool, now=now)
        except errors.Busy:
            logger.info("pool %s is busy, its places go back in the next run", pool.pk)
    return returned


def return_unused(pool: Pool, *, now: datetime) -> int:
    """Send what is unused in a pool to the top of the pool it returns to, if its day has come; returns how many.

    From pools that return to each other nothing goes: it would come and go with every run.
    From every organisation that holds some; women waiting for them get them in the same transaction. Locks: sessions
    with room while somebody waits → the pool's allocations and the receiving one by key → waiting entries.
    """
    with places_transaction():
        room = promotion.lock_room(pool.offering, now=now)
        pool = Pool.objects.select_related("offering__organization", "returns_to").get(pk=pool.pk)
        if pool.returns_at is None or pool.returns_at > now or comes_back(pool):
            return 0
        target = root_of(pool.returns_to, pool.offering)
        held = {row.pk: row for row in Allocation.objects.unscoped().filter(pool=pool).select_related("organization")}
        waiting = plan_for(target, room, now=now)
        rows = lock_allocations([*held, target.pk, *waiting.allocations])
        returned = 0
        for key in held:
            if key != target.pk and (count := rows[key].left) > 0:
                said = {"by": None, "reason": "", "now": now}
                _shift(_lineage(held[key], held), [target], rows, count, _FLOWED, said)
                returned += count
        if returned:
            pass_on(rows[target.pk], waiting, room, now=now)
        return returned


def _shift(
    source: list[Allocation], target: list[Allocation], rows: dict[int, Allocation], count: int, kinds, said: dict
) -> None:
    """Write the change of every locked row between two ends: each branch runs from its holder up to the top.

    A row above a holder passed the places down to it, so both its columns change; one above both ends keeps its slots.
    """
    changes: dict[int, list] = {}
    for branch, sign, kind, other in ((source, -1, kinds[0], target[0]), (target, 1, kinds[1], source[0])):
        below = other
        for level, row in enumerate(branch):
            _kind, slots, passed, counterpart = changes.get(row.pk, (kind, 0, 0, below))
            through = sign * count if level else 0
            changes[row.pk] = [kind, slots + sign * count, passed + through, counterpart]
            below = row
    for key in sorted(changes):
        kind, slots, passed, counterpart = changes[key]
        write(rows[key], kind, slots=slots, passed_down=passed, counterpart=rows[counterpart.pk], **said)


def _counterpart(allocation: Allocation, pool: Pool) -> Allocation:
    """The same organisation's row in another pool, made with those above it where they are missing."""
    row = None
    for link in reversed(_chain(allocation)):
        row, _made = Allocation.objects.unscoped().get_or_create(
            offering_id=link.offering_id, pool=pool, organization_id=link.organization_id, defaults={"parent": row}
        )
    return row


def _chain(allocation: Allocation) -> list[Allocation]:
    """The row and those it received from, up to the top of its pool. Who gave to whom never changes."""
    chain = [allocation]
    while chain[-1].parent_id:
        above = Allocation.objects.unscoped().select_related("offering")
        chain.append(above.get(pk=chain[-1].parent_id))
    return chain


def _lineage(allocation: Allocation, held: dict[int, Allocation]) -> list[Allocation]:
    """As ``_chain``, among rows that are loaded already."""
    chain = [allocation]
    while chain[-1].parent_id:
        chain.append(held[chain[-1].parent_id])
    return chain


def _keys(rows: list[Allocation]) -> list[int]:
    return [row.pk for row in rows]
