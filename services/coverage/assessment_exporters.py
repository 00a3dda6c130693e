"""The list of self-assessments as a workbook."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import policies
from services.coverage.forms.assessment_filters import AssessmentFilters
from services.coverage.models import SelfAssessment
from services.coverage.queries.checklists import assessments_for
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport

_STATED = _("As the self-assessment says.")
_READ = ("organization__code", "organization__name", "year", "state", "claimed", "score")


def _found(user, parameters: QueryDict, opened: bool) -> Found:
    filtering = AssessmentFilters(parameters, request=SimpleNamespace(user=user))
    rows = assessments_for(user, policies.READERS)
    found = filtering.filter_queryset(rows) if filtering.is_valid() else rows.none()
    return Found(found.order_by("-year", "pk").select_related(None).values_list(*_READ), described(filtering))


def _lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    states = dict(SelfAssessment._meta.get_field("state").choices)
    for code, name, year, state, claimed, score in rows:
        yield [code, name, year, str(states[state]), claimed, score]


ASSESSMENTS = ListExport(
    code="coverage-assessments",
    title=_("Self-assessments"),
    columns=(
        ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
        ExportColumn(_("Union"), _("Of the union.")),
        ExportColumn(_("Year"), _STATED),
        ExportColumn(_("State"), _STATED),
        ExportColumn(_("Points claimed"), _STATED),
        ExportColumn(_("Points reviewed"), _STATED),
    ),
    may=policies.may_read_records,
    find=_found,
    lines=_lines,
    address=lambda: reverse("coverage_standard:assessments"),
)
