"""What leaves as a workbook: where each place's report stands. Places and states, no value."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import clock
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.indicators import enums, policies
from services.indicators.forms.filters import ReportFilters
from services.indicators.queries.reports import reports_for
from services.indicators.wordings import in_time_said

_READ = (
    *("place__organization__code", "place__organization__name", "place__round__year", "place__level"),
    *("state", "version", "place__round__due_on", "first_signed_on"),
)


def reports_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list of reports shows, in its order."""
    filters = ReportFilters(parameters, request=SimpleNamespace(user=user))
    rows = reports_for(user)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(found.order_by("-pk").select_related(None).values_list(*_READ), described(filters))


def report_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    today = clock.today()
    levels, states = dict(enums.Level.choices), dict(enums.ReportState.choices)
    for code, name, year, level, state, version, due_on, first_signed_on in rows:
        came = in_time_said(due_on, first_signed_on, today)
        yield [code, name, year, str(levels[level]), str(states[state]), version, due_on, first_signed_on, came]


REPORTS = ListExport(
    code="indicator-reports",
    title=_("Reports of the monitoring of the plans"),
    columns=(
        ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the place that reports.")),
        ExportColumn(pgettext_lazy("statistics", "Region"), _("The place that reports.")),
        ExportColumn(_("Year"), _("Which is reported.")),
        ExportColumn(_("Level"), _("In the tree.")),
        ExportColumn(_("State"), _("Of the latest version.")),
        ExportColumn(_("Version"), _("Later ones have a reason.")),
        ExportColumn(_("Due on"), _("The last day for the year.")),
        ExportColumn(_("First signed on"), _("Empty: never yet.")),
        ExportColumn(pgettext_lazy("monitoring report", "In time"), _("Empty: it can still come in time.")),
    ),
    may=policies.may_enter,
    find=reports_found,
    lines=report_lines,
    address=lambda: reverse("indicators_desk:list"),
)
LISTS = (REPORTS,)
