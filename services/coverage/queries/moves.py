"""Reads of what moved: changes of standings within a span of time."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from services.coverage.models import StandingChange
from services.coverage.rules.moves import Moved, moved
from services.figures.models import Snapshot, SnapshotNode
from services.foundation.scope import path_filter


def month_of(day: date) -> tuple[datetime, datetime]:
    """From the first moment of the day's month to the last of the day."""
    return make_aware(datetime.combine(day.replace(day=1), time.min)), make_aware(datetime.combine(day, time.max))


def changes_below(
    path: str, since: datetime, until: datetime, *, field: str = "built", snapshot: Snapshot | None = None
) -> QuerySet[StandingChange]:
    """At and below a tree path, oldest first; with ``snapshot`` the path of the tree as it stood then."""
    if snapshot is None:
        found = StandingChange.objects.below(path)
    else:
        found = StandingChange.objects.unscoped().filter(organization__in=stood_below([path], snapshot))
    return found.filter(field=field, at__gte=since, at__lte=until).select_related("organization", "by")


def stood_below(paths: Iterable[str], snapshot: Snapshot) -> QuerySet:
    """The keys of the organisations that stood at or below these paths of that month end's tree."""
    nodes = SnapshotNode.objects.filter(snapshot=snapshot).filter(path_filter("path", tuple(paths)))
    return nodes.values("organization")


def moved_below(path: str, since: datetime, until: datetime, *, snapshot: Snapshot | None = None) -> list[Moved]:
    """The unions that gained or lost what they must have, the latest first. One query."""
    return moved_among(changes_below(path, since, until, snapshot=snapshot))


def moved_among(changes: QuerySet[StandingChange]) -> list[Moved]:
    """The net of changes of one field, as far as they tell who gained or lost it, the latest first. One query.

    What neither comes from "yes" nor leads to it moves nobody, and that a record was begun isn't a union's doing.
    """
    told = changes.filter(Q(was="yes") | Q(now="yes")).exclude(cause="begun").order_by("at", "pk")
    return sorted(moved(told), key=lambda one: one.last.at, reverse=True)


def changes_listed(user, *, roles: frozenset[str]) -> QuerySet[StandingChange]:
    return StandingChange.objects.visible_to(user, roles=roles).select_related("organization", "by")
