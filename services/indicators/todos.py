"""What waits for somebody in the monitoring of the plans. Derived by query; nothing is stored."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.indicators.enums import WRITABLE, WRITERS, ReportState
from services.indicators.models import Report


def todos_for(user) -> list[Todo]:
    """One query, and none for somebody without a post in it."""
    paths = scope_of(user).paths(roles=WRITERS)
    if not paths:
        return []
    today = clock.today()
    own = Q(place__organization__path__in=paths) & Q(state__in=WRITABLE)
    review = Q(state=ReportState.SIGNED) & ~Q(signed_by=user)
    rows = Report.objects.unscoped().filter(path_filter("place__organization__path", paths), latest=True)
    counted = rows.aggregate(
        own=Count("pk", filter=own),
        late=Count("pk", filter=own & Q(place__round__due_on__lt=today)),
        review=Count("pk", filter=review & ~Q(place__organization__path__in=paths)),
        since=Min("signed_at", filter=review),
    )
    url, found = reverse("indicators_desk:list"), []
    if counted["own"]:
        text = ngettext(
            "%(count)s monitoring report of yours isn't signed yet",
            "%(count)s monitoring reports of yours aren't signed yet",
            counted["own"],
        )
        found.append(
            Todo(text % {"count": counted["own"]}, f"{url}?state=draft&state=returned", overdue=bool(counted["late"]))
        )
    if counted["review"]:
        text = ngettext(
            "%(count)s monitoring report waits for your review",
            "%(count)s monitoring reports wait for your review",
            counted["review"],
        )
        found.append(Todo(text % {"count": counted["review"]}, f"{url}?state=signed", since=counted["since"]))
    return found
