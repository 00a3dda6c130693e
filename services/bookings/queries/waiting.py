"""Where entries of waiting lists stand, and what put them there."""

from collections import Counter

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from services.bookings.enums import WaitingState
from services.bookings.models import PriorityChange, WaitingEntry

# Those who wait stand as places are passed on; the others come after them.
QUEUE = "-state,-priority,created_at,pk"


def with_reasons(entries: QuerySet[WaitingEntry]) -> QuerySet[WaitingEntry]:
    """``last_reason`` is the code of the last recorded change of her priority and ``moved_at`` its moment."""
    last = PriorityChange.objects.unscoped().filter(entry=OuterRef("pk")).order_by("-at", "-pk")
    return entries.annotate(last_reason=Subquery(last.values("reason")[:1]), moved_at=Subquery(last.values("at")[:1]))


def stand(entries: list[WaitingEntry]) -> list[WaitingEntry]:
    """Write ``place``, ``last_reason`` and ``moved_at`` on the entries of one page. One query."""
    rows = with_place(with_reasons(WaitingEntry.objects.unscoped().filter(pk__in=[entry.pk for entry in entries])))
    found = {key: rest for key, *rest in rows.values_list("pk", "place", "last_reason", "moved_at")}
    for entry in entries:
        entry.place, entry.last_reason, entry.moved_at = found[entry.pk]
    return entries


def with_place(entries: QuerySet[WaitingEntry]) -> QuerySet[WaitingEntry]:
    """``place``: the position in the whole list, unseen women counted too; 0 for those who don't wait any more.

    Women waiting for another session only are not counted before her, as in ``bookings.queries.waiting_position``.
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
    return entries.annotate(
        place=Case(When(state=WaitingState.WAITING, then=count + 1), default=Value(0), output_field=IntegerField())
    )


def places_in(offering: int) -> dict[int, int]:
    """The place of every entry that waits in an offering, by key: the same as ``place``, for all at once. One query."""
    waiting = WaitingEntry.objects.unscoped().filter(offering=offering, state=WaitingState.WAITING)
    rows = waiting.order_by("-priority", "created_at", "pk").values_list("pk", "session").iterator(2000)
    places, for_any, for_one = {}, 0, Counter()
    for before, (key, session) in enumerate(rows):
        if session is None:
            places[key] = before + 1
            for_any += 1
        else:
            places[key] = for_any + for_one[session] + 1
            for_one[session] += 1
    return places


def changes_of(entry: WaitingEntry) -> QuerySet[PriorityChange]:
    """Every recorded change of her priority, oldest first."""
    return PriorityChange.objects.unscoped().filter(entry=entry).order_by("at", "pk")
