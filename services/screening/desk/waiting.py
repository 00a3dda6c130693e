"""The waiting list, moving women on it, and the report of all such changes."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings import policies as booking_policies
from services.bookings import wording
from services.bookings.actions import change_priority
from services.bookings.enums import WaitingState
from services.bookings.forms.order import FIELD_OF, PriorityForm
from services.bookings.models import WaitingEntry
from services.bookings.queries.waiting import QUEUE
from services.bookings.rules.draw import DRAWN_FIRST
from services.foundation import clock
from services.foundation.desk_columns import Column, MomentColumn, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_many import MOST_AT_ONCE, ManyAtOnce
from services.foundation.keyset_list import KeysetListing
from services.organizations.enums import Role
from services.screening import queries
from services.screening.desk.pages import ActionForm, DeskPage, desk_url
from services.screening.forms.filters import ChangeFilterSet, WaitingFilterSet

CAN_MOVE = (WaitingState.WAITING,)


def may_move(user, entry) -> bool:
    """Is the way to ``PriorityPage`` worth offering?"""
    return entry.state in CAN_MOVE and bool(booking_policies.may_reorder(user, entry.offering))


class PriorityPage(ActionForm, DeskPage):
    """One entry: where she stands, what was changed before, and the form to change it."""

    page_title = _("Change the order")
    submit_label = _("Change the order")
    template_name = "screening/desk/priority.html"
    form_class = PriorityForm
    field_of = FIELD_OF

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(queries.waiting_in_order(request.user), token=kwargs["token"])

    def allowed(self):
        return booking_policies.may_reorder(self.request.user, self.entry.offering)

    def trail(self):
        return [*super().trail(), {"url": desk_url("waiting"), "label": _("Waiting list")}]

    def get_initial(self):
        return {"to": self.entry.priority}

    def act(self, form):
        said = form.cleaned_data
        change_priority(
            self.entry, to=said["to"], reason=said["reason"], text=said["text"], by=self.request.user, now=clock.now()
        )
        return _("The order is changed. She is told and reads the reason.")

    def get_success_url(self):
        return f"{desk_url('waiting')}?programme={self.entry.offering.screening_programme.code}&state=waiting"

    def get_context_data(self, **kwargs):
        changes = queries.changes_of(self.entry).select_related("by")
        return super().get_context_data(entry=self.entry, changes=changes, **kwargs)


class ChangeList(KeysetListing, DeskPage, BaseListingView):
    """Every change of the order that staff made, within her reach, the latest first; the figures lead here."""

    page_title = _("Changes of the waiting order")
    verbose_name_plural = _("changes of the waiting order")
    filterset_class = ChangeFilterSet
    index_url_name = "screening_desk:changes"
    index_results_url_name = "screening_desk:changes_results"
    columns = [
        MomentColumn("at", label=_("When")),
        Column("entry.worker.name", label=pgettext_lazy("person", "Name"), classname="screening-nowrap"),
        Column("entry.worker.organization.name", label=_("Union")),
        Column("entry.offering.screening_programme.title", label=_("Programme")),
        Column("step", label=_("Step"), accessor=wording.step_words),
        Column("get_reason_display", label=_("Reason")),
        Column("text", label=_("In words")),
        Column("by.username", label=pgettext_lazy("who did it", "By")),
        Column("role", label=_("Post"), accessor=lambda change: Role(change.by_role).label),
    ]

    def get_base_queryset(self):
        return queries.changes_for(self.request.user)

    @cached_property
    def header_buttons(self):
        return [to_file("waiting-changes", self.state)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**search_box("changes_find"), **kwargs)


class WaitingList(KeysetListing, DeskPage, BaseListingView):
    """Who waits and why she stands where she stands: the newest first, or, of one programme, in the order in which
    places are passed on. The ticked ones can be moved together."""

    page_title = _("Waiting list")
    verbose_name_plural = _("waiting-list entries")
    filterset_class = WaitingFilterSet
    results_template_name = "screening/desk/waiting_results.html"
    index_url_name = "screening_desk:waiting"
    index_results_url_name = "screening_desk:waiting_results"

    @cached_property
    def ordering(self) -> str:
        chosen = self.filters.is_valid() and self.filters.form.cleaned_data.get("programme")
        return QUEUE if chosen else self.default_ordering

    @cached_property
    def columns(self):
        return [
            TickColumn(field="entry", called="worker.name"),
            Column("place", label=_("Place"), accessor=wording.place),
            TitleColumn(
                "worker.name",
                label=pgettext_lazy("person", "Name"),
                classname="screening-nowrap",
                get_url=self.way_to_change_the_order,
            ),
            Column("worker.masked_phone", label=_("Mobile number")),
            Column("worker.organization.name", label=_("Union")),
            Column("offering.screening_programme.title", label=_("Programme")),
            Column("wish", label=_("Waits for"), accessor=wording.wish),
            Column("why", label=_("Why here"), accessor=wording.why_here),
            MomentColumn("moved_at", label=_("Order changed")),
            MomentColumn("created_at", label=pgettext_lazy("waiting list", "Since")),
            MomentColumn("lapses", label=_("Offer lapses"), accessor=wording.lapses_at),
            StatusTagColumn("get_state_display", label=_("State")),
        ]

    def way_to_change_the_order(self, entry: WaitingEntry):
        return desk_url("priority", entry.token) if may_move(self.request.user, entry) else None

    def get_base_queryset(self):
        return queries.waiting_for(self.request.user)

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        return paginator, page, queries.stand(rows), more

    @cached_property
    def header_buttons(self):
        return [to_file("waiting", self.state)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(most_at_once=MOST_AT_ONCE, **search_box("waiting_find"), **kwargs)


def to_file(code: str, state: QueryDict) -> HeaderButton:
    url = f"{reverse('exports:ask', args=[code])}?{state.urlencode()}"
    return HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})


def search_box(name: str) -> dict:
    """What ``desk/keyset_list.html`` shows above a list of women; ``name`` is where it posts to."""
    return {
        "find_url": desk_url(name),
        "find_label": _("Find a woman"),
        "find_help": _(
            "Beginning of a name, whole mobile or identity number. A number of a person is never kept and never "
            "stands in the address."
        ),
    }


class ReorderMany(DeskPage, ManyAtOnce):
    """Ticked entries, or all that match: moved to one step of the list, for one reason that each woman reads."""

    page_title = _("Change the order")
    form_class = PriorityForm
    parameter = "entry"
    cells_template = "screening/desk/_waiting_cells.html"
    headings = (
        pgettext_lazy("person", "Name"),
        _("Union"),
        _("Programme"),
        pgettext_lazy("waiting list", "Since"),
        _("Priority"),
    )
    button = _("Change their order")
    will = _("Will stand on the step you choose below; she is told and reads the reason.")
    happened = _("Moved; she is told and reads the reason.")
    before = _("Nothing: it was changed meanwhile.")
    nothing_ticked = _("Tick at least one woman in the list.")
    too_old = _("This preview is too old. Choose the women once more.")
    out_of_reach = _("A woman isn't within your reach any more and was left as she is.")

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.trail(), {"url": self.list_url(), "label": _("Waiting list")}, here]

    def list_url(self):
        return desk_url("waiting")

    def reach(self):
        return queries.waiting_for(self.request.user).order_by("offering", *QUEUE.split(","))

    def matching(self, parameters):
        filters = WaitingFilterSet(parameters, request=self.request)
        return filters.filter_queryset(self.reach()) if filters.is_valid() else self.reach().none()

    def stamp(self, row):
        return f"{row.state}:{row.priority}"

    def prepare(self, rows):
        for row in rows:
            row.step = wording.step_of(row)

    def verdict(self, entry):
        allowed = booking_policies.may_reorder(self.request.user, entry.offering)
        if not allowed:
            return gettext("Nothing: %(why)s") % {"why": allowed.reason}
        if entry.state not in CAN_MOVE:
            return gettext("Nothing: it is “%(state)s”.") % {"state": entry.get_state_display()}
        return gettext("Nothing: her place was drawn.") if entry.priority >= DRAWN_FIRST else ""

    def act(self, row, stamp, form):
        if self.stamp(row) != stamp:
            return False
        change_priority(row, by=self.request.user, now=self.now, **form.cleaned_data)
        return True

    def sentence(self, count, done):
        if done:
            words = ngettext("%(count)s woman was moved.", "%(count)s women were moved.", count)
        else:
            words = ngettext("%(count)s woman can be moved.", "%(count)s women can be moved.", count)
        return words % {"count": count}
