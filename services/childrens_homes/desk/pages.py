"""What every page about homes shares: the right to be there, the way back up, the home of the address.

The apps that grow from the homes import ``HomePage`` and ``StepForm`` for pages of their own.
"""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.childrens_homes import policies
from services.childrens_homes.forms.fields import ReasonForm
from services.childrens_homes.models import Home, Programme
from services.childrens_homes.queries.homes import homes_for, programmes_for
from services.childrens_homes.workflow import verbs_from
from services.foundation.desk import DeskView, StepForm
from services.foundation.verdict import Verdict

NAMESPACE = "childrens_homes_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def home_url(home: Home) -> str:
    """The one page of a home."""
    return desk_url("home", home.code)


class HomesPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "home"
    parents: tuple[tuple[str, str], ...] = ()

    def allowed(self) -> Verdict:
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        above = [{"url": desk_url("overview"), "label": _("Children's homes")}]
        above += [{"url": desk_url(name), "label": label} for name, label in self.parents]
        return [*self.breadcrumbs_items, *above]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class HomePage(HomesPage):
    """A page about the home whose code stands in the address; a home beyond her reach doesn't exist for her (404)."""

    @cached_property
    def home(self) -> Home:
        return get_object_or_404(homes_for(self.request.user), code=self.kwargs["code"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.home  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        here = {"url": home_url(self.home), "label": self.home.host.name}
        return [*super().trail(), {"url": desk_url("homes"), "label": _("Homes")}, here]

    def get_success_url(self):
        return home_url(self.home)

    def get_page_subtitle(self):
        return f"{self.home.host.name} · {self.home.code}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(home=self.home, **kwargs)


class Keeping(HomePage):
    """What the county's women's federation decides about a home."""

    def allowed(self):
        return super().allowed() and policies.may_keep(self.request.user, self.home)


class Running(HomePage):
    """Daily work of a home."""

    def allowed(self):
        return super().allowed() and policies.may_run(self.request.user, self.home)


class ByVerb(StepForm):
    """One step of a table of stages: ``verb`` stands in the address, its words in ``words``. A reason where the table
    asks for one."""

    words: dict = {}
    table: tuple = ()

    @cached_property
    def verb(self):
        found = self.words.get(self.kwargs["verb"])
        if found is None:
            raise Http404
        return found

    @property
    def needs_reason(self) -> bool:
        return any(one.verb == self.kwargs["verb"] and one.needs_reason for one in self.table)

    def get_form_class(self):
        return ReasonForm if self.needs_reason else forms.Form

    def get_page_title(self):
        return self.verb.button

    @property
    def submit_label(self):
        return self.verb.button

    @property
    def intro(self):
        return self.verb.intro

    @property
    def danger(self):
        return self.verb.danger

    field_of = {"reason_missing": "reason"}

    def act(self, form):
        self.move(form.cleaned_data.get("reason", ""), form)
        return str(self.verb.done)

    def move(self, reason: str, form) -> None:
        """Call the action."""
        raise NotImplementedError


class OfProgramme(HomesPage):
    """The programme of the year in the address, of a city that she stands in."""

    @cached_property
    def programme(self) -> Programme:
        found = programmes_for(self.request.user).filter(year=self.kwargs["year"]).first()
        if found is None:
            raise Http404
        return found

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.programme  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        here = {"url": desk_url("programme", self.programme.year), "label": str(self.programme)}
        return [*super().trail(), here]

    def get_success_url(self):
        return desk_url("programme", self.programme.year)

    def get_page_subtitle(self):
        return str(self.programme)

    def get_context_data(self, **kwargs):
        return super().get_context_data(programme=self.programme, **kwargs)


class LeadingProgramme(OfProgramme):
    def allowed(self):
        return super().allowed() and policies.may_lead(self.request.user, self.programme.city)


def steps_of(table, row, words: dict, *, may, url) -> list[dict]:
    """The steps that she may take now, the one that is due first: ``may(level)``, ``url(verb)``."""
    taken = [(step, words[step.verb]) for step in verbs_from(table, row.state) if step.verb in words and may(step.who)]
    taken.sort(key=lambda one: one[1].danger)
    return [
        {"url": url(step.verb), "label": verb.button, "first": not place and not verb.danger}
        for place, (step, verb) in enumerate(taken)
    ]
