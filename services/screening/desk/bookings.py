"""Bookings and the waiting list: narrowed, searched, exported, cancelled by staff with a reason."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from services.bookings.enums import BookingState
from services.bookings.models import Booking, WaitingEntry
from services.screening import queries
from services.screening.desk.columns import MomentColumn, TokenCheckboxColumn
from services.screening.desk.filters import BookingFilterSet, WaitingFilterSet, number_or_name
from services.screening.desk.pages import DeskPage, desk_url

LIVE_TAG = (BookingState.CONFIRMED, BookingState.ATTENDED)


def bookings_for(user):
    """Bookings of the women within her reach, with what a row shows. One query however many rows."""
    return (
        Booking.objects.visible_to(user)
        .filter(offering__screening_programme__isnull=False)
        .select_related("worker__organization", "session__venue__provider", "offering__screening_programme")
        .defer("worker__id_number", "worker__note")
    )


class BookingList(DeskPage, BaseListingView):
    """Women who hold or held a place. The ticked ones can be cancelled together."""

    page_title = _("Bookings")
    template_name = "screening/desk/bookings.html"
    verbose_name_plural = _("bookings")
    filterset_class = BookingFilterSet
    is_searchable = True
    default_ordering = "-created_at"
    paginate_by = 30
    index_url_name = "screening_desk:bookings"
    index_results_url_name = "screening_desk:bookings_results"

    def get_base_queryset(self):
        return bookings_for(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(model_opts=Booking._meta, **kwargs)

    def search_queryset(self, queryset):
        return queryset.filter(number_or_name(self.search_query)) if self.is_searching else queryset

    @cached_property
    def columns(self):
        return [
            TokenCheckboxColumn("bulk_actions", obj_type="snippet"),
            TitleColumn(
                "number",
                label=_("Number"),
                classname="screening-nowrap",
                get_title_id=lambda booking: f"snippet_{booking.token}_title",
            ),
            Column("worker.name", label=_("Name"), classname="screening-nowrap"),
            Column("worker.masked_phone", label=_("Mobile number")),
            Column("worker.organization.name", label=_("Union")),
            Column("session.venue.name", label=_("Site")),
            MomentColumn(
                "session.starts_at", label=_("Session"), sort_key="session__starts_at", classname="screening-nowrap"
            ),
            StatusTagColumn(
                "get_state_display",
                label=_("State"),
                sort_key="state",
                primary=lambda booking: booking.state in LIVE_TAG,
            ),
            MomentColumn("created_at", label=_("Booked at"), sort_key="created_at"),
        ]

    @cached_property
    def header_buttons(self):
        query = self.request.GET.urlencode()
        return [
            HeaderButton(
                _("Export to Excel"),
                url=f"{desk_url('bookings_export')}?{query}",
                icon_name="download",
                attrs={"data-desk-export": "true"},
            )
        ]


class NoChooser(SnippetChooserViewSet):
    """Nobody picks a booking from a list of all of them."""

    def get_urlpatterns(self):
        return []


def wish(entry: WaitingEntry) -> str:
    if entry.session is None:
        return gettext("any session")
    return f"{entry.session.venue.name} {timezone.localtime(entry.session.starts_at):%Y-%m-%d %H:%M}"


def why_here(entry: WaitingEntry) -> str:
    return gettext("Group served first, then by time") if entry.priority > 0 else gettext("By time")


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
    columns = [
        Column("place", label=_("Place")),
        Column("worker.name", label=_("Name"), classname="screening-nowrap"),
        Column("worker.masked_phone", label=_("Mobile number")),
        Column("worker.organization.name", label=_("Union")),
        Column("offering.screening_programme.title", label=_("Programme")),
        Column("wish", label=_("Waits for"), accessor=wish),
        Column("why", label=_("Why here"), accessor=why_here),
        MomentColumn("created_at", label=_("Since")),
        StatusTagColumn("get_state_display", label=_("State")),
    ]

    def get_base_queryset(self):
        return queries.waiting_in_order(self.request.user)

    def search_queryset(self, queryset):
        return queryset.filter(worker__name__icontains=self.search_query) if self.is_searching else queryset
