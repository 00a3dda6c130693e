"""Mutual-aid schemes as what women can get."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from services.foundation.openings import Opening, Phase, Suggestion
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import SchemeTerms
from services.mutual_aid.queries import in_force_for, name_of
from services.mutual_aid.queries.covers import covers_of
from services.workers.models import Worker


def openings(*, now: datetime) -> list[Opening]:
    """Every scheme in force, in one query. Units join for their women, so there is no window of hers."""
    address = reverse("mutual_aid:cover")
    active = SchemeTerms.objects.filter(state=VersionState.ACTIVE, scheme__sample=False).select_related("scheme")
    return [
        Opening(
            key=f"mutual_aid:{terms.scheme.code}",
            title=name_of(terms.scheme),
            summary=_("Mutual aid: whether you are covered, from when and for what"),
            url=address,
            phase=Phase.OPEN,
        )
        for terms in active.order_by("scheme__code")
    ]


def suggestions(worker: Worker, *, now: datetime) -> list[Suggestion]:
    """Schemes that her unit may join and under which she isn't covered today. In three queries."""
    today = timezone.localdate(now)
    covered = set(covers_of(worker).filter(last_day__gte=today).values_list("scheme_id", flat=True))
    return [
        Suggestion(
            key=f"mutual_aid:{terms.scheme.code}",
            title=name_of(terms.scheme),
            url=reverse("mutual_aid:cover"),
            why=_("You aren't covered at present. Your unit can join for its members."),
        )
        for terms in in_force_for(worker.organization)
        if terms.scheme_id not in covered
    ]
