"""Several bookings at once: what will happen to each is shown first, what happened to each afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.bookings import rules
from services.bookings.actions import cancel_booking, remind_booking
from services.bookings.enums import RUNNING, BookingState
from services.bookings.errors import ChangedSince
from services.bookings.models import Booking
from services.bookings.policies import may_change
from services.bookings.queries import reminded_since
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening import queries
from services.screening.desk.pages import DeskPage, desk_url
from services.screening.exporters import filters_of
from services.screening.forms.places import ReasonForm

MOST_AT_ONCE = 200
_CANCELLABLE = (*RUNNING, BookingState.CONFIRMED)
_SEALED_FOR = 3600


@dataclass(frozen=True, slots=True)
class Line:
    """One booking: whether something will happen (or happened) to it, and what in words."""

    booking: Booking | None
    good: bool
    words: str


class ManyBookings(DeskPage, TemplateView):
    """First POST: a preview of the ticked rows, or of all that match. Second POST: do it, row by row.

    The second one carries the rows under a seal, each with the moment of its last change as the preview saw it: what
    was changed since is reported and left alone. Sending it twice changes nothing more.
    """

    http_method_names = ["post"]
    template_name = "screening/desk/many.html"
    form_class = forms.Form
    serious = False

    def verdict(self, booking: Booking) -> str:
        """Why nothing will happen to it; empty when something will."""
        raise NotImplementedError

    def act(self, booking: Booking, seen: datetime, form) -> bool:
        """Call the action; False when it was done before. ``Refused`` is handled."""
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.trail(), {"url": desk_url("bookings"), "label": _("Bookings")}, here]

    @cached_property
    def within(self) -> QueryDict:
        return QueryDict(self.request.POST.get("within", "")[:1000])

    @property
    def back_url(self) -> str:
        query = self.within.urlencode()
        return f"{desk_url('bookings')}?{query}" if query else desk_url("bookings")

    def chosen(self) -> tuple[list[Booking], bool]:
        """The rows asked for, within her reach, and whether there were more than can be dealt with."""
        reach = queries.bookings_for(self.request.user)
        if self.request.POST.get("which") == "all":
            filters = filters_of(self.request.user, self.within)
            found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
        else:
            found = reach.filter(token__in=self.request.POST.getlist("booking")[: MOST_AT_ONCE + 1])
        rows = list(found.order_by("-pk")[: MOST_AT_ONCE + 1])
        return rows[:MOST_AT_ONCE], len(rows) > MOST_AT_ONCE

    def post(self, request):
        self.now = clock.now()
        if "sealed" in request.POST:
            return self.confirm()
        rows, more = self.chosen()
        if not rows:
            messages.error(request, _("Tick at least one booking in the list."))
            return redirect(self.back_url)
        return self.preview(rows, form=self.form_class(), more=more)

    def preview(self, rows: list[Booking], *, form, more: bool = False):
        self.prepare(rows)
        lines = [Line(row, not why, why or str(self.will)) for row in rows for why in [self.verdict(row)]]
        sealed = signing.dumps(
            [[line.booking.pk, line.booking.changed_at.isoformat()] for line in lines if line.good],
            salt=self.salt,
            compress=True,
        )
        return self.shown(lines, form=form, sealed=sealed, more=more)

    def confirm(self):
        try:
            sealed = signing.loads(self.request.POST["sealed"], salt=self.salt, max_age=_SEALED_FOR)
        except signing.BadSignature:
            messages.error(self.request, _("This preview is too old. Choose the bookings once more."))
            return redirect(self.back_url)
        seen = {key: datetime.fromisoformat(moment) for key, moment in sealed}
        rows = {row.pk: row for row in queries.bookings_for(self.request.user).filter(pk__in=list(seen))}
        form = self.form_class(self.request.POST)
        if not form.is_valid():
            return self.preview(list(rows.values()), form=form)
        lines = [self.outcome(rows.get(key), moment, form) for key, moment in seen.items()]
        return self.shown(lines, done=True)

    def outcome(self, booking: Booking | None, seen: datetime, form) -> Line:
        if booking is None:
            return Line(None, False, _("A booking isn't within your reach any more and was left as it is."))
        try:
            if self.act(booking, seen, form):
                return Line(booking, True, str(self.happened))
            return Line(booking, False, str(self.before))
        except Refused as refusal:
            return Line(booking, False, refusal.message(staff=True))
        except PermissionDenied as denied:
            return Line(booking, False, str(denied))

    @property
    def salt(self) -> str:
        return f"screening.many:{type(self).__name__}:{self.request.user.pk}"

    def prepare(self, rows: list[Booking]) -> None:
        """Read what the verdicts need, for all rows at once."""

    def shown(self, lines: list[Line], **context):
        count = sum(line.good for line in lines)
        context = {"form": None, "sealed": "", "done": False, "more": False} | context
        return self.render_to_response(
            self.get_context_data(
                lines=lines,
                count=count,
                left=len(lines) - count,
                sentence=self.sentence(count, context["done"]),
                most=MOST_AT_ONCE,
                within=self.within.urlencode(),
                back_url=self.back_url,
                **context,
            )
        )


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

    def act(self, booking, seen, form):
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

    def act(self, booking, seen, form):
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
