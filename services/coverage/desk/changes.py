"""What moved: every change of a union's standing, with what moved it, the newest first."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.ui.tables import Column, TitleColumn

from services.accounts.desk.saved import SavesViews
from services.coverage import policies
from services.coverage.desk.overview_words import CAUSES
from services.coverage.desk.unions import page_of
from services.coverage.enums import READERS
from services.coverage.forms.union_filters import FIELDS, ChangeFilters
from services.coverage.models import Standing, StandingChange
from services.coverage.queries.moves import changes_listed
from services.foundation.desk import DeskListView
from services.foundation.keyset_list import KeysetListing

_WORDS = {name: {str(code): label for code, label in Standing._meta.get_field(name).choices} for name in FIELDS}


def value_in_words(field: str, value: str) -> str:
    return str(_WORDS.get(field, {}).get(value, value)) or "–"


class ChangeList(SavesViews, KeysetListing, DeskListView):
    model = StandingChange
    index_url_name = "coverage_view:changes"
    index_results_url_name = "coverage_view:changes_results"
    page_title = gettext_lazy("Who moved")
    results_template_name = "coverage/desk/changes_results.html"
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
            Column("was", label=_("From"), accessor=lambda row: value_in_words(row.field, row.was)),
            Column("now", label=_("To"), accessor=lambda row: value_in_words(row.field, row.now)),
            Column("cause", label=_("Cause"), accessor=lambda row: str(CAUSES.get(row.cause) or row.cause)),
            Column("by.full_name", label=_("By")),
            Column("at", label=_("On"), accessor=lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"),
        ]

    def rows(self, user):
        return changes_listed(user, roles=READERS)
