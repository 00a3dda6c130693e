"""Reads of what moved: changes of standings within a span of time."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from services.coverage.models import StandingChange
from services.coverage.rules.moves import Moved, moved


def month_of(day: date) -> tuple[datetime, datetime]:
    """From the first moment of the day's month to the last of the day."""
    return make_aware(datetime.combine(day.replace(day=1), time.min)), make_aware(datetime.combine(day, time.max))


def changes_below(path: str, since: datetime, until: datetime, *, field: str = "built") -> QuerySet[StandingChange]:
    found = StandingChange.objects.below(path).filter(field=field, at__gte=since, at__lte=until)
    return found.select_related("organization", "by").order_by("at", "pk")


def moved_below(path: str, since: datetime, until: datetime) -> list[Moved]:
    """The unions that gained or lost what they must have, the latest first. One query.

    What neither comes from "yes" nor leads to it moves nobody, and that a record was begun isn't a union's doing.
    """
    told = changes_below(path, since, until).filter(Q(was="yes") | Q(now="yes")).exclude(cause="begun")
    return sorted(moved(told), key=lambda one: one.last.at, reverse=True)


def changes_listed(user, *, roles: frozenset[str]) -> QuerySet[StandingChange]:
    return StandingChange.objects.visible_to(user, roles=roles).select_related("organization", "by")
