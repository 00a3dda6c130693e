"""What waits for somebody in the problem ledger. Derived by query; nothing is stored."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.plan_reviews.enums import WRITERS, IssueState
from services.plan_reviews.models import Issue


def todos_for(user) -> list[Todo]:
    """One query, and none for somebody without a post in it."""
    paths = scope_of(user).paths(roles=WRITERS)
    if not paths:
        return []
    left = ~Q(state=IssueState.CLOSED)
    review = Q(state=IssueState.HANDED_IN) & ~Q(done_by=user)
    counted = (
        Issue.objects.unscoped()
        .filter(path_filter("organization__path", paths))
        .aggregate(
            new=Count("pk", filter=Q(state=IssueState.OPEN)),
            since=Min("opened_at", filter=Q(state=IssueState.OPEN)),
            late=Count("pk", filter=left & Q(due_on__lt=clock.today())),
            review=Count("pk", filter=review),
            waiting=Min("done_at", filter=review),
        )
    )
    url, found = reverse("plan_reviews_desk:issues"), []
    if counted["review"]:
        text = ngettext(
            "%(count)s problem of the plans waits to be closed",
            "%(count)s problems of the plans wait to be closed",
            counted["review"],
        )
        found.append(Todo(text % {"count": counted["review"]}, f"{url}?state=handed_in", since=counted["waiting"]))
    if counted["late"]:
        text = ngettext(
            "%(count)s problem of the plans is overdue", "%(count)s problems of the plans are overdue", counted["late"]
        )
        found.append(Todo(text % {"count": counted["late"]}, f"{url}?late=overdue", overdue=True))
    if counted["new"]:
        text = ngettext(
            "%(count)s problem of the plans has no measure yet",
            "%(count)s problems of the plans have no measure yet",
            counted["new"],
        )
        found.append(Todo(text % {"count": counted["new"]}, f"{url}?state=open", since=counted["since"]))
    return found
