"""What leaves as a workbook: problems, trainings, publicity. Places, indicators and units; no person but those who
answer for a problem by their post."""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.plan_reviews import enums, policies
from services.plan_reviews.forms.filters import InclusionFilters, IssueFilters, PublicityFilters, TrainingFilters
from services.plan_reviews.models import PolicyInclusion, Publicity, Training
from services.plan_reviews.queries.ledger import issues_for, logs_for

_RECORD = _("As on record.")
_PLACE = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _RECORD),
    ExportColumn(pgettext_lazy("statistics", "Region"), _RECORD),
)


def _finder(filterset, rows: Callable, read: tuple[str, ...], order: str):
    def find(user, parameters: QueryDict, opened: bool) -> Found:
        filtering = filterset(parameters, request=SimpleNamespace(user=user))
        everything = rows(user)
        found = filtering.filter_queryset(everything) if filtering.is_valid() else everything.none()
        return Found(found.order_by(order, "-pk").select_related(None).values_list(*read), described(filtering))

    return find


def _lines(**labels):
    """Codes at these places as their labels."""
    words = {int(place[1:]): dict(choices) for place, choices in labels.items()}

    def lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
        for row in rows:
            yield [str(words[at].get(cell, cell)) if at in words else cell for at, cell in enumerate(row)]

    return lines


_WHERE = ("organization__code", "organization__name")
ISSUES = ListExport(
    code="plan-problems",
    title=_("Problem ledger of the plans"),
    columns=(
        *_PLACE,
        ExportColumn(_("Year"), _RECORD),
        ExportColumn(_("Indicator"), _RECORD),
        ExportColumn(pgettext_lazy("problem", "Kind"), _RECORD),
        ExportColumn(_("State"), _RECORD),
        ExportColumn(_("Lead unit"), _RECORD),
        ExportColumn(_("Who answers for it"), _RECORD),
        ExportColumn(_("Cause"), _RECORD),
        ExportColumn(_("Measure"), _RECORD),
        ExportColumn(_("Due on"), _RECORD),
        ExportColumn(pgettext_lazy("problem", "What was done"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        IssueFilters,
        issues_for,
        (
            *(*_WHERE, "year", "indicator__title", "kind", "state", "lead__name", "owner_name", "cause", "measure"),
            *("due_on", "done"),
        ),
        "-pk",
    ),
    lines=_lines(_4=enums.IssueKind.choices, _5=enums.IssueState.choices),
    address=lambda: reverse("plan_reviews_desk:issues"),
)
TRAININGS = ListExport(
    code="plan-trainings",
    title=_("Trainings in statistics"),
    columns=(
        *_PLACE,
        ExportColumn(_("Day"), _RECORD),
        ExportColumn(pgettext_lazy("training", "Subject"), _RECORD),
        ExportColumn(pgettext_lazy("training", "Form"), _RECORD),
        ExportColumn(_("People who attended"), _RECORD),
        ExportColumn(_("Units they came from"), _RECORD),
        ExportColumn(pgettext_lazy("how many", "Hours"), _RECORD),
        ExportColumn(pgettext_lazy("training", "Result"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        TrainingFilters,
        lambda user: logs_for(Training, user),
        (*_WHERE, "day", "title", "form", "attendees", "units", "hours", "result"),
        "-day",
    ),
    lines=_lines(_4=enums.TrainingForm.choices),
    address=lambda: reverse("plan_reviews_desk:trainings"),
)
PUBLICITY = ListExport(
    code="plan-publicity",
    title=_("Publicity of the plans"),
    columns=(
        *_PLACE,
        ExportColumn(_("Day"), _RECORD),
        ExportColumn(pgettext_lazy("publicity", "Theme"), _RECORD),
        ExportColumn(pgettext_lazy("publicity", "Channel"), _RECORD),
        ExportColumn(_("People reached"), _("Empty: not known.")),
        ExportColumn(_("Where it can be seen"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        PublicityFilters,
        lambda user: logs_for(Publicity, user),
        (*_WHERE, "day", "theme", "channel", "reach", "link"),
        "-day",
    ),
    lines=_lines(_4=enums.Channel.choices),
    address=lambda: reverse("plan_reviews_desk:publicity"),
)
INCLUSIONS = ListExport(
    code="plan-inclusions",
    title=_("The plans in the government's work"),
    columns=(
        *_PLACE,
        ExportColumn(_("Day"), _RECORD),
        ExportColumn(pgettext_lazy("inclusion", "Inclusion"), _RECORD),
        ExportColumn(_("Evidence"), _RECORD),
    ),
    may=policies.may_enter,
    find=_finder(
        InclusionFilters,
        lambda user: logs_for(PolicyInclusion, user),
        (*_WHERE, "day", "kind", "evidence"),
        "-day",
    ),
    lines=_lines(_3=enums.Inclusion.choices),
    address=lambda: reverse("plan_reviews_desk:inclusions"),
)
LISTS = (ISSUES, TRAININGS, PUBLICITY, INCLUSIONS)
