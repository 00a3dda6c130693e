"""Bookings: narrowed, searched, taken along as a workbook, acted on in bulk."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from services.bookings.enums import BookingState
from services.foundation import clock
from services.foundation.desk_columns import Column, MomentColumn, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.screening import queries
from services.screening.desk.pages import DeskPage, desk_url
from services.screening.forms.filters import BookingFilterSet
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
            TickColumn(),
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


class FindIn(DeskPage, View):
    """The search box of a list posts here; what leads back names records by their tokens, never a number."""

    http_method_names = ["post"]
    listing = "bookings"

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
        return redirect(f"{desk_url(self.listing)}?{query}" if query else desk_url(self.listing))


class NoChooser(SnippetChooserViewSet):
    """Nobody picks a booking from a list of all of them."""

    def get_urlpatterns(self):
        return []
