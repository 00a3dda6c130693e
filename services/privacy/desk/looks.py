"""The register of looks: who opened which protected fields, when and why. It holds no value."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import DateColumn

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column
from services.privacy import policies, queries
from services.privacy.exporters import LOOKS, SEARCHED
from services.privacy.forms import LookFilters
from services.privacy.models import AccessRecord


class LookRegister(DeskListView):
    model = AccessRecord
    page_title = _("Looks at protected data")
    header_icon = "view"
    index_url_name = "privacy_desk:looks"
    index_results_url_name = "privacy_desk:looks_results"
    default_ordering = "-at"
    search_fields = SEARCHED
    filterset_class = LookFilters
    listing = LOOKS.code
    columns = [
        DateColumn("at", label=_("At"), sort_key="at"),
        Column("viewer", label=_("Viewer"), accessor="viewer.full_name"),
        Column("role", label=_("Role"), accessor="words.role"),
        Column("organization", label=_("Organisation"), accessor="words.organization"),
        Column("record", label=_("Record"), accessor=str),
        Column("fields", label=pgettext_lazy("of a record", "Fields"), accessor="words.fields"),
        Column("reason", label=_("Reason")),
    ]

    def allowed(self):
        return policies.may_read_looks(self.request.user)

    def rows(self, user):
        return queries.looks_within_reach(user)

    def get_table(self, object_list):
        rows = list(object_list)
        for row, words in zip(rows, queries.worded(rows), strict=True):
            row.words = words
        return super().get_table(rows)
