"""Reads of papers: those on record of a union, and all of them for the scanner."""

from django.db.models import QuerySet

from services.coverage.models import Paper
from services.organizations.models import Organization


def papers_in(organization: Organization) -> QuerySet[Paper]:
    """What is on record, newest first."""
    rows = Paper.objects.unscoped().filter(organization=organization, removed_at__isnull=True)
    return rows.select_related("organization", "added_by", "term").order_by("-added_at", "-pk")


def papers_for(user, organization: Organization) -> QuerySet[Paper]:
    """The same, for somebody."""
    return papers_in(organization).filter(pk__in=Paper.objects.visible_to(user).values("pk"))


def all_papers() -> QuerySet[Paper]:
    return Paper.objects.unscoped().select_related("organization")
