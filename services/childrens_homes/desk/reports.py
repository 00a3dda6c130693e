"""Reports: on the screen with a link behind each number, as a workbook, on paper."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import HeaderButton

from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import desk_url
from services.childrens_homes.figures import REPORTS, ROLLED_UP
from services.childrens_homes.figures.tables import Table
from services.figures import workbooks
from services.figures.actions import fold
from services.figures.desk.export import XLSX
from services.foundation import clock
from services.foundation.desk import one_export_too_many

NAMES = {
    "built": gettext_lazy("Plan against built"),
    "coverage": gettext_lazy("Children covered"),
    "late": gettext_lazy("Late milestones"),
    "letters": gettext_lazy("Letters that aren't signed"),
    "compliance": gettext_lazy("Homes against the standard"),
    "completeness": gettext_lazy("Committees, rules and plans"),
    "people": gettext_lazy("Teachers and volunteers"),
    "activities": gettext_lazy("Care activities"),
}


class Reports(ProgrammePage, TemplateView):
    page_title = pgettext_lazy("homes", "Reports")
    template_name = "childrens_homes/desk/reports.html"

    def get_context_data(self, **kwargs):
        year = f"?year={self.programme.year}" if self.programme else ""
        found = [(name, f"{desk_url('report', code)}{year}") for code, name in NAMES.items()]
        return super().get_context_data(reports=found, **kwargs)


class OneReport(ProgrammePage):
    parents = (("reports", pgettext_lazy("homes", "Reports")),)

    def allowed(self):
        verdict = super().allowed()
        if verdict and self.kwargs["report"] not in REPORTS:
            raise Http404
        return verdict

    def get_page_title(self):
        return NAMES[self.kwargs["report"]]

    @cached_property
    def table(self) -> Table | None:
        if self.programme is None:
            return None
        if self.kwargs["report"] in ROLLED_UP:
            fold()
        return REPORTS[self.kwargs["report"]](self.request.user, self.programme, clock.today())

    def address(self, name: str = "report") -> str:
        year = f"?year={self.programme.year}" if self.programme else ""
        return f"{desk_url(name, self.kwargs['report'])}{year}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(table=self.table, today=clock.today(), **kwargs)


class Report(OneReport, TemplateView):
    template_name = "childrens_homes/desk/report.html"

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Export to Excel"), url=self.address("report_workbook"), icon_name="download"),
            HeaderButton(_("Print"), url=self.address("report_print"), icon_name="doc-full"),
        ]


class ReportPrint(OneReport, TemplateView):
    template_name = "childrens_homes/desk/report_print.html"


class ReportWorkbook(OneReport, View):
    def get(self, request, report):
        if self.table is None:
            raise Http404
        if too_many := one_export_too_many(request, self.address()):
            return too_many
        response = HttpResponse(content_type=XLSX)
        table = self.table
        rows = [[_plain(cell.value) for cell in row] for row in (*table.rows, *([table.total] if table.total else []))]
        sheet = workbooks.Sheet(str(table.title)[:30], [str(one) for one in table.headings], rows)
        workbooks.write(response, about=list(self.about()), sheets=[sheet])
        name = quote(f"{table.title}-{self.programme.year}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"homes.xlsx\"; filename*=UTF-8''{name}"
        return response

    def about(self) -> Iterator[tuple[str, str]]:
        table, user = self.table, self.request.user
        yield _("Content"), str(table.title)
        yield _("Programme"), str(self.programme)
        yield _("Finding"), str(table.finding)
        yield _("What is counted"), str(table.definition)
        for note in table.notes:
            yield _("Note"), str(note)
        yield _("Made by"), f"{user.full_name} · {timezone.localtime(clock.now()):%Y-%m-%d %H:%M}"
        yield _("Empty cells"), _("No data: there is nothing to count or to compare with. It is not zero.")


def _plain(value):
    return value if value is None or isinstance(value, int) else str(value)
