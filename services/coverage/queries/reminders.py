"""Reads of reminders: the last one of a union, and who would be written to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from services.coverage.models import Reminder, Standing
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import in_force


def last_reminder(organization: Organization, about: str) -> Reminder | None:
    return Reminder.objects.own(organization=organization, about=about).select_related("by").first()


def with_last_reminder(standings: QuerySet[Standing], about: str = "") -> QuerySet[Standing]:
    """Each with ``reminded_at``: the last reminder, of anything or of one subject."""
    made = Reminder.objects.own(organization=OuterRef("organization")).order_by("-at")
    if about:
        made = made.filter(about=about)
    return standings.annotate(reminded_at=Subquery(made.values("at")[:1]))


def reminded_of(standings: QuerySet[Standing], about: str, *, ever: bool) -> QuerySet[Standing]:
    """Those reminded before, or never; of anything, or of one subject."""
    made = Reminder.objects.own(organization=OuterRef("organization"))
    found = Exists(made.filter(about=about) if about else made)
    return standings.filter(found if ever else ~found)


def officers_of(organizations: Iterable[int], *, on: date) -> dict[int, list]:
    """Who holds an officer's post at these very unions, by their keys. One query."""
    posts = StaffAssignment.objects.filter(
        in_force(on), organization__in=list(organizations), role=Role.GRASSROOTS_OFFICER, user__is_active=True
    )
    found = defaultdict(list)
    for post in posts.select_related("user").order_by("pk"):
        found[post.organization_id].append(post.user)
    return dict(found)
