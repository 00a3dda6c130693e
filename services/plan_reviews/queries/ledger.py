"""Reads of the problem ledger and the logs."""

from django.db.models import Count, QuerySet, Sum

from services.plan_reviews.models import Issue, PolicyInclusion, Publicity, Training


def issues_for(user) -> QuerySet[Issue]:
    rows = Issue.objects.visible_to(user)
    return rows.select_related("plan__owner", "indicator", "organization", "lead", "done_by", "closed_by")


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
