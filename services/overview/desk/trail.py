"""What was done, by whom and why: for auditors and federation officers, within their organisations."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn
from wagtail.models import ModelLogEntry

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column
from services.foundation.keyset_list import KeysetListing
from services.overview import policies, wording
from services.overview.exporters import TRAIL
from services.overview.forms import TrailFilters
from services.overview.queries.trail import trail_within_reach


class TrailList(KeysetListing, DeskListView):
    """Newest first. Nothing here opens a record of a person."""

    model = ModelLogEntry
    page_title = _("What was done")
    verbose_name_plural = _("entries")
    header_icon = "history"
    index_url_name = "trail:list"
    index_results_url_name = "trail:list_results"
    filterset_class = TrailFilters
    listing = TRAIL.code
    columns = [
        DateColumn("timestamp", label=_("When")),
        Column("message", label=_("What was done")),
        Column("thing", label=pgettext_lazy("what was acted on", "About"), accessor=wording.thing),
        Column("who", label=pgettext_lazy("who did it", "By"), accessor=wording.who),
        Column("reason", label=_("Reason"), accessor=wording.reason),
    ]

    def allowed(self):
        return policies.may_read_trail(self.request.user)

    def rows(self, user):
        return trail_within_reach(user, roles=policies.TRAIL_READERS)


class TrailMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_trail(request.user))


def admin_urls() -> list:
    routes = [
        path("", TrailList.as_view(), name="list"),
        path("results/", TrailList.as_view(results_only=True), name="list_results"),
    ]
    return [path("trail/", include((routes, "trail")))]
