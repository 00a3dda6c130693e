"""Who holds how many places of a programme, level by level, and the ledger behind it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet, Sum

from services.bookings import rules
from services.bookings.models import Allocation, AllocationEntry, Pool
from services.bookings.queries import pots_for
from services.organizations.models import Organization
from services.screening.models import Programme
from services.screening.queries.facts import facts_of
from services.screening.queries.programmes import current_terms
from services.screening.rules import Facts, fulfils
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Holding:
    """What was received, passed on and used, over all pools."""

    slots: int
    passed_down: int
    used: int

    @property
    def left(self) -> int:
        return self.slots - self.passed_down - self.used


def holding_of(rows: QuerySet[Allocation]) -> Holding | None:
    """The sum of allocations in several pools; None without any. One query."""
    sums = rows.aggregate(slots=Sum("slots"), passed_down=Sum("passed_down"), used=Sum("used"))
    return None if sums["slots"] is None else Holding(**sums)


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
class HoldingRow:
    """What one organisation received, passed on, used and has left; zeros when it received nothing yet."""

    organization: Organization
    allocation: Allocation | None

    @property
    def slots(self) -> int:
        return self.allocation.slots if self.allocation else 0

    @property
    def passed_down(self) -> int:
        return self.allocation.passed_down if self.allocation else 0

    @property
    def used(self) -> int:
        return self.allocation.used if self.allocation else 0

    @property
    def left(self) -> int:
        return self.allocation.left if self.allocation else 0


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


def receivers(organization: Organization) -> QuerySet[Organization]:
    """The open organisations directly below, to which places are given."""
    below = Organization.objects.below(organization.path).filter(depth=organization.depth + 1)
    return below.open().order_by("path")


def allocations_below(pool: Pool | None, organization: Organization) -> list[HoldingRow]:
    """One row for each organisation directly below, and for those deeper that received from here. Two queries."""
    rows = Allocation.objects.below(organization.path).filter(pool=pool).exclude(organization=organization)
    rows = rows.filter(
        Q(organization__depth=organization.depth + 1) | Q(parent__organization=organization)
    ).select_related("organization", "parent")
    held = {row.organization_id: row for row in rows}
    children = list(receivers(organization))
    known = {child.pk for child in children}
    others = [row.organization for row in held.values() if row.organization_id not in known]
    everyone = sorted([*children, *others], key=lambda o: o.path)
    return [HoldingRow(child, held.get(child.pk)) for child in everyone]


def sum_of(rows: list[HoldingRow]) -> dict[str, int]:
    """Totals of the rows, column by column."""
    return {name: sum(getattr(row, name) for row in rows) for name in ("slots", "passed_down", "used", "left")}


def ledger(allocation: Allocation) -> QuerySet[AllocationEntry]:
    """Every change of an allocation with the balances after it, newest first."""
    return allocation.entries.select_related("by", "counterpart__organization").order_by("-pk")
