"""Who holds how many places of an offering, level by level, and the ledger behind it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from services.bookings.models import Allocation, AllocationEntry, Pool
from services.organizations.models import Organization


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
