"""Reads of the problem ledger and the logs."""

from django.db.models import Count, Q, QuerySet, Sum

from services.foundation.scope import path_filter, scope_of
from services.plan_reviews.enums import WRITERS, IssueKind
from services.plan_reviews.models import Issue, PolicyInclusion, Publicity, Training


def issues_for(user) -> QuerySet[Issue]:
    rows = told_to(user, Issue.objects.visible_to(user))
    return rows.select_related("plan__owner", "indicator", "organization", "lead", "done_by", "closed_by")


def told_to(user, rows: QuerySet[Issue]) -> QuerySet[Issue]:
    """Without those that tell how a hidden number stands, but for who states or reviews it and so reads it on the
    report itself: officers of the place or above it (decision 26)."""
    states = path_filter("organization__path", scope_of(user).paths(roles=WRITERS))
    return rows.filter(~Q(kind=IssueKind.FEW) | states)


def logs_for(model, user) -> QuerySet:
    return model.objects.visible_to(user).select_related("organization")


def by_channel(user, *, year: int) -> list[dict]:
    """How often and how many people, by channel; of how many the reach isn't known. One query."""
    rows = Publicity.objects.visible_to(user).filter(day__year=year).order_by()
    counted = rows.values("channel").annotate(times=Count("pk"), known=Count("reach"), reach=Sum("reach"))
    return list(counted.order_by("-times", "channel"))


def trained(user, *, year: int) -> dict:
    rows = Training.objects.visible_to(user).filter(day__year=year)
    return rows.aggregate(times=Count("pk"), people=Sum("attendees"), hours=Sum("hours"))


def included(user) -> dict[str, int]:
    """How many places have evidence for each of the four inclusions."""
    rows = PolicyInclusion.objects.visible_to(user).order_by().values("kind")
    return dict(rows.annotate(n=Count("organization", distinct=True)).values_list("kind", "n"))
