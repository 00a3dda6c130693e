"""Several bookings at once: what will happen to each is shown first, what happened to each afterwards."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.bookings import rules
from services.bookings.actions import cancel_booking, remind_booking
from services.bookings.enums import RUNNING, BookingState
from services.bookings.errors import ChangedSince
from services.bookings.forms.places import ReasonForm
from services.bookings.models import Booking
from services.bookings.policies import may_change
from services.bookings.queries import reminded_since
from services.foundation.desk_many import ManyAtOnce
from services.screening import queries
from services.screening.desk.pages import DeskPage, desk_url
from services.screening.exporters import filters_of

_CANCELLABLE = (*RUNNING, BookingState.CONFIRMED)


class ManyBookings(DeskPage, ManyAtOnce):
    """Ticked bookings, or all that match the list's filters."""

    parameter = "booking"
    cells_template = "screening/desk/_many_cells.html"
    headings = (
        gettext_lazy("Number"),
        pgettext_lazy("person", "Name"),
        gettext_lazy("Union"),
        gettext_lazy("Session"),
        gettext_lazy("State"),
    )
    nothing_ticked = gettext_lazy("Tick at least one booking in the list.")
    too_old = gettext_lazy("This preview is too old. Choose the bookings once more.")
    out_of_reach = gettext_lazy("A booking isn't within your reach any more and was left as it is.")

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.trail(), {"url": self.list_url(), "label": _("Bookings")}, here]

    def list_url(self):
        return desk_url("bookings")

    def reach(self):
        return queries.bookings_for(self.request.user).order_by("-pk")

    def matching(self, parameters):
        filters = filters_of(self.request.user, parameters)
        return filters.filter_queryset(self.reach()) if filters.is_valid() else self.reach().none()

    def stamp(self, row):
        return row.changed_at.isoformat()

    def act(self, row, stamp, form):
        return self.deal_with(row, datetime.fromisoformat(stamp), form)

    def deal_with(self, booking: Booking, seen: datetime, form) -> bool:
        """As ``act``, with the moment of the last change that the preview saw."""
        raise NotImplementedError


class CancelMany(ManyBookings):
    page_title = gettext_lazy("Cancel bookings")
    form_class = ReasonForm
    serious = True
    button = gettext_lazy("Cancel these bookings")
    will = gettext_lazy("Will be cancelled; she is told, and the place passes to the waiting list.")
    happened = gettext_lazy("Cancelled.")
    before = gettext_lazy("Nothing: it had ended already.")

    def verdict(self, booking):
        if booking.state not in _CANCELLABLE:
            return _("Nothing: it is “%(state)s”.") % {"state": booking.get_state_display()}
        allowed = may_change(self.request.user, booking)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def deal_with(self, booking, seen, form):
        now, reason = self.now, form.cleaned_data["reason"]
        after = cancel_booking(booking, by=self.request.user, now=now, reason=reason, seen=seen)
        booking.state = after.state
        return after.state == BookingState.CANCELLED and after.changed_at == now

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s booking was cancelled.", "%(count)s bookings were cancelled.", count) % {
                "count": count
            }
        return ngettext("%(count)s booking will be cancelled.", "%(count)s bookings will be cancelled.", count) % {
            "count": count
        }


class RemindMany(ManyBookings):
    page_title = gettext_lazy("Remind")
    button = gettext_lazy("Send the reminders")
    will = gettext_lazy("Will be reminded of time and place.")
    happened = gettext_lazy("Reminded.")
    before = ""

    def prepare(self, rows):
        self.reminded = reminded_since([row.pk for row in rows], self.now - rules.REMINDER_PAUSE)

    def verdict(self, booking):
        allowed = may_change(self.request.user, booking)
        if not allowed:
            return _("Nothing: %(why)s") % {"why": allowed.reason}
        if booking.state != BookingState.CONFIRMED:
            return _("Nothing: it is “%(state)s”.") % {"state": booking.get_state_display()}
        if booking.session.starts_at <= self.now:
            return _("Nothing: the session has begun or is over.")
        return _("Nothing: she was reminded within the last day.") if booking.pk in self.reminded else ""

    def deal_with(self, booking, seen, form):
        if booking.changed_at != seen:
            raise ChangedSince()
        remind_booking(booking, by=self.request.user, now=self.now)
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s woman was reminded.", "%(count)s women were reminded.", count) % {"count": count}
        return ngettext("%(count)s woman will be reminded.", "%(count)s women will be reminded.", count) % {
            "count": count
        }
