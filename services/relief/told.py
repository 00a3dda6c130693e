"""What relief tells of a union for the return of a year (``organizations.registry``): who reads it reads the files."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from services.organizations.enums import ROSTER_READERS
from services.organizations.registry import Known
from services.relief.enums import FileState
from services.relief.models import Household

_ON_FILE = (FileState.ON_FILE, FileState.SUSPENDED)


def women_on_file(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Women whose households are on file, and single mothers among them, as it stands. One query."""
    rows = Household.objects.unscoped().filter(organization__in=organizations, state__in=_ON_FILE)
    counted = (
        rows.order_by()
        .values_list("organization")
        .annotate(women=Count("pk"), single=Count("pk", filter=Q(single_parent=True)))
    )
    return {union: {"hardship_women": women, "single_parents": single} for union, women, single in counted}


ON_FILE = Known(_("Hardship files"), ("hardship_women", "single_parents"), women_on_file, ROSTER_READERS)
