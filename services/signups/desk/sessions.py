"""Sessions of an activity: adding, changing, removing."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from services.bookings import errors as booking_errors
from services.bookings.models import Booking
from services.foundation import clock
from services.signups import actions, errors
from services.signups.desk.pages import ActionForm, ActivityPage, Confirm, ManagerPage
from services.signups.forms.activity import SessionForm

FIELD_OF = {
    booking_errors.SessionExists.code: "starts_at",
    booking_errors.SessionWindow.code: "ends_at",
    booking_errors.CapacityBelowTaken.code: "capacity",
    booking_errors.NotEnoughLeft.code: "capacity",
    booking_errors.IntoThePast.code: "starts_at",
    errors.SessionInThePast.code: "starts_at",
    errors.PlaceElsewhere.code: "address",
}


class SessionAdd(ActionForm, ManagerPage):
    page_title = _("Add a session")
    form_class = SessionForm
    field_of = FIELD_OF

    def get_form_kwargs(self):
        last = self.offering.sessions.select_related("venue").order_by("-pk").first()
        return super().get_form_kwargs() | {"now": clock.now(), "like": last}

    def act(self, form):
        actions.add_session(self.activity, by=self.request.user, now=clock.now(), **form.fields_of_action())
        return _("The session is added.")


class OneSession(ActivityPage):
    """A page about one session of this activity; any other is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = self.offering.sessions.filter(capacity__gt=0)
        related = ("venue__provider", "venue__organization", "offering__organization")
        self.session = get_object_or_404(rows.select_related(*related), token=kwargs["token"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(session=self.session, **kwargs)


class TellsWhoIsAffected(OneSession):
    """What women's places stand in the way of is refused with those whom she reaches."""

    affected = ()

    def field_for(self, refusal):
        if isinstance(refusal, booking_errors.InTheWay):
            women = Booking.objects.visible_to(self.request.user).select_related("worker__organization")
            self.affected = women.filter(pk__in=[one.pk for one in refusal.bookings]).order_by("-created_at", "-pk")
        return super().field_for(refusal)

    def get_context_data(self, **kwargs):
        return super().get_context_data(affected=self.affected, **kwargs)


class SessionEdit(TellsWhoIsAffected, ActionForm, ManagerPage):
    page_title = _("Change the session")
    template_name = "signups/desk/session_form.html"
    form_class = SessionForm
    field_of = FIELD_OF

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"now": clock.now(), "session": self.session}

    def act(self, form):
        told = form.fields_of_action()
        actions.edit_session(self.session, activity=self.activity, by=self.request.user, now=clock.now(), **told)
        return _("The session is saved.")


class SessionRemove(TellsWhoIsAffected, Confirm, ManagerPage):
    page_title = submit_label = _("Remove the session")
    template_name = "signups/desk/session_form.html"
    intro = _("It vanishes from the public site. A session in which women have a place can't be removed.")
    danger = True

    def act(self, form):
        actions.remove_session(self.session, activity=self.activity, by=self.request.user, now=clock.now())
        return _("The session is removed.")
