"""Reads of summary reports."""

from django.db.models import QuerySet

from services.childrens_homes.enums import SummaryState
from services.childrens_homes.models import Programme, SummaryReport
from services.childrens_homes.queries.homes import counties_acted_for


def summaries_for(user) -> QuerySet[SummaryReport]:
    """Within her reach; a draft is its county's own and of those above."""
    rows = SummaryReport.objects.visible_to(user).select_related("county", "programme__city", "written_by")
    mine = counties_acted_for(user).values("pk")
    shown = rows.exclude(state=SummaryState.DRAFT) | rows.filter(county__in=mine)
    return shown.order_by("-programme__year", "-version")


def latest_summaries(user, programme: Programme) -> dict[int, SummaryReport]:
    """County → its latest version that she may read."""
    found: dict[int, SummaryReport] = {}
    for one in summaries_for(user).filter(programme=programme).order_by("version"):
        found[one.county_id] = one
    return found
