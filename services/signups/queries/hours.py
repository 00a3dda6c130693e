"""Hours of training: of one woman, and of the women within somebody's reach, by year."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.organizations.enums import ROSTER_READERS
from services.signups.enums import ActivityKind
from services.workers.models import Worker

_TRAINED = {"state": BookingState.ATTENDED, "offering__activity__kind": ActivityKind.TRAINING}


@dataclass(frozen=True, slots=True)
class TrainedYear:
    """One year: what she attended, and the hours together."""

    year: int
    attended: list[Booking]
    hours: int


def transcript_of(worker) -> list[TrainedYear]:
    """Every training she attended, newest year first. One query."""
    rows = (
        Booking.objects.own(worker=worker, **_TRAINED)
        .select_related("offering__activity__organization", "session__venue", "certificate")
        .order_by("-offering__activity__year", "-session__starts_at", "-pk")
    )
    found = []
    for year, group in groupby(rows, key=lambda row: row.offering.activity.year):
        attended = list(group)
        found.append(TrainedYear(year, attended, sum(row.offering.activity.hours for row in attended)))
    return found


def trained_for(user, year: int, *, roles=None) -> QuerySet[Worker]:
    """Women within her reach who attended a training of the year, with ``trainings`` and ``hours``. One query."""
    attended = Booking.objects.unscoped().filter(worker=OuterRef("pk"), offering__activity__year=year, **_TRAINED)
    each = attended.order_by().values("worker")
    hours = each.annotate(total=Sum("offering__activity__hours")).values("total")
    return (
        Worker.objects.visible_to(user, roles=roles or ROSTER_READERS)
        .filter(Exists(attended))
        .annotate(
            trainings=Subquery(each.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            hours=Coalesce(Subquery(hours, output_field=IntegerField()), 0),
        )
        .select_related("organization")
        .defer("id_number", "note")
    )
