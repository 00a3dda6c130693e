"""What leaves as a workbook: inspections and what they found. Institutions and criteria, never a child."""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.home_inspections import enums, policies
from services.home_inspections.forms.inspections import FindingFilters, InspectionFilters
from services.home_inspections.queries import inspections as queries

_RECORD = _("As the inspection says.")


def _finder(filterset, rows: Callable, read: tuple[str, ...], order: str):
    """What a list shows, in its order, as tuples."""

    def find(user, parameters: QueryDict, opened: bool) -> Found:
        filtering = filterset(parameters, request=SimpleNamespace(user=user))
        everything = rows(user)
        found = filtering.filter_queryset(everything) if filtering.is_valid() else everything.none()
        told = found.order_by(order, "pk").select_related(None)
        return Found(told.values_list(*read), described(filtering))

    return find


def _inspection_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    rounds, states = dict(enums.Round.choices), dict(enums.InspectionState.choices)
    for code, host, county, of_round, day, state, score in rows:
        yield [code, host, county, str(rounds[of_round]), day, str(states[state]), score]


def _finding_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    states = dict(enums.RectificationState.choices)
    for code, host, criterion, words, due, state in rows:
        yield [code, host, criterion, words, due, str(states[state])]


INSPECTIONS = ListExport(
    code="home-inspections",
    title=_("Inspections of homes"),
    columns=(
        ExportColumn(pgettext_lazy("home", "Code"), _RECORD),
        ExportColumn(pgettext_lazy("left-behind children", "Home"), _RECORD),
        ExportColumn(_("County"), _RECORD),
        ExportColumn(_("Round"), _RECORD),
        ExportColumn(_("Day"), _RECORD),
        ExportColumn(_("State"), _RECORD),
        ExportColumn(_("Score"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        InspectionFilters,
        queries.inspections_for,
        ("home__code", "home__host__name", "home__county__name", "round", "scheduled_on", "state", "score"),
        "-scheduled_on",
    ),
    lines=_inspection_lines,
    address=lambda: reverse("home_inspections_desk:list"),
)
FINDINGS = ListExport(
    code="home-findings",
    title=_("Findings to be put right"),
    columns=(
        ExportColumn(pgettext_lazy("home", "Code"), _RECORD),
        ExportColumn(pgettext_lazy("left-behind children", "Home"), _RECORD),
        ExportColumn(pgettext_lazy("rubric", "Criterion"), _RECORD),
        ExportColumn(pgettext_lazy("finding", "What is wrong"), _RECORD),
        ExportColumn(_("Due"), _RECORD),
        ExportColumn(_("State"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        FindingFilters,
        queries.findings_for,
        ("home__code", "home__host__name", "code", "words", "due_on", "state"),
        "due_on",
    ),
    lines=_finding_lines,
    address=lambda: reverse("home_inspections_desk:findings"),
)
LISTS = (INSPECTIONS, FINDINGS)
