"""Bookings and the waiting list: narrowed, searched, taken along as a workbook, acted on in bulk."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from services.bookings.enums import BookingState, Priority, PriorityReason, WaitingState
from services.bookings.models import WaitingEntry
from services.bookings.rules.draw import DRAWN_FIRST
from services.foundation import clock
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.screening import queries
from services.screening.desk.columns import MomentColumn, TickColumn
from services.screening.desk.pages import DeskPage, desk_url
from services.screening.desk.waiting import may_move
from services.screening.forms.filters import BookingFilterSet, WaitingFilterSet
from services.workers.queries import found_by_number

LIVE_TAG = (BookingState.CONFIRMED, BookingState.ATTENDED)
MOST_STATE = 900


class BookingList(KeysetListing, DeskPage, BaseListingView):
    """Women who hold or held a place, newest first. The ticked ones can be dealt with together."""

    page_title = _("Bookings")
    results_template_name = "screening/desk/bookings_results.html"
    verbose_name_plural = _("bookings")
    filterset_class = BookingFilterSet
    index_url_name = "screening_desk:bookings"
    index_results_url_name = "screening_desk:bookings_results"

    def get_base_queryset(self):
        return queries.bookings_for(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            most_at_once=MOST_AT_ONCE,
            find_url=desk_url("bookings_find"),
            find_label=_("Find a booking"),
            find_help=_(
                "Booking number, beginning of a name, whole mobile or identity number. A number of a person is never "
                "kept and never stands in the address."
            ),
            **kwargs,
        )

    @cached_property
    def columns(self):
        return [
            TickColumn("tick", label=_("Tick")),
            TitleColumn("number", label=_("Number"), classname="screening-nowrap", sort_key="pk"),
            Column("worker.name", label=pgettext_lazy("person", "Name"), classname="screening-nowrap"),
            Column("worker.masked_phone", label=_("Mobile number")),
            Column("worker.organization.name", label=_("Union")),
            Column("session.venue.name", label=pgettext_lazy("screening", "Site")),
            MomentColumn(
                "session.starts_at", label=_("Session"), sort_key="session__starts_at", classname="screening-nowrap"
            ),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda booking: booking.state in LIVE_TAG),
            MomentColumn("created_at", label=_("Booked at")),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['bookings'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]


class FindBooking(DeskPage, View):
    """The search box posts here; what leads back to the list names records by their tokens, never a number."""

    http_method_names = ["post"]

    def post(self, request):
        text = searched_text(request)
        state = QueryDict(request.POST.get("within", "")[:MOST_STATE], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            found = found_by_number(request.user, text, today=clock.today())
            if not found:
                messages.warning(request, gettext("No woman within your reach has this number."))
            else:
                state["person"] = ",".join(worker.token for worker in found)
        elif text:
            state["q"] = text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{desk_url('bookings')}?{query}" if query else desk_url("bookings"))


class NoChooser(SnippetChooserViewSet):
    """Nobody picks a booking from a list of all of them."""

    def get_urlpatterns(self):
        return []


def wish(entry: WaitingEntry) -> str:
    if entry.session is None:
        return gettext("any session")
    return f"{entry.session.venue.name} {timezone.localtime(entry.session.starts_at):%Y-%m-%d %H:%M}"


def why_here(entry: WaitingEntry) -> str:
    """The step she stands on, and what put her there: a draw, or the recorded reason."""
    if entry.priority >= DRAWN_FIRST:
        return gettext("In the order drawn")
    if entry.last_reason:
        return f"{Priority(entry.priority).label}: {PriorityReason(entry.last_reason).label}"
    return gettext("By time")


def lapses_at(entry: WaitingEntry):
    """When the offer made to her lapses."""
    return entry.booking.held_until if entry.state == WaitingState.OFFERED and entry.booking else None


class WaitingList(DeskPage, BaseListingView):
    """Who waits, in the order in which places are passed on, and why she stands where she stands."""

    page_title = _("Waiting list")
    verbose_name_plural = _("waiting-list entries")
    filterset_class = WaitingFilterSet
    is_searchable = True
    paginate_by = 30
    index_url_name = "screening_desk:waiting"
    index_results_url_name = "screening_desk:waiting_results"
    default_ordering = None

    @cached_property
    def columns(self):
        return [
            Column("place", label=_("Place")),
            TitleColumn(
                "worker.name",
                label=pgettext_lazy("person", "Name"),
                classname="screening-nowrap",
                get_url=self.way_to_change_the_order,
            ),
            Column("worker.masked_phone", label=_("Mobile number")),
            Column("worker.organization.name", label=_("Union")),
            Column("offering.screening_programme.title", label=_("Programme")),
            Column("wish", label=_("Waits for"), accessor=wish),
            Column("why", label=_("Why here"), accessor=why_here),
            MomentColumn("moved_at", label=_("Order changed")),
            MomentColumn("created_at", label=_("Since")),
            MomentColumn("lapses", label=_("Offer lapses"), accessor=lapses_at),
            StatusTagColumn("get_state_display", label=_("State")),
        ]

    def way_to_change_the_order(self, entry: WaitingEntry):
        return desk_url("priority", entry.token) if may_move(self.request.user, entry) else None

    def get_base_queryset(self):
        return queries.waiting_in_order(self.request.user)

    def search_queryset(self, queryset):
        return queryset.filter(worker__name__icontains=self.search_query) if self.is_searching else queryset
