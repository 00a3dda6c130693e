"""What moved: every change of a union's standing, with what moved it, the newest first."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.coverage import policies
from services.coverage.desk.unions import page_of
from services.coverage.enums import READERS
from services.coverage.exporters import CHANGES
from services.coverage.forms.union_filters import ChangeFilters
from services.coverage.models import StandingChange
from services.coverage.queries.moves import changes_listed
from services.coverage.wording.causes import FIELDS, cause_in_words, value_in_words
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.foundation.keyset_list import KeysetListing


class ChangeList(SavesViews, KeysetListing, DeskListView):
    model = StandingChange
    index_url_name = "coverage_view:changes"
    index_results_url_name = "coverage_view:changes_results"
    page_title = gettext_lazy("Who moved")
    results_template_name = "coverage/desk/saved_results.html"
    header_icon = "history"
    filterset_class = ChangeFilters
    default_ordering = "-pk"
    list_export = ()

    def allowed(self):
        return policies.may_read_records(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("organization.name", label=pgettext("women workers' organisation", "Union"), get_url=page_of),
            Column("field", label=_("What moved"), accessor=lambda row: str(FIELDS.get(row.field, row.field))),
            Column(
                "was", label=pgettext_lazy("change", "From"), accessor=lambda row: value_in_words(row.field, row.was)
            ),
            Column("now", label=pgettext_lazy("change", "To"), accessor=lambda row: value_in_words(row.field, row.now)),
            Column("cause", label=_("Cause"), accessor=lambda row: cause_in_words(row.cause)),
            Column("by.full_name", label=pgettext_lazy("who did it", "By")),
            Column("at", label=_("On"), accessor=lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=[CHANGES.code])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]

    def rows(self, user):
        return changes_listed(user, roles=READERS)
