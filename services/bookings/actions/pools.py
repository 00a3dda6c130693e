"""Pools of an offering: made, named, given conditions and a day of return."""

from datetime import datetime

from services.bookings import errors
from services.bookings.actions.locking import places_transaction
from services.bookings.models import Offering, Pool
from services.bookings.policies import may_run
from services.bookings.queries.pools import comes_back

_FIELDS = ("name", "position", "assigned_only", "conditions", "returns_at", "returns_to")


def general_pool(offering: Offering) -> Pool:
    """The pool that every offering has; open to every woman as long as her union reaches it."""
    pool, _made = Pool.objects.get_or_create(offering=offering, general=True)
    return pool


def create_pool(offering: Offering, *, by, now: datetime, **fields) -> Pool:
    """Add an empty pool (``name``, ``position``, ``assigned_only``, ``conditions``, ``returns_at``, ``returns_to``).

    Raises as ``edit_pool``.
    """
    may_run(by, offering).insist()
    return _save(Pool(offering=offering), fields, now=now)


def edit_pool(pool: Pool, *, by, now: datetime, **fields) -> Pool:
    """Change what is given; places and bookings stay where they are. Who drew a place keeps it.

    Raises ``PoolNameMissing``, ``PoolExists``, ``GeneralPool`` (it takes no condition), ``SamePool`` (a pool of
    another offering), ``ReturnIncomplete``, ``ReturnTooSoon``, ``ReturnsInCircle``. Lock: the pools of the offering,
    for two that are edited at once could return to each other.
    """
    may_run(by, pool.offering).insist()
    with places_transaction():
        beside = Pool.objects.select_for_update(no_key=True).filter(offering=pool.offering_id).order_by("pk")
        list(beside.values_list("pk", flat=True))
        pool = Pool.objects.select_related("offering").get(pk=pool.pk)
        return _save(pool, fields, now=now)


def remove_pool(pool: Pool, *, by) -> None:
    """Take away a pool in which no place ever was. Raises ``GeneralPool``, ``PoolInUse``. Lock: the pool."""
    may_run(by, pool.offering).insist()
    if pool.general:
        raise errors.GeneralPool()
    with places_transaction():
        kept = Pool.objects.select_for_update(of=("self",)).filter(pk=pool.pk).first()
        if kept is None:
            return
        if kept.allocations.exists() or Pool.objects.filter(returns_to=kept).exclude(pk=kept.pk).exists():
            raise errors.PoolInUse()
        Pool.objects.filter(pk=kept.pk).update(returns_at=None, returns_to=None)
        kept.delete()


def _save(pool: Pool, fields: dict, *, now: datetime) -> Pool:
    announced = pool.returns_at
    for name in _FIELDS:
        if name in fields:
            setattr(pool, name, fields[name])
    pool.name = pool.name.strip()
    _insist_sound(pool)
    if pool.returns_at and pool.returns_at != announced and pool.returns_at <= now:
        raise errors.ReturnTooSoon()
    with places_transaction():
        pool.save()
    return pool


def _insist_sound(pool: Pool) -> None:
    if pool.general and (pool.conditions or pool.assigned_only):
        raise errors.GeneralPool()
    if not pool.general and not pool.name:
        raise errors.PoolNameMissing()
    if (pool.returns_at is None) != (pool.returns_to is None):
        raise errors.ReturnIncomplete()
    if pool.returns_to and pool.returns_to.offering_id != pool.offering_id:
        raise errors.SamePool()
    if comes_back(pool):
        raise errors.ReturnsInCircle()
