"""The list of reports: where each place stands."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.indicators import policies
from services.indicators.desk.pages import report_url
from services.indicators.enums import COUNTED
from services.indicators.forms.filters import ReportFilters
from services.indicators.models import Report
from services.indicators.queries.reports import reports_for
from services.indicators.wordings import in_time_said


def in_time(report: Report) -> str:
    return in_time_said(report.place.round.due_on, report.first_signed_on, clock.today())


class ReportList(DeskListView):
    model = Report
    index_url_name = "indicators_desk:list"
    index_results_url_name = "indicators_desk:list_results"
    page_title = gettext_lazy("Monitoring reports")
    verbose_name_plural = gettext_lazy("monitoring reports")
    header_icon = "table"
    filterset_class = ReportFilters
    search_fields = ["place__organization__name", "place__organization__code"]
    default_ordering = "-pk"
    listing = "indicator-reports"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return reports_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("place.organization.name", label=pgettext("statistics", "Region"), get_url=report_url),
            Column("place.round.year", label=_("Year")),
            Column("place.get_level_display", label=_("Level")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state in COUNTED),
            Column("version", label=_("Version")),
            DayColumn("place.round.due_on", label=_("Due on")),
            DayColumn("first_signed_on", label=_("First signed on")),
            Column("in_time", label=pgettext("monitoring report", "In time"), accessor=in_time),
        ]

    @cached_property
    def header_buttons(self):
        sheet = "indicator-values"
        if not policies.may_state_somewhere(self.request.user):
            return []
        return [
            HeaderButton(
                _("Workbook of values"), url=reverse("imports:correction", args=[sheet]), icon_name="download"
            ),
            HeaderButton(_("Upload a workbook"), url=f"{reverse('imports:upload')}?sheet={sheet}", icon_name="upload"),
        ]
