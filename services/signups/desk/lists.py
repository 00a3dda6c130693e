"""Who signed up, and who was trained for how long: narrowed, searched, taken along as workbooks."""

from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings.enums import BookingState
from services.foundation import clock
from services.foundation.desk_columns import (
    Column,
    MomentColumn,
    NumberColumn,
    StatusTagColumn,
    TickColumn,
    TitleColumn,
)
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody, year_named
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.organizations.enums import ROSTER_READERS
from services.signups import queries, wording
from services.signups.desk.pages import DeskPage, desk_url
from services.signups.forms.filters import HoursFilterSet, SignupFilterSet
from services.signups.queries.hours import trained_for, transcript_of
from services.workers.models import Worker
from services.workers.queries import found_by_number

LIVE_TAG = (BookingState.CONFIRMED, BookingState.ATTENDED)
MOST_STATE = 900
FIND_HELP = _(
    "Number of a sign-up, beginning of a name, whole mobile or identity number. A number of a person is never kept and "
    "never stands in the address."
)


class SignupList(KeysetListing, DeskPage, BaseListingView):
    """Women who have or had a place, newest first. Ticked ones can be cancelled together."""

    page_title = pgettext_lazy("signups", "Sign-ups")
    verbose_name_plural = pgettext_lazy("signups", "sign-ups")
    filterset_class = SignupFilterSet
    results_template_name = "signups/desk/signups_results.html"
    index_url_name = "signups_desk:signups"
    index_results_url_name = "signups_desk:signups_results"

    def get_base_queryset(self):
        return queries.bookings_for(self.request.user)

    def get_context_data(self, **kwargs):
        found = {"find_url": desk_url("signups_find"), "find_label": _("Find a sign-up"), "find_help": FIND_HELP}
        return super().get_context_data(most_at_once=MOST_AT_ONCE, **found, **kwargs)

    @cached_property
    def columns(self):
        return [
            TickColumn(),
            TitleColumn("number", label=_("Number"), sort_key="pk"),
            Column("worker.name", label=pgettext_lazy("person", "Name")),
            Column("worker.organization.name", label=_("Union")),
            Column("offering.activity.title", label=pgettext_lazy("signups", "Activity")),
            MomentColumn("session.starts_at", label=_("Session")),
            StatusTagColumn(
                "state", label=_("State"), accessor=wording.state_of, primary=lambda one: one.state in LIVE_TAG
            ),
        ]

    @cached_property
    def header_buttons(self):
        return [to_file("signups", self.state)]


def to_file(listing: str, state: QueryDict) -> HeaderButton:
    url = f"{reverse('exports:ask', args=[listing])}?{state.urlencode()}"
    return HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})


class HoursList(KeysetListing, DeskPage, BaseListingView):
    """Women who attended a training of the year, this year unless another is asked for."""

    page_title = _("Hours of training")
    verbose_name_plural = _("women trained")
    filterset_class = HoursFilterSet
    index_url_name = "signups_desk:hours"
    index_results_url_name = "signups_desk:hours_results"

    @cached_property
    def year(self) -> int:
        return year_named(self.request.GET.get("year", "")) or clock.today().year

    def get_base_queryset(self):
        return trained_for(self.request.user, self.year)

    def get_page_subtitle(self):
        return str(self.year)

    def get_context_data(self, **kwargs):
        found = {"find_url": desk_url("hours_find"), "find_label": _("Find a woman"), "find_help": FIND_HELP}
        return super().get_context_data(**found, **kwargs)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name", label=pgettext_lazy("person", "Name"), get_url=lambda one: desk_url("transcript", one.token)
            ),
            Column("organization.name", label=_("Union")),
            Column("position", label=_("Post")),
            NumberColumn("trainings", label=_("Trainings")),
            NumberColumn("hours", label=pgettext_lazy("activity", "Hours")),
        ]

    @cached_property
    def header_buttons(self):
        return [to_file("training-hours", self.state)]


class FindIn(DeskPage, View):
    """The search box of a list posts here; what leads back names records by their tokens, never a number."""

    http_method_names = ["post"]
    listing = "signups"

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


class Transcript(DeskPage, TemplateView):
    """Every training of one woman, by year."""

    template_name = "signups/desk/transcript.html"
    page_title = _("Hours of training")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        hers = Worker.objects.visible_to(request.user, roles=ROSTER_READERS).select_related("organization")
        self.worker = hers.defer("id_number", "phone", "note").filter(token=kwargs["token"]).first()
        if self.worker is None:
            raise Http404

    def trail(self):
        return [*super().trail(), {"url": desk_url("hours"), "label": _("Hours of training")}]

    def get_page_subtitle(self):
        return self.worker.name

    def get_context_data(self, **kwargs):
        years = transcript_of(self.worker)
        for year in years:
            for booking in year.attended:
                booking.form_words = wording.form_of(booking.offering.activity)
        return super().get_context_data(worker=self.worker, years=years, **kwargs)
