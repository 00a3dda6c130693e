"""Covers as lists show them: the present version of each, with the woman and her unit."""

from django.db.models import QuerySet

from services.mutual_aid.models import CoverVersion


def covers_listed(user, *, roles=None) -> QuerySet[CoverVersion]:
    """What is known now of every cover in her scope."""
    rows = CoverVersion.objects.visible_to(user, roles=roles).filter(known_until__isnull=True)
    return rows.select_related("cover__organization", "worker", "scheme")
