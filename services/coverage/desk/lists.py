"""The list of unions with where they stand: a figure of the statistics is a filter of this list."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.coverage.desk.pages import RecordPage, desk_url
from services.coverage.enums import Answer
from services.coverage.forms.filters import StandingFilters
from services.coverage.queries.records import standings_for
from services.coverage.wording.lists import end_of_term, form_of, women_of
from services.foundation.desk import SEARCH_LENGTH
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing


class StandingList(SavesViews, KeysetListing, RecordPage, BaseListingView):
    """Unions in the order in which they came."""

    page_title = _("Unions and their records")
    verbose_name_plural = _("unions")
    filterset_class = StandingFilters
    default_ordering = "pk"
    template_name = "coverage/desk/list.html"
    results_template_name = "coverage/desk/saved_results.html"
    index_url_name = "coverage_records:list"
    index_results_url_name = "coverage_records:list_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return standings_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "organization.name",
                label=pgettext_lazy("organisation", "Name"),
                get_url=lambda standing: desk_url("one", standing.organization.code),
            ),
            Column("organization.code", label=pgettext_lazy("organisation", "Code")),
            Column("women", label=_("Women members"), accessor=women_of),
            Column("get_required_display", label=pgettext_lazy("women workers' organisation", "Required")),
            Column("form", label=_("Has"), accessor=form_of),
            StatusTagColumn(
                "get_built_display", label=_("Set up as required"), primary=lambda row: row.built == Answer.YES
            ),
            Column("get_simultaneous_display", label=_("Together with the union")),
            Column("get_chair_qualified_display", label=_("Head qualified")),
            Column("term", label=_("Term of office"), accessor=end_of_term),
        ]

    def get_context_data(self, **kwargs):
        within = [(name, value) for name, value in self.state.items() if name != "q"]
        text = self.request.GET.get("q", "")[:SEARCH_LENGTH]
        return super().get_context_data(search_text=text, search_within=within, **kwargs)

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['coverage'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]
