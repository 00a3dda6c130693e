"""What leaves as a workbook: the list of unions with where they stand. Heads of committees hold a public post."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import enums, policies
from services.coverage.forms.filters import StandingFilters
from services.coverage.queries.records import standings_for, with_heads
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport

COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the union.")),
    ExportColumn(_("Industry"), _("As the organisation states it.")),
    ExportColumn(_("Members"), _("Of the union.")),
    ExportColumn(_("Women members"), _("By which a committee is required or a commissioner will do.")),
    ExportColumn(pgettext_lazy("women workers' organisation", "Required"), _("By the requirements in force.")),
    ExportColumn(_("Has"), _("What is in office.")),
    ExportColumn(_("Set up as required"), _("A committee where one is required, else a committee or a commissioner.")),
    ExportColumn(_("Together with the union"), _("Prepared, elected and approved within the days that are set.")),
    ExportColumn(pgettext_lazy("women workers' committee", "Head"), _("Of the term in office.")),
    ExportColumn(_("Head qualified"), _("By her post in the union.")),
    ExportColumn(_("Term of office"), _("At the time of the data.")),
    ExportColumn(_("Term ends on"), _("Its last day.")),
    ExportColumn(_("In step with the union's term"), _("Both end together.")),
    ExportColumn(_("Reaches the standard"), _("By the last review.")),
)
_READ = (
    *("organization__code", "organization__name", "organization__industry"),
    *("organization__member_count", "organization__women_member_count"),
    *("required", "form", "built", "simultaneous", "head", "chair_qualified", "term", "term_ends_on"),
    *("in_step", "standard"),
)
_LABELS = {
    5: enums.Required,
    6: enums.Form,
    7: enums.Answer,
    8: enums.Answer,
    10: enums.Answer,
    11: enums.TermStanding,
    13: enums.Answer,
    14: enums.Answer,
}


def standings_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, in its order."""
    filters = StandingFilters(parameters, request=SimpleNamespace(user=user))
    rows = standings_for(user)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(with_heads(found).order_by("pk").select_related(None).values_list(*_READ), described(filters))


def standing_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    words = {place: {str(value): str(label) for value, label in one.choices} for place, one in _LABELS.items()}
    for row in rows:
        yield [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]


COVERAGE = ListExport(
    code="coverage",
    title=_("Women workers' organisations of unions"),
    columns=COLUMNS,
    may=policies.may_read_records,
    find=standings_found,
    lines=standing_lines,
    address=lambda: reverse("coverage_records:list"),
)
