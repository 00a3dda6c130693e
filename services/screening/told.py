"""What screening tells of a union for the return of a year (``organizations.registry``)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from services.organizations.enums import ROSTER_READERS
from services.organizations.registry import Known
from services.screening.models import PastScreening


def women_screened(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Women of the union who were screened in the period, each once, whoever arranged it. Never a result. One query."""
    rows = PastScreening.objects.unscoped().filter(
        worker__organization__in=organizations, screened_on__range=(first, last)
    )
    counted = rows.order_by().values_list("worker__organization").annotate(women=Count("worker", distinct=True))
    return {union: {"screened_women": women} for union, women in counted}


SCREENED = Known(_("Screening records"), ("screened_women",), women_screened, ROSTER_READERS, of_period=True)
