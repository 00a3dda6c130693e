"""Several women at once: what will happen to each is shown first, what happened to each afterwards."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.bookings.actions import cancel_booking
from services.bookings.enums import RUNNING, BookingState, WaitingState
from services.bookings.forms.places import ReasonForm
from services.bookings.policies import may_book_for, may_change
from services.bookings.queries.waiting import QUEUE
from services.foundation.desk_many import ManyAtOnce
from services.signups import actions, queries, wording
from services.signups.desk.pages import DeskPage, desk_url
from services.signups.exporters import signup_filters
from services.signups.forms.for_her import AskedForm
from services.signups.waiting_exporters import waiting_filters

_CANCELLABLE = (*RUNNING, BookingState.CONFIRMED)


class _Many(DeskPage, ManyAtOnce):
    nothing_ticked = gettext_lazy("Tick at least one woman in the list.")
    too_old = gettext_lazy("This preview is too old. Choose the women once more.")
    out_of_reach = gettext_lazy("A woman isn't within your reach any more and was left as she is.")
    listing = ""
    list_title = ""

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.trail(), {"url": self.list_url(), "label": self.list_title}, here]

    def list_url(self):
        return desk_url(self.listing)


class CancelMany(_Many):
    """Ticked sign-ups, or all that match the list's filters."""

    page_title = gettext_lazy("Cancel sign-ups")
    listing, list_title = "signups", pgettext_lazy("signups", "Sign-ups")
    parameter = "booking"
    form_class = ReasonForm
    serious = True
    cells_template = "signups/desk/_signup_cells.html"
    headings = (
        gettext_lazy("Number"),
        pgettext_lazy("person", "Name"),
        gettext_lazy("Union"),
        pgettext_lazy("signups", "Activity"),
        gettext_lazy("Session"),
        gettext_lazy("State"),
    )
    button = gettext_lazy("Cancel these sign-ups")
    will = gettext_lazy("Will be cancelled; she is told and reads the reason. The place passes to the waiting list.")
    happened = gettext_lazy("Cancelled; she is told and reads the reason.")
    before = gettext_lazy("Nothing: it had ended already.")

    def reach(self):
        return queries.bookings_for(self.request.user).order_by("-pk")

    def matching(self, parameters):
        filters = signup_filters(self.request.user, parameters)
        return filters.filter_queryset(self.reach()) if filters.is_valid() else self.reach().none()

    def stamp(self, row):
        return row.changed_at.isoformat()

    def prepare(self, rows):
        for row in rows:
            row.state_words = wording.state_of(row)

    def verdict(self, row):
        if row.state not in _CANCELLABLE:
            return _("Nothing: it is “%(state)s”.") % {"state": row.state_words}
        allowed = may_change(self.request.user, row)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, row, stamp, form):
        now, seen, reason = self.now, datetime.fromisoformat(stamp), form.cleaned_data["reason"]
        after = cancel_booking(row, by=self.request.user, now=now, reason=reason, seen=seen)
        row.state, row.state_words = after.state, wording.state_of(after)
        return after.state == BookingState.CANCELLED and after.changed_at == now

    def sentence(self, count, done):
        if done:
            words = ngettext("%(count)s sign-up was cancelled.", "%(count)s sign-ups were cancelled.", count)
        else:
            words = ngettext("%(count)s sign-up will be cancelled.", "%(count)s sign-ups will be cancelled.", count)
        return words % {"count": count}


class TakeOffMany(_Many):
    """Ticked women of the waiting list, or all that match: taken off it, as they asked."""

    page_title = gettext_lazy("Take off the waiting list")
    listing, list_title = "waiting", gettext_lazy("Waiting list")
    parameter = "entry"
    form_class = AskedForm
    serious = True
    cells_template = "signups/desk/_waiting_cells.html"
    headings = (
        pgettext_lazy("person", "Name"),
        gettext_lazy("Union"),
        pgettext_lazy("signups", "Activity"),
        pgettext_lazy("waiting list", "Since"),
        gettext_lazy("State"),
    )
    button = gettext_lazy("Take these women off the list")
    will = gettext_lazy("Will be taken off the list; she is told that her union did it as she asked.")
    happened = gettext_lazy("Taken off the list; she is told.")
    before = gettext_lazy("Nothing: it was changed meanwhile.")

    def reach(self):
        return queries.waiting_for(self.request.user).order_by("offering", *QUEUE.split(","))

    def matching(self, parameters):
        filters = waiting_filters(self.request.user, parameters)
        return filters.filter_queryset(self.reach()) if filters.is_valid() else self.reach().none()

    def stamp(self, row):
        return row.state

    def verdict(self, row):
        if row.state == WaitingState.OFFERED:
            return _("Nothing: a place is offered to her. Cancel it among the sign-ups.")
        if row.state != WaitingState.WAITING:
            return _("Nothing: it is “%(state)s”.") % {"state": row.get_state_display()}
        allowed = may_book_for(self.request.user, row.worker)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, row, stamp, form):
        return actions.take_off_list(row, asked=form.cleaned_data["asked"], by=self.request.user, now=self.now)

    def sentence(self, count, done):
        if done:
            words = ngettext(
                "%(count)s woman was taken off the list.", "%(count)s women were taken off the list.", count
            )
        else:
            words = ngettext(
                "%(count)s woman will be taken off the list.", "%(count)s women will be taken off the list.", count
            )
        return words % {"count": count}
