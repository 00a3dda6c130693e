"""Who waits for a place, and why she stands where she stands."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic.base import BaseListingView

from services.bookings import wording
from services.bookings.queries.waiting import QUEUE, stand
from services.foundation.desk_columns import MomentColumn, TickColumn
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.signups import queries
from services.signups.desk.lists import FIND_HELP, to_file
from services.signups.desk.pages import DeskPage, desk_url
from services.signups.forms.filters import WaitingFilterSet


class WaitingList(KeysetListing, DeskPage, BaseListingView):
    """The newest first, or, of one activity, in the order in which places are passed on. Ticked ones can be taken off
    together."""

    page_title = _("Waiting list")
    verbose_name_plural = _("waiting-list entries")
    filterset_class = WaitingFilterSet
    results_template_name = "signups/desk/waiting_results.html"
    index_url_name = "signups_desk:waiting"
    index_results_url_name = "signups_desk:waiting_results"

    @cached_property
    def ordering(self) -> str:
        chosen = self.filters.is_valid() and self.filters.form.cleaned_data.get("activity")
        return QUEUE if chosen else self.default_ordering

    @cached_property
    def columns(self):
        return [
            TickColumn("tick", label=_("Tick"), field="entry", called="worker.name"),
            Column("place", label=_("Place")),
            Column("worker.name", label=pgettext_lazy("person", "Name")),
            Column("worker.organization.name", label=_("Union")),
            Column("offering.activity.title", label=pgettext_lazy("signups", "Activity")),
            Column("wish", label=_("Waits for"), accessor=wording.wish),
            Column("why", label=_("Why here"), accessor=wording.why_here),
            MomentColumn("moved_at", label=_("Order changed")),
            MomentColumn("created_at", label=_("Since")),
            MomentColumn("lapses", label=_("Offer lapses"), accessor=wording.lapses_at),
            StatusTagColumn("get_state_display", label=_("State")),
        ]

    def get_base_queryset(self):
        return queries.waiting_for(self.request.user)

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        return paginator, page, stand(rows), more

    @cached_property
    def header_buttons(self):
        return [to_file("activity-waiting", self.state)]

    def get_context_data(self, **kwargs):
        found = {"find_url": desk_url("waiting_find"), "find_label": _("Find a woman"), "find_help": FIND_HELP}
        return super().get_context_data(most_at_once=MOST_AT_ONCE, **found, **kwargs)
