"""Who waits for a place, why she stands where she stands, and moving her on the list."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.views.generic.base import BaseListingView

from services.bookings import wording
from services.bookings.actions import change_priority
from services.bookings.enums import WaitingState
from services.bookings.forms.order import FIELD_OF, PriorityForm
from services.bookings.models import WaitingEntry
from services.bookings.policies import may_reorder
from services.bookings.queries.waiting import QUEUE, changes_of, stand, with_place, with_reasons
from services.foundation import clock
from services.foundation.desk_columns import Column, MomentColumn, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.signups import queries
from services.signups.desk.lists import FIND_HELP, to_file
from services.signups.desk.pages import ActionForm, DeskPage, desk_url
from services.signups.forms.filters import WaitingFilterSet


class PriorityPage(ActionForm, DeskPage):
    """One entry: where she stands, what was changed before, and the form to change it."""

    page_title = _("Change the order")
    submit_label = _("Change the order")
    template_name = "signups/desk/priority.html"
    form_class = PriorityForm
    field_of = FIELD_OF

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        within = with_place(with_reasons(queries.waiting_for(request.user)))
        self.entry = get_object_or_404(within, token=kwargs["token"])

    def allowed(self):
        return may_reorder(self.request.user, self.entry.offering)

    def trail(self):
        return [*super().trail(), {"url": desk_url("waiting"), "label": _("Waiting list")}]

    def get_initial(self):
        return {"to": self.entry.priority}

    def act(self, form):
        change_priority(self.entry, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The order is changed. She is told and reads the reason.")

    def get_success_url(self):
        return f"{desk_url('waiting')}?activity={self.entry.offering.activity.code}&state=waiting"

    def get_context_data(self, **kwargs):
        changes = changes_of(self.entry).select_related("by")
        return super().get_context_data(entry=self.entry, changes=changes, **kwargs)


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
            TickColumn(field="entry", called="worker.name"),
            Column("place", label=_("Place")),
            TitleColumn("worker.name", label=pgettext_lazy("person", "Name"), get_url=self.way_to_change_the_order),
            Column("worker.organization.name", label=_("Union")),
            Column("offering.activity.title", label=pgettext_lazy("signups", "Activity")),
            Column("wish", label=_("Waits for"), accessor=wording.wish),
            Column("why", label=_("Why here"), accessor=wording.why_here),
            MomentColumn("moved_at", label=_("Order changed")),
            MomentColumn("created_at", label=pgettext_lazy("waiting list", "Since")),
            MomentColumn("lapses", label=_("Offer lapses"), accessor=wording.lapses_at),
            StatusTagColumn("get_state_display", label=_("State")),
        ]

    def way_to_change_the_order(self, entry: WaitingEntry):
        allowed = entry.state == WaitingState.WAITING and may_reorder(self.request.user, entry.offering)
        return desk_url("waiting_order", entry.token) if allowed else None

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
