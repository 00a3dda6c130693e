"""The waiting lists of all programmes within a viewer's reach, each woman with her true place."""

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from services.bookings.enums import WaitingState
from services.bookings.models import WaitingEntry


def waiting_in_order(user) -> QuerySet[WaitingEntry]:
    """Entries of women she reaches, with ``place``: the position in the whole list, unseen women counted too.

    ``place`` is 0 for those who don't wait any more. Women waiting for another session only are not counted before
    her, as in ``bookings.queries.waiting_position``. One query however many rows.
    """
    ahead = (
        Q(priority__gt=OuterRef("priority"))
        | Q(priority=OuterRef("priority"), created_at__lt=OuterRef("created_at"))
        | Q(priority=OuterRef("priority"), created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
    )
    before = (
        WaitingEntry.objects.unscoped()
        .filter(ahead, offering=OuterRef("offering"), state=WaitingState.WAITING)
        .order_by()
        .values("offering")
        .annotate(count=Count("pk"))
        .values("count")
    )
    for_session = before.filter(Q(session__isnull=True) | Q(session=OuterRef("session")))
    count = Case(
        When(session__isnull=True, then=Coalesce(Subquery(before), 0)), default=Coalesce(Subquery(for_session), 0)
    )
    return (
        WaitingEntry.objects.visible_to(user)
        .filter(offering__screening_programme__isnull=False)
        .select_related("worker__organization", "session__venue", "offering__screening_programme")
        .defer("worker__id_number", "worker__note")
        .annotate(
            place=Case(When(state=WaitingState.WAITING, then=count + 1), default=Value(0), output_field=IntegerField())
        )
        .order_by("offering", "state", "-priority", "created_at", "pk")
    )
