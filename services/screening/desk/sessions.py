"""Sessions of a programme: the table by site and day, one, a series, changing and removing."""

from itertools import groupby

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings import errors
from services.bookings.actions import add_session, edit_session, remove_session
from services.bookings.enums import LIVE
from services.bookings.models import Booking, Session
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening.actions import add_series
from services.screening.desk.pages import ActionForm, Confirm, ManagerPage, ProgrammePage, desk_url
from services.screening.forms.sessions import SeriesForm, SessionForm

FIELD_OF = {
    errors.SessionExists.code: "starts_at",
    errors.SessionWindow.code: "ends_at",
    errors.CapacityBelowTaken.code: "capacity",
    errors.SessionPast.code: "starts_at",
    errors.IntoThePast.code: "starts_at",
}


class SessionList(ProgrammePage, TemplateView):
    """All sessions, by site and day; those to come first, the past ones folded away."""

    page_title = pgettext_lazy("screening", "Sessions")
    template_name = "screening/desk/sessions.html"

    @cached_property
    def header_buttons(self):
        if not self.may_manage:
            return []
        code = self.programme.code
        return [
            HeaderButton(_("Add a series"), url=desk_url("series", code), icon_name="plus", priority=10),
            HeaderButton(_("Add one session"), url=desk_url("session_add", code), icon_name="date", priority=20),
        ]

    def get_context_data(self, **kwargs):
        sessions = self.offering.sessions.select_related("venue__provider")
        rows = list(sessions.order_by("venue__provider__name", "venue__name", "starts_at"))
        now = clock.now()
        ahead = [row for row in rows if row.ends_at > now]
        past = [row for row in rows if row.ends_at <= now]
        return super().get_context_data(sites=by_site(ahead), past_sites=by_site(past), **kwargs)


def by_site(sessions) -> list[dict]:
    """Sessions in order, grouped as site, then day."""
    sites = []
    for venue, at_site in groupby(sessions, key=lambda session: session.venue):
        rows = list(at_site)
        sites.append(
            {
                "venue": venue,
                "rows": rows,
                "capacity": sum(row.capacity for row in rows),
                "taken": sum(row.taken for row in rows),
            }
        )
    return sites


class BelowSessions(ManagerPage):
    """A page below the list of sessions."""

    def trail(self):
        return [
            *super().trail(),
            {"url": desk_url("sessions", self.programme.code), "label": pgettext_lazy("screening", "Sessions")},
        ]

    def get_success_url(self):
        return desk_url("sessions", self.programme.code)


class SessionAdd(ActionForm, BelowSessions):
    page_title = _("Add one session")
    form_class = SessionForm
    field_of = FIELD_OF

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "now": clock.now()}

    def act(self, form):
        add_session(self.offering, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The session is added.")


class SessionPage(BelowSessions):
    """A page about one session of this programme; any other is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        sessions = self.offering.sessions.select_related("venue__provider", "offering__organization")
        self.session = get_object_or_404(sessions, token=kwargs["token"])


class TellsWhoIsAffected(SessionPage):
    """What women's places stand in the way of is refused with the bookings of those whom she reaches."""

    affected = ()

    def field_for(self, refusal: Refused):
        if isinstance(refusal, errors.InTheWay):
            self.affected = self.women().filter(pk__in=[booking.pk for booking in refusal.bookings])
        return super().field_for(refusal)

    def women(self):
        women = Booking.objects.visible_to(self.request.user).select_related("worker__organization")
        return women.order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(session=self.session, affected=self.affected, **kwargs)


class SessionEdit(TellsWhoIsAffected, ActionForm, BelowSessions):
    """A capacity below what is taken, or a time that is over, is refused with the bookings that stand in the way."""

    page_title = _("Change the session")
    template_name = "screening/desk/session_form.html"
    form_class = SessionForm
    field_of = FIELD_OF

    def get_form_kwargs(self):
        session = Session.objects.get(pk=self.session.pk)
        return super().get_form_kwargs() | {"user": self.request.user, "now": clock.now(), "instance": session}

    def act(self, form):
        edit_session(self.session, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The session is saved.")

    def form_invalid(self, form):
        if form.has_error("starts_at", SessionForm.PAST):
            self.affected = self.women().filter(session=self.session, state__in=LIVE)
        return super().form_invalid(form)


class SessionRemove(TellsWhoIsAffected, Confirm, BelowSessions):
    template_name = "screening/desk/session_remove.html"
    page_title = submit_label = _("Remove the session")
    intro = _("It vanishes from the public site. A session in which women have a place can't be removed.")
    danger = True

    def act(self, form):
        remove_session(self.session, by=self.request.user, now=clock.now())
        return _("The session is removed.")

    def get_page_subtitle(self):
        return f"{self.session.venue.name} {timezone.localtime(self.session.starts_at):%Y-%m-%d %H:%M}"


class SeriesAdd(ActionForm, BelowSessions):
    """A series in two steps: see what would be made, then make it. Those that exist already are left alone."""

    page_title = _("Add a series")
    template_name = "screening/desk/series.html"
    form_class = SeriesForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "today": clock.today(), "now": clock.now()}

    def form_valid(self, form):
        known = self.offering.sessions.values_list("venue", "starts_at")
        plan = form.planned(frozenset((venue, timezone.localtime(starts)) for venue, starts in known))
        if "make" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, plan=plan))
        self.plan = plan
        return super().form_valid(form)

    def act(self, form):
        new = [line.fields() for line in self.plan if not line.exists]
        made = add_series(self.programme, sessions=new, by=self.request.user, now=clock.now())
        return ngettext("%(count)s session is added.", "%(count)s sessions are added.", made) % {"count": made}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        plan = context.get("plan")
        if plan:
            new = [line for line in plan if not line.exists]
            context["new_count"], context["new_places"] = len(new), sum(line.capacity for line in new)
        return context
