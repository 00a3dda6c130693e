"""What the register of unions and the record of the women workers' organisation tell for the return of a year."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from services.coverage.enums import Form, TermState
from services.coverage.models import Term, WomenCommittee
from services.coverage.models.returns import RETURN_READERS
from services.organizations.models import Organization
from services.organizations.registry import Known

_COUNTS = {
    "staff": "staff_count",
    "staff_women": "women_count",
    "members": "member_count",
    "members_women": "women_member_count",
}


def _stated(row: dict, names: dict[str, str]) -> dict[str, object]:
    return {field: row[name] for field, name in names.items() if row[name] not in (None, "")}


def counts_of_the_register(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Staff and members as the register of unions states them. One query."""
    rows = Organization.objects.filter(pk__in=organizations).order_by().values("pk", *_COUNTS.values())
    return {row["pk"]: _stated(row, _COUNTS) for row in rows}


def committees(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """What the union has, its cadres, and the last day of the term in office. Two queries."""
    cadres = {"women_form": "form", "cadres_full": "office_full_time", "cadres_part": "office_part_time"}
    records = WomenCommittee.objects.unscoped().filter(organization__in=organizations)
    found = {row["organization"]: _stated(row, cadres) for row in records.values("organization", *cadres.values())}
    terms = Term.objects.unscoped().filter(
        committee__organization__in=organizations, state=TermState.IN_OFFICE, ends_on__isnull=False
    )
    for union, ends_on in terms.order_by().values_list("committee__organization", "ends_on"):
        if found[union].get("women_form") != Form.NONE:
            found[union]["term_ends_on"] = ends_on.isoformat()
    return found


REGISTER = Known(_("Register of unions"), tuple(_COUNTS), counts_of_the_register, RETURN_READERS)
RECORD = Known(
    _("Record of the women workers' organisation"),
    ("women_form", "cadres_full", "cadres_part", "term_ends_on"),
    committees,
    RETURN_READERS,
)
