"""What an organisation holds in each pool of a programme, and what a woman can draw."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from services.bookings import rules
from services.bookings.models import Allocation, Pool
from services.bookings.queries import pots_for
from services.organizations.models import Organization
from services.screening.models import Programme
from services.screening.queries.facts import facts_of
from services.screening.queries.programmes import current_terms
from services.screening.rules import Facts, fulfils
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class PoolShare:
    """An organisation's part of one pool; without an allocation it received nothing in it yet."""

    pool: Pool
    allocation: Allocation | None


def shares_of(pools: list[Pool], organization: Organization) -> list[PoolShare]:
    """What an organisation holds in each of the pools. One query."""
    rows = Allocation.objects.unscoped().filter(pool__in=pools, organization=organization)
    rows = rows.select_related("organization", "parent__organization", "offering", "pool")
    held = {row.pool_id: row for row in rows}
    return [PoolShare(pool, held.get(pool.pk)) for pool in pools]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How many places she can draw, and the pools within her union's reach whose places are kept for others."""

    places: int
    kept_for_others: list[Pool]


def drawing_of(programme: Programme, worker: Worker, *, on: date) -> Drawing:
    """What she can draw as of a day, by the rule of the booking itself. One query, four where pools have conditions.

    Without published terms nothing is known that a condition could rest on.
    """
    pots = [pot for pot in pots_for(programme.offering, worker.organization.path) if pot.left > 0]
    terms = current_terms(programme) if any(pot.conditions for pot in pots) else None
    facts = facts_of(worker, programme, terms) if terms else Facts()
    hers = rules.hers(pots, partial(fulfils, facts=facts, post=worker.position, on=on))
    others = {pot.pool for pot in pots} - {pot.pool for pot in hers}
    pools = Pool.objects.filter(pk__in=others).select_related("returns_to") if others else Pool.objects.none()
    return Drawing(sum(pot.left for pot in hers), list(pools))
