"""Uptake by organisation: the finding as a sentence, the chart, the table; each number leads to its list."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.exchange.workbooks import About
from services.foundation import clock
from services.foundation.desk import one_export_too_many
from services.screening import exporters, queries
from services.screening.desk.chart import uptake_bars
from services.screening.desk.export import workbook
from services.screening.desk.pages import OrganizationPage, desk_url
from services.screening.desk.wording import finding


def definitions() -> list[tuple[str, str]]:
    """Each column's name and what it counts."""
    return [*exporters.uptake_figures(), (_("Share"), _("Booked of allocated."))]


class UptakePage(OrganizationPage, TemplateView):
    """One level of the tree; a child with organisations below it opens by a click."""

    page_title = gettext_lazy("Uptake")
    template_name = "screening/desk/uptake.html"

    @cached_property
    def result(self):
        return queries.uptake(self.programme, self.organization)

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            return one_export_too_many(request, request.path) or self.export()
        return super().get(request, *args, **kwargs)

    def export(self):
        about = About(
            title=_("Uptake of %(title)s") % {"title": self.programme.title},
            scope=self.organization.name,
            data_time=timezone.localtime(clock.now()),
            columns=exporters.uptake_columns(),
        )
        return workbook(_("Uptake"), exporters.uptake_rows(self.result), about)

    def get_page_title(self):
        return _("Uptake") + (f" · {self.organization.name}" if self.organization else "")

    def trail(self):
        crumbs = super().trail()
        return crumbs + self.organization_crumbs("uptake_of") if self.organization else crumbs

    @cached_property
    def header_buttons(self):
        if self.organization is None:
            return []
        url = desk_url("uptake_of", self.programme.code, self.organization.code)
        return [HeaderButton(_("Export to Excel"), url=f"{url}?export=xlsx", icon_name="download")]

    def get_context_data(self, **kwargs):
        result = self.result
        return super().get_context_data(
            result=result,
            sentence=finding(
                self.organization, result.total, from_above=queries.from_above(self.programme, self.organization)
            ),
            lines=[self.line(row.organization, row.figures, row.has_children) for row in result.rows],
            kept=self.line(self.organization, result.kept, False, direct=True),
            total=self.line(self.organization, result.total, False),
            bars=uptake_bars(result),
            definitions=definitions(),
            as_of=clock.now(),
            **kwargs,
        )

    def line(self, organization, figures, has_children: bool, *, direct: bool = False) -> dict:
        """A row with the addresses of the lists behind its numbers."""
        narrowed = {"programme": self.programme.code, "union": organization.code} | ({"direct": "1"} if direct else {})
        bookings, waiting = reverse("screening_desk:bookings"), desk_url("waiting")
        return {
            "organization": organization,
            "figures": figures,
            "drill": desk_url("uptake_of", self.programme.code, organization.code) if has_children else "",
            "places": desk_url("places_of", self.programme.code, organization.code),
            "booked": listing(bookings, narrowed, queries.BOOKED_STATES),
            "attended": listing(bookings, narrowed, queries.ATTENDED_STATES),
            "waiting": listing(waiting, narrowed, queries.WAITING_STATES),
        }


def listing(base: str, narrowed: dict, states) -> str:
    return f"{base}?{urlencode(narrowed | {'state': list(states)}, doseq=True)}"
