"""The list of cases as a workbook: masked unless asked for in clear, with what it answers on the first sheet."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework import policies, queries
from services.casework.enums import Stage
from services.casework.forms.filters import CaseFilterSet
from services.casework.registry import services
from services.foundation import clock, masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.organizations.enums import ROSTER_WRITERS

COLUMNS = (
    ExportColumn(_("Number"), _("Of the case, as it is read out on the telephone.")),
    ExportColumn(_("Service"), _("What kind of application it is.")),
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the applicant."), protected=True),
    ExportColumn(_("Union"), _("Hers, when she applied.")),
    ExportColumn(_("Stage"), _("At the time of the data.")),
    ExportColumn(_("Lies with"), _("The organisation that handles the present step.")),
    ExportColumn(_("Due on"), _("The day by which the present step should be taken.")),
    ExportColumn(_("Submitted at"), _("Day and time at which the application was handed in.")),
    ExportColumn(_("Times returned"), _("How often more material was asked for.")),
    ExportColumn(_("Working days to the decision"), _("Without the days on which it was her turn.")),
)
_FIELDS = (
    "number",
    "service",
    "worker__name",
    "organization__name",
    "stage",
    "desk__name",
    "due_on",
    "submitted_at",
    "rounds",
    "decision_took",
    "worker_id",
    "path",
)


def filters_of(user, parameters: QueryDict) -> CaseFilterSet:
    """The filters of the list as its address states them, without a request."""
    return CaseFilterSet(parameters, request=SimpleNamespace(user=user))


def cases_matching(user, parameters: QueryDict, filters: CaseFilterSet | None = None):
    """What the list at this address shows; nothing when its filters make no sense."""
    filters = filters or filters_of(user, parameters)
    listed = queries.listed(user, parameters.get("whose", ""), today=clock.today())
    return filters.filter_queryset(listed) if filters.is_valid() else listed.none()


def found(user, parameters: QueryDict, opened: bool) -> Found:
    """The rows of the list, in its order; in clear, only women whose records she may open."""
    filters = filters_of(user, parameters)
    rows = cases_matching(user, parameters, filters)
    if opened:
        rows = rows.visible_to(user, roles=ROSTER_WRITERS)
    return Found(rows.values_list(*_FIELDS), described(filters))


def lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a case. What she applies for in detail, and any sum, stay out of files."""
    stages = {str(value): str(label) for value, label in Stage.choices}
    labels = {service.code: str(service.label) for service in services}
    name_of = (lambda name: name) if opened else masking.mask_name
    moment_of = lru_cache(4096)(lambda moment: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}")
    for number, service, name, union, stage, desk, due, submitted, rounds, took, _worker, _path in rows:
        yield [
            number,
            labels.get(service, service),
            name_of(name),
            union,
            stages[stage],
            desk or "",
            due,
            moment_of(submitted) if submitted else "",
            rounds,
            took,
        ]


CASES = ListExport(
    code="cases",
    title=_("Cases"),
    columns=COLUMNS,
    may=policies.may_enter_desk,
    may_open=policies.may_open_names,
    find=found,
    lines=lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type="workers.worker",
    address=lambda: reverse("casework_desk:list"),
)
