"""The unions behind a number of a month end: as they stood then, whatever they are and wherever they stand now."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from services.coverage import policies
from services.coverage.enums import READERS
from services.coverage.forms.then_filters import ThenFilters, nodes_named, snapshot_named
from services.coverage.then_exporters import THEN
from services.coverage.wording.then import HEADINGS, stood
from services.figures.models import SnapshotNode
from services.figures.queries import snapshots
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.foundation.keyset_list import KeysetListing
from services.organizations.models import Organization


def _said(place: int):
    return lambda row: row.stood.said[place]


class ThenList(KeysetListing, DeskListView):
    model = SnapshotNode
    index_url_name = "coverage_view:then"
    index_results_url_name = "coverage_view:then_results"
    results_template_name = "coverage/desk/then_results.html"
    page_title = gettext_lazy("Where unions stood at a month end")
    verbose_name_plural = gettext_lazy("unions")
    header_icon = "history"
    filterset_class = ThenFilters
    default_ordering = "path"
    list_export = ()

    def allowed(self):
        return policies.may_read_records(self.request.user)

    def get(self, request, *args, **kwargs):
        """Without a day: the last month end that was kept."""
        last = None if "day" in request.GET else snapshots().first()
        if last is None:
            return super().get(request, *args, **kwargs)
        parameters = request.GET.copy()
        parameters["day"] = last.day.isoformat()
        return redirect(f"{self.index_url}?{parameters.urlencode()}")

    def rows(self, user):
        return nodes_named(user, self.request.GET)

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        rows = self.keyset_page.rows
        reach = Organization.objects.visible_to(self.request.user, roles=READERS)
        within = dict(reach.filter(pk__in=[row.organization for row in rows]).values_list("pk", "code"))
        for row, told in zip(rows, stood(rows), strict=True):
            row.stood, row.now = told, within.get(row.organization, "")
        return answer

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=pgettext("women workers' organisation", "Union"), get_url=_page_now),
            Column("code", label=pgettext("organisation", "Code")),
            Column("above", label=_("Union above"), accessor=lambda row: row.stood.above),
            *(Column(f"said_{place}", label=label, accessor=_said(place)) for place, label in enumerate(HEADINGS)),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=[THEN.code])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]

    def get_context_data(self, **kwargs):
        return super().get_context_data(snapshot=snapshot_named(self.request.GET), **kwargs)


def _page_now(row: SnapshotNode) -> str | None:
    """The union's record, as far as she reads it today."""
    return reverse("coverage_records:one", args=[row.now]) if row.now else None
