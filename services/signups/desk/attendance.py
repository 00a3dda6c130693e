"""Who came: ticked on a list, the rest marked as absent, and the list on paper."""

from django.http import QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, npgettext
from django.views.generic import TemplateView

from services.bookings.actions import record_absences, record_attendance
from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.foundation import clock
from services.signups import queries, wording
from services.signups.desk.lists import to_file
from services.signups.desk.pages import Confirm, ManagerPage, desk_url
from services.signups.desk.sessions import OneSession


def _when(session) -> str:
    return f"{session.venue.name} {timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}"


class Attendance(OneSession, Confirm, ManagerPage):
    """Tick who came. Nobody is marked as absent by being left out."""

    template_name = "signups/desk/attendance.html"
    page_title = _("Who came")
    submit_label = _("Record who came")

    def get_page_subtitle(self):
        return _when(self.session)

    def get_success_url(self):
        return desk_url("attendance", self.activity.code, self.session.token)

    @cached_property
    def header_buttons(self):
        of_session = QueryDict(mutable=True)
        of_session.update({"activity": self.activity.code, "session": self.session.token})
        return [to_file("signups", of_session)]

    def act(self, form):
        ticked = queries.expected_at(self.session).filter(token__in=self.request.POST.getlist("came"))
        came = record_attendance(self.session.venue, list(ticked), by=self.request.user, now=clock.now())
        return npgettext(
            "activity", "%(count)s woman is recorded as come.", "%(count)s women are recorded as come.", came
        ) % {"count": came}

    def get_context_data(self, **kwargs):
        rows = list(queries.expected_at(self.session))
        ticked = set(self.request.POST.getlist("came"))
        now = clock.now()
        context = super().get_context_data(
            rows=[
                {"booking": row, "ticked": row.token in ticked, "state_words": wording.state_of(row)} for row in rows
            ],
            attended=sum(row.state == BookingState.ATTENDED for row in rows),
            open=sum(row.state == BookingState.CONFIRMED for row in rows),
            begun=timezone.localdate(self.session.starts_at) <= timezone.localdate(now),
            over=self.session.ends_at <= now,
            **kwargs,
        )
        return context | {"back_url": desk_url("activity", self.activity.code)}


class Absent(OneSession, Confirm, ManagerPage):
    """After the session: whoever wasn't checked in did not come."""

    page_title = submit_label = _("Mark the others as not come")
    danger = True

    def get_success_url(self):
        return desk_url("attendance", self.activity.code, self.session.token)

    @property
    def intro(self):
        open_ones = Booking.objects.unscoped().filter(session=self.session, state=BookingState.CONFIRMED).count()
        return ngettext(
            "%(count)s woman who was not checked in is marked as not come. It can be corrected for some days.",
            "%(count)s women who were not checked in are marked as not come. It can be corrected for some days.",
            open_ones,
        ) % {"count": open_ones}

    def act(self, form):
        absent = record_absences(self.session, by=self.request.user, now=clock.now())
        return npgettext(
            "activity", "%(count)s woman is marked as not come.", "%(count)s women are marked as not come.", absent
        ) % {"count": absent}


class Roll(OneSession, ManagerPage, TemplateView):
    """The A4 list for the door, with room for signatures."""

    def get(self, request, *args, **kwargs):
        rows = list(queries.expected_at(self.session))
        for row in rows:
            row.state_words = wording.state_of(row)
        context = {"activity": self.activity, "session": self.session, "rows": rows, "printed_at": clock.now()}
        return TemplateResponse(request, "signups/desk/roll.html", context)
