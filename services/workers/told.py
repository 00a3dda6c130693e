"""What the roster tells of a union for the return of a year (``organizations.registry``)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from services.organizations.enums import ROSTER_READERS
from services.organizations.registry import Known
from services.workers.enums import WorkerState
from services.workers.models import Worker


def women_on_the_roster(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Women at work, and members among them; of a union without a roster, nothing. One query."""
    at_work = Worker.objects.unscoped().filter(organization__in=organizations, state=WorkerState.ACTIVE)
    rows = (
        at_work.order_by()
        .values_list("organization")
        .annotate(women=Count("pk"), members=Count("pk", filter=Q(joined_on__isnull=False)))
    )
    return {
        union: {"staff_women": women} | ({"members_women": members} if members else {})
        for union, women, members in rows
    }


# A roster may still be incomplete: what the union states of itself in the register is believed first.
ROSTER = Known(
    _("Roster of women workers"), ("staff_women", "members_women"), women_on_the_roster, ROSTER_READERS, rank=1
)
