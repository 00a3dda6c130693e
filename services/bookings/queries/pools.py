"""The pools of an offering: what is in them, what is left, which of them are due to give back."""

from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from services.bookings.enums import OfferingState
from services.bookings.models import Offering, Pool

_UNUSED = F("allocations__slots") - F("allocations__passed_down") - F("allocations__used")


def pools_of(offering: Offering) -> QuerySet[Pool]:
    """The pools in the order in which they are drawn on, with ``slots`` (in all), ``used`` and ``left``. One query."""
    return (
        Pool.objects.filter(offering=offering)
        .select_related("returns_to")
        .annotate(
            slots=Coalesce(Sum("allocations__slots", filter=Q(allocations__parent__isnull=True)), 0),
            used=Coalesce(Sum("allocations__used"), 0),
            left=Coalesce(Sum(_UNUSED), 0),
        )
        .order_by("position", "pk")
    )


def pools_to_return(now: datetime) -> QuerySet[Pool]:
    """Pools of open offerings whose announced day has come and in which something is unused."""
    unused = Q(allocations__slots__gt=F("allocations__used") + F("allocations__passed_down"))
    elsewhere = ~Q(returns_to=F("pk")) | Q(allocations__parent__isnull=False)
    due = Pool.objects.filter(unused & elsewhere, returns_at__lte=now, offering__state=OfferingState.OPEN)
    return due.select_related("offering__organization").distinct().order_by("pk")


def comes_back(pool: Pool) -> bool:
    """Would what goes back from the pool return to it over others, and so wander for ever? One query.

    The pool counts as it is in hand, saved or not. A pool that gives back to its own top is the end of a way.
    """
    if pool.returns_to_id is None or pool.returns_to_id == pool.pk:
        return False
    ways = dict(Pool.objects.filter(offering=pool.offering_id).values_list("pk", "returns_to"))
    here, seen = pool.returns_to_id, set()
    while here is not None and here not in seen and here != pool.pk:
        seen.add(here)
        here = ways.get(here)
    return here is not None and here == pool.pk
