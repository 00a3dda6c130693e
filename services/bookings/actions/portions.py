"""Places handed down in the portions in which officers work: all at once, or none."""

from datetime import datetime

from services.bookings.actions.allocations import give_places
from services.bookings.actions.locking import lock_allocations, places_transaction
from services.bookings.actions.promotion import lock_room
from services.bookings.models import Allocation
from services.foundation import clock
from services.foundation.errors import Refused


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
