"""Reads of papers: those beside a thing, hers by token, and all of them for the scanner."""

from datetime import datetime

from django.db.models import QuerySet

from services.childrens_homes.models import Paper
from services.childrens_homes.models.paper import ABOUT

_NAMES = {
    "siteapplication": "application",
    "milestonedone": "milestone",
    "regulationdoc": "regulation",
    "careactivity": "activity",
}


def papers_about(thing) -> QuerySet[Paper]:
    """What is on record, newest first."""
    name = _NAMES.get(thing._meta.model_name, thing._meta.model_name)
    rows = Paper.objects.unscoped().filter(**{name: thing}, removed_at__isnull=True)
    return rows.select_related("added_by").order_by("-added_at", "-pk")


def papers_for(user) -> QuerySet[Paper]:
    """Those within her reach."""
    rows = Paper.objects.visible_to(user).filter(removed_at__isnull=True)
    beside = ("organization", "regulation__home__host", "milestone__organization", "activity__home__host")
    return rows.select_related(*beside, *ABOUT)


def withheld(paper: Paper, taken_back: datetime | None) -> bool:
    """A photo of an activity from before a guardian of this home took her yes to photos back, until somebody has
    looked whether her child is in it."""
    return paper.activity_id is not None and taken_back is not None and taken_back >= paper.agreed_at


def all_papers() -> QuerySet[Paper]:
    return Paper.objects.unscoped().select_related("organization")
