"""Reads of reminders: the last one of a union, and who would be written to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from services.coverage.models import Reminder, Standing
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import ancestor_paths, in_force


def last_reminder(organization: Organization, about: str) -> Reminder | None:
    return Reminder.objects.own(organization=organization, about=about).select_related("by").first()


def reminders_of(organization: Organization, *, limit: int = 20) -> list[Reminder]:
    """Who reminded the union of what, the latest first."""
    return list(Reminder.objects.own(organization=organization).select_related("by")[:limit])


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


def deciders_above(organization: Organization, *, on: date) -> list:
    """The federation officers of the nearest level above the union that has any. One query."""
    above = ancestor_paths(organization.path)[:-1]
    posts = StaffAssignment.objects.filter(
        in_force(on), organization__path__in=above, role=Role.FEDERATION_OFFICER, user__is_active=True
    )
    found = list(posts.select_related("user", "organization").order_by("-organization__depth", "pk"))
    return [post.user for post in found if post.organization_id == found[0].organization_id]
