"""Signing a woman up in her name: whom, and then what she herself would choose and answer."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services.bookings.queries import places_for, sessions_ahead
from services.foundation import clock
from services.foundation.desk_filters import searched_text
from services.organizations.enums import ROSTER_WRITERS
from services.signups import actions, errors, policies, queries
from services.signups.desk.pages import ActionForm, ActivityPage, desk_url
from services.signups.forms.for_her import ForHerForm
from services.signups.queries.signups import MOST_FOUND
from services.workers.models import Worker


class _InHerName(ActivityPage):
    def allowed(self):
        return super().allowed() and policies.may_sign_up_others(self.request.user)


class FindHer(_InHerName, TemplateView):
    """Whom? A number travels in the body of a POST and is forgotten with the answer."""

    template_name = "signups/desk/find_her.html"
    page_title = gettext_lazy("Sign up a woman")
    header_icon = "user"

    def post(self, request, *args, **kwargs):
        found = queries.women_to_sign_up(request.user, searched_text(request), today=clock.today())
        if len(found) == 1:
            return redirect(desk_url("for_her", self.activity.code, found[0].token))
        context = {"found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND, "looked": True}
        return self.render_to_response(self.get_context_data(**context))


class ForHer(_InHerName, ActionForm):
    template_name = "signups/desk/for_her.html"
    page_title = gettext_lazy("Sign up a woman")
    submit_label = gettext_lazy("Sign her up")
    header_icon = "user"
    form_class = ForHerForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        hers = Worker.objects.visible_to(request.user, roles=ROSTER_WRITERS).select_related("organization", "user")
        self.worker = get_object_or_404(hers, token=kwargs["worker"])
        self.now, self.done = clock.now(), ""

    def trail(self):
        return [*super().trail(), {"url": desk_url("find_her", self.activity.code), "label": self.page_title}]

    def get_page_title(self):
        return self.worker.name

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "sessions": list(sessions_ahead(self.offering, self.now)),
            "questions": queries.questions_of(self.activity),
            "answers": queries.answers_of(self.activity, self.worker),
            "waiting_list": self.offering.waiting_list,
        }

    def field_for(self, refusal):
        return "asked" if isinstance(refusal, errors.NotAsked) else "session"

    def act(self, form):
        said = form.cleaned_data
        told = {"session": said["session"], "answers": form.answers(), "worker": self.worker, "asked": said["asked"]}
        try:
            return self._waits(told) if form.waits else self._signs_up(told)
        except errors.AnswersWrong as wrong:
            form.refuse(wrong.faults)
            raise

    def _signs_up(self, told: dict) -> str:
        booking = actions.sign_up_for_her(self.activity, by=self.request.user, now=self.now, **told)
        self.done = "signups"
        return _("%(name)s has a place; she is told. Number %(number)s.") % {
            "name": self.worker.name,
            "number": booking.number,
        }

    def _waits(self, told: dict) -> str:
        actions.join_waiting_list_for_her(self.activity, by=self.request.user, now=self.now, **told)
        self.done = "waiting"
        return _("%(name)s stands on the waiting list.") % {"name": self.worker.name}

    def get_success_url(self):
        if not self.done:
            return desk_url("find_her", self.activity.code)
        return f"{desk_url(self.done)}?{urlencode({'activity': self.activity.code, 'person': self.worker.token})}"

    def get_context_data(self, **kwargs):
        drawable = places_for(self.offering, self.worker.organization)
        return super().get_context_data(worker=self.worker, drawable=drawable, **kwargs)
