"""What leaves as a workbook: organisations within her scope, with what is below each. No data of persons."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport, in_groups
from services.organizations import policies, queries
from services.organizations.forms import OrganizationFilters
from services.organizations.models import Organization

SEARCHED = ("name", "code")
COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the organisation.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the organisation.")),
    ExportColumn(_("Kind"), _("Its level and branch.")),
    ExportColumn(_("Industry"), _("As the organisation states it.")),
    ExportColumn(_("Organisations below"), _("Open ones, at every level below it.")),
    ExportColumn(_("Women on the roster"), _("At work in it or below it.")),
)


def organizations_found(user, parameters: QueryDict, opened: bool) -> Found:
    """All of her scope that matches, in the order of the tree; without filters the list on screen begins shorter."""
    organizations = Organization.objects.visible_to(user).order_by("path")
    return listed(OrganizationFilters(parameters), organizations, SEARCHED)


def organization_lines(organizations: Iterable[Organization], opened: bool) -> Iterator[list]:
    for some in in_groups(organizations):
        for one in queries.with_counts(some):
            yield [one.code, one.name, one.get_kind_display(), one.industry, one.units, one.women]


ORGANIZATIONS = ListExport(
    code="organizations",
    title=_("Organisations"),
    columns=COLUMNS,
    may=policies.may_browse,
    find=organizations_found,
    lines=organization_lines,
    address=lambda: reverse("organizations_desk:list"),
)
