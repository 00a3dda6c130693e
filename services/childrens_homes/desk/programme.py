"""A programme: its numbers, what its words are taken to mean, its milestones' days."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from services.childrens_homes import errors, policies
from services.childrens_homes.actions import programmes
from services.childrens_homes.desk.pages import HomesPage, LeadingProgramme, OfProgramme, desk_url
from services.childrens_homes.enums import ProgrammeState, RequirementCode
from services.childrens_homes.forms.fields import ReasonForm
from services.childrens_homes.forms.programme import DefinitionForm, MilestoneForm, ProgrammeForm, RequirementForm
from services.childrens_homes.models import Milestone, Programme, Requirement
from services.childrens_homes.queries.homes import cities_led_by
from services.childrens_homes.queries.requirements import in_force, versions_of
from services.childrens_homes.queries.siting import definitions_of
from services.childrens_homes.queries.story import story_of
from services.foundation.desk import Confirm, StepForm
from services.foundation.unchanged import FIELD


def _numbers(form) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if name != FIELD}


class ProgrammeDetail(OfProgramme, TemplateView):
    template_name = "childrens_homes/desk/programme.html"

    def get_page_title(self):
        return str(self.programme)

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": str(self.programme)}]

    def get_context_data(self, **kwargs):
        leads = bool(policies.may_lead(self.request.user, self.programme.city))
        versions = versions_of(self.programme)
        milestones = Milestone.objects.unscoped().filter(programme=self.programme)
        return super().get_context_data(
            leads=leads,
            requirements=[(one, versions[one][0], versions[one][1:]) for one in RequirementCode if one in versions],
            milestones=list(milestones.order_by("code")),
            definitions=list(definitions_of(self.programme.city)),
            may_edit=leads and self.programme.state == ProgrammeState.DRAFT,
            may_start=leads and self.programme.state == ProgrammeState.DRAFT,
            may_close=leads and self.programme.state == ProgrammeState.ACTIVE,
            history=story_of(self.programme),
            **kwargs,
        )


class ProgrammeAdd(StepForm, HomesPage):
    page_title = gettext_lazy("Set up a programme")
    form_class = ProgrammeForm
    submit_label = gettext_lazy("Set it up as a draft")
    intro = gettext_lazy(
        "Homes at schools and homes below school age add up to the total. The pass mark has no default: it can be left "
        "open in a draft, and must be set before the programme starts."
    )

    def allowed(self):
        return policies.may_lead_somewhere(self.request.user)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"instance": Programme()}

    def act(self, form):
        self.made = programmes.set_up(cities_led_by(self.request.user)[0], by=self.request.user, **_numbers(form))
        return _("The programme is set up as a draft.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return desk_url("programme", made.year) if made else desk_url("overview")


class ProgrammeEdit(StepForm, LeadingProgramme):
    page_title = gettext_lazy("Change the numbers")
    form_class = ProgrammeForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"instance": self.programme}

    def act(self, form):
        self.changed = programmes.change(self.programme, by=self.request.user, **_numbers(form))
        return _("Saved.")

    def get_success_url(self):
        return desk_url("programme", getattr(self, "changed", self.programme).year)


class ProgrammeStart(Confirm, LeadingProgramme):
    page_title = submit_label = gettext_lazy("Start the programme")
    intro = gettext_lazy("From now on sites are applied for. Its numbers can't be changed any more.")

    def act(self, form):
        programmes.activate(self.programme, by=self.request.user)
        return _("The programme runs.")


class ProgrammeClose(StepForm, LeadingProgramme):
    page_title = submit_label = pgettext_lazy("programme of homes", "Close the programme")
    form_class = ReasonForm
    danger = True
    intro = gettext_lazy("Nothing more is planned in it. Its homes stay open.")

    def act(self, form):
        programmes.close(self.programme, by=self.request.user, **form.cleaned_data)
        return _("The programme is closed.")


class RequirementEdit(StepForm, LeadingProgramme):
    page_title = gettext_lazy("Read the words anew")
    form_class = RequirementForm
    field_of = {errors.ReasonMissing.code: "reason"}

    @cached_property
    def requirement(self) -> Requirement:
        found = in_force(self.programme).get(self.kwargs["code"])
        return found or get_object_or_404(Requirement.objects.unscoped(), pk=0)

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.requirement  # noqa: B018 - an unknown subject is answered before the form is drawn
        return verdict

    @property
    def intro(self):
        return f"{self.requirement.get_code_display()} · {self.requirement.phrase or self.requirement.note}"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["initial"] = {"reason": ""}
        return kwargs | {"instance": self.requirement, "code": self.requirement.code}

    def act(self, form):
        programmes.set_requirement(self.programme, self.requirement.code, by=self.request.user, **form.cleaned_data)
        return _("From now on it is read so; the earlier reading stays beside it.")


class MilestoneEdit(StepForm, LeadingProgramme):
    page_title = gettext_lazy("Move a milestone")
    form_class = MilestoneForm
    field_of = {errors.ReasonMissing.code: "reason"}

    @cached_property
    def milestone(self) -> Milestone:
        rows = Milestone.objects.unscoped().filter(programme=self.programme).select_related("programme__city")
        return get_object_or_404(rows, code=self.kwargs["code"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.milestone  # noqa: B018 - an unknown one is answered before the form is drawn
        return verdict

    @property
    def intro(self):
        return f"{self.milestone.code} {self.milestone.get_code_display()} · {self.milestone.phrase}"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"instance": self.milestone}

    def act(self, form):
        programmes.set_milestone(self.milestone, by=self.request.user, **form.cleaned_data)
        return _("Its days are set anew.")


class DefinitionAdd(StepForm, LeadingProgramme):
    page_title = gettext_lazy("Define anew who counts as left behind")
    form_class = DefinitionForm
    intro = gettext_lazy(
        "Censuses taken so far keep their definition. Numbers by two definitions are compared only with a warning."
    )

    def act(self, form):
        programmes.set_definition(self.programme.city, by=self.request.user, **form.cleaned_data)
        return _("The definition is there for the next census.")
