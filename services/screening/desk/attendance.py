"""Marking women as not come, taking that back, and excusing missed places, for many bookings of the list at once."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.bookings import rules
from services.bookings.actions import excuse_missed, mark_no_show, undo_no_show
from services.bookings.enums import BookingState
from services.bookings.errors import ChangedSince, CorrectionOver
from services.bookings.policies import may_excuse, may_mark_attendance
from services.bookings.queries import missed_among
from services.screening.desk.many import ManyBookings
from services.screening.forms.waiting import ExcuseForm


class MarkAbsent(ManyBookings):
    page_title = gettext_lazy("Mark as not come")
    button = gettext_lazy("Mark as not come")
    will = gettext_lazy("Will be marked as not come. It counts as a missed place until it is excused or corrected.")
    happened = gettext_lazy("Marked as not come.")
    before = gettext_lazy("Nothing: it was marked already.")

    def verdict(self, booking):
        if booking.state != BookingState.CONFIRMED:
            return _("Nothing: it is “%(state)s”.") % {"state": booking.get_state_display()}
        if booking.session.ends_at > self.now:
            return _("Nothing: the session isn't over.")
        allowed = may_mark_attendance(self.request.user, booking.session)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def deal_with(self, booking, seen, form):
        if booking.state == BookingState.NO_SHOW:
            return False
        if booking.changed_at != seen:
            raise ChangedSince()
        booking.state = mark_no_show(booking, by=self.request.user, now=self.now).state
        return True

    def sentence(self, count, done):
        if done:
            return ngettext(
                "%(count)s woman is marked as not come.", "%(count)s women are marked as not come.", count
            ) % {"count": count}
        return ngettext(
            "%(count)s woman will be marked as not come.", "%(count)s women will be marked as not come.", count
        ) % {"count": count}


class CameAfterAll(ManyBookings):
    page_title = gettext_lazy("Came after all")
    button = gettext_lazy("Record that they came")
    will = gettext_lazy("Will be recorded as come; the missed place is forgotten.")
    happened = gettext_lazy("Recorded as come.")
    before = gettext_lazy("Nothing: it was corrected already.")

    def verdict(self, booking):
        if booking.state != BookingState.NO_SHOW:
            return _("Nothing: it is “%(state)s”.") % {"state": booking.get_state_display()}
        days = booking.offering.correction_days
        if not rules.correctable(self.now, ends_at=booking.session.ends_at, days=days):
            return _("Nothing: %(why)s") % {"why": CorrectionOver(days=days).message(staff=True)}
        allowed = may_mark_attendance(self.request.user, booking.session)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def deal_with(self, booking, seen, form):
        if booking.state == BookingState.ATTENDED:
            return False
        if booking.changed_at != seen:
            raise ChangedSince()
        booking.state = undo_no_show(booking, by=self.request.user, now=self.now).state
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s woman is recorded as come.", "%(count)s women are recorded as come.", count) % {
                "count": count
            }
        return ngettext(
            "%(count)s woman will be recorded as come.", "%(count)s women will be recorded as come.", count
        ) % {"count": count}


class ExcuseMissed(ManyBookings):
    page_title = gettext_lazy("Excuse missed places")
    button = gettext_lazy("Excuse missed places")
    form_class = ExcuseForm
    will = gettext_lazy("Will be excused: it counts no more and is forgotten. What kept her isn't written down.")
    happened = gettext_lazy("Excused.")
    before = ""

    def prepare(self, rows):
        self.missed = missed_among(row.pk for row in rows)

    def verdict(self, booking):
        if booking.pk not in self.missed:
            return _("Nothing: no missed place counts for it.")
        allowed = may_excuse(self.request.user, booking)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def deal_with(self, booking, seen, form):
        excuse_missed(booking, reason=form.cleaned_data["reason"], by=self.request.user, now=self.now)
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s missed place is excused.", "%(count)s missed places are excused.", count) % {
                "count": count
            }
        return ngettext(
            "%(count)s missed place will be excused.", "%(count)s missed places will be excused.", count
        ) % {"count": count}
