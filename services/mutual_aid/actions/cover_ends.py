"""A claim that ended a cover is undone: the cover goes on as far as it went before."""

from datetime import datetime

from django.db import transaction

from services.mutual_aid.actions.covers import rewrite
from services.mutual_aid.enums import CoverChange
from services.mutual_aid.errors import CoveredAlready
from services.mutual_aid.models import Cover, CoverVersion


@transaction.atomic
def go_on(cover: Cover, *, by, now: datetime) -> CoverVersion | None:
    """The last day is again what it was before a claim ended the cover; None when no claim ended it, or when she is
    covered anew on those days. Raises ``CoverOver``. Lock: the cover."""
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    versions = list(CoverVersion.objects.own(cover=cover).order_by("known_from", "pk"))
    present = versions[-1]
    if present.change != CoverChange.ENDED_BY_CLAIM or len(versions) < 2:
        return None
    try:
        return rewrite(cover, change=CoverChange.CLAIM_UNDONE, by=by, now=now, last_day=versions[-2].last_day)
    except CoveredAlready:
        return None
