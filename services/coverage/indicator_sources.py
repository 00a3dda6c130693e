"""What annual returns tell of a place and a year to whoever monitors a plan there: the indicators unions answer for."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext_lazy as _

from services.coverage.enums import COUNTED, ReturnField
from services.coverage.models import AnnualReturn
from services.figures.registry import Source, sources
from services.organizations.enums import Branch

FIELDS = {
    "coverage.employers": ReturnField.EMPLOYERS,
    "coverage.special_rules": ReturnField.RULE_EMPLOYERS,
    "coverage.directors": ReturnField.DIRECTORS,
    "coverage.women_directors": ReturnField.DIRECTORS_WOMEN,
    "coverage.supervisors": ReturnField.SUPERVISORS,
    "coverage.women_supervisors": ReturnField.SUPERVISORS_WOMEN,
}


def _of(field: str) -> Callable[[Collection[int], int], dict[int, int]]:
    """The sum that was kept with the signature of the return that counts; one query."""

    def tell(organizations: Collection[int], year: int) -> dict[int, int]:
        rows = AnnualReturn.objects.unscoped().filter(organization__in=organizations, year=year, state__in=COUNTED)
        totals = rows.values_list("organization", "totals")
        return {key: found[field] for key, found in totals if found.get(field) is not None}

    return tell


def register() -> None:
    meaning = _("The sum of the annual returns that were accepted, as signed at this level.")
    for code, field in FIELDS.items():
        sources.register(code, Source(_("Annual returns of unions"), meaning, Branch.TRADE_UNION, _of(field.value)))
