"""The construction plan: its versions, one with its lines and opinions, what a version changed."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.childrens_homes import errors, policies, workflow
from services.childrens_homes.actions import plans
from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import ByVerb, HomesPage, LeadingProgramme, desk_url, steps_of
from services.childrens_homes.enums import PlanState, Profile, ProgrammeState
from services.childrens_homes.forms.siting import AmendForm, OpinionForm
from services.childrens_homes.models import ConstructionPlan, PlanLine
from services.childrens_homes.queries.siting import lines_of, open_for_plan, plans_for
from services.childrens_homes.queries.story import story_of
from services.childrens_homes.rules.plans import adds_up, difference
from services.childrens_homes.wording import verbs
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import Refused


def address(plan: ConstructionPlan, name: str = "plan", *more) -> str:
    return desk_url(name, plan.programme.year, plan.version, *more)


class PlanList(ProgrammePage, TemplateView):
    """The versions of a programme's plan, the latest first."""

    page_title = gettext_lazy("Construction plan")
    template_name = "childrens_homes/desk/plans.html"

    def get_context_data(self, **kwargs):
        rows = []
        leads = False
        if self.programme:
            rows = list(plans_for(self.request.user).filter(programme=self.programme))
            leads = bool(policies.may_lead(self.request.user, self.programme.city))
        making = any(one.state in plans.MAKING for one in rows)
        runs = self.programme is not None and self.programme.state == ProgrammeState.ACTIVE
        return super().get_context_data(
            plans=[(one, address(one)) for one in rows], may_draft=leads and runs and not making, **kwargs
        )


class PlanDraft(StepForm, LeadingProgramme):
    page_title = gettext_lazy("Make a version of the plan")
    submit_label = gettext_lazy("Begin")

    @cached_property
    def before(self) -> ConstructionPlan | None:
        return plans_for(self.request.user).filter(programme=self.programme).first()

    def get_form_class(self):
        return AmendForm if self.before else forms.Form

    @property
    def intro(self):
        if self.before:
            return _("It begins with the lines of version %(version)s.") % {"version": self.before.version}
        return _("It begins empty: put the applications under review into it.")

    def act(self, form):
        self.made = plans.draft_plan(self.programme, by=self.request.user, **form.cleaned_data)
        return _("The version is a draft.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return address(made) if made else f"{desk_url('plans')}?year={self.programme.year}"


class OnePlan(HomesPage):
    """Drafts are the city's own: for everybody else they don't exist (404)."""

    @cached_property
    def plan(self) -> ConstructionPlan:
        rows = plans_for(self.request.user)
        return get_object_or_404(rows, programme__year=self.kwargs["year"], version=self.kwargs["version"])

    @property
    def title(self) -> str:
        words = {"year": self.plan.programme.year, "version": self.plan.version}
        return _("Construction plan %(year)s, version %(version)s") % words

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.plan  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        above = [
            {"url": f"{desk_url('plans')}?year={self.plan.programme.year}", "label": _("Construction plan")},
            {"url": address(self.plan), "label": self.title},
        ]
        return [*super().trail(), *above]

    def get_success_url(self):
        return address(self.plan)

    def get_page_subtitle(self):
        return self.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, **kwargs)


class LeadingPlan(OnePlan):
    def allowed(self):
        return super().allowed() and policies.may_lead(self.request.user, self.plan.programme.city)


def changed_since(before: ConstructionPlan, lines: list[PlanLine]) -> list[tuple[str, str, str]]:
    """(what happened, host, detail) between an earlier version and these lines."""
    earlier = {line.host: (line.profile, line.site_type) for line in lines_of(before)}
    now = {line.host: (line.profile, line.site_type) for line in lines}
    names = {host.path: host.name for host in (*earlier, *now)}
    said = difference(
        {host.path: what for host, what in earlier.items()}, {host.path: what for host, what in now.items()}
    )
    return [
        *((_("added"), names[path], "") for path in said.added),
        *((_("dropped"), names[path], "") for path in said.dropped),
        *((_("changed"), names[path], _("another standard or kind of site")) for path in said.changed),
    ]


class PlanDetail(OnePlan, TemplateView):
    """``?against=1`` compares with that version; without it, with the one before."""

    template_name = "childrens_homes/desk/plan.html"

    def get_page_title(self):
        return self.title

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.title}]

    @cached_property
    def others(self) -> list[ConstructionPlan]:
        rows = plans_for(self.request.user).filter(programme=self.plan.programme)
        return [one for one in rows if one.version < self.plan.version]

    def get_context_data(self, **kwargs):
        plan, user = self.plan, self.request.user
        leads = bool(policies.may_lead(user, plan.programme.city))
        lines = lines_of(plan)
        asked = self.request.GET.get("against", "")
        before = next(
            (one for one in self.others if str(one.version) == asked), self.others[0] if self.others else None
        )
        drafting = leads and plan.state == PlanState.DRAFT
        waits = leads and plan.state == PlanState.CONSULT and plans.is_first_person(plan, user)
        table = tuple(step for step in workflow.PLAN if not (waits and step.verb == "approve"))
        return super().get_context_data(
            lines=lines,
            sums=[
                (Profile(one.code[7:]).label, one.figures["lines"], one.figures["target"], one.passed)
                for one in adds_up([line.profile for line in lines], plans.targets_of(plan.programme))
            ],
            opinions=list(plan.opinions.all()),
            may_record=leads and plan.state == PlanState.CONSULT,
            drafting=drafting,
            open_applications=list(open_for_plan(plan)) if drafting else [],
            before=before,
            others=self.others,
            changes=changed_since(before, lines) if before else [],
            waits_for_another=waits,
            steps=steps_of(
                table,
                plan,
                verbs.PLAN,
                may=lambda level: leads,
                url=lambda verb: address(plan, "plan_step", verb),
            ),
            history=story_of(plan) if leads else [],
            **kwargs,
        )


class PlanLines(LeadingPlan, View):
    """Puts the ticked applications in, or takes a line out."""

    http_method_names = ["post"]

    def post(self, request, year, version):
        try:
            if host := request.POST.get("drop", ""):
                plans.drop_line(self.plan, host[:40], by=request.user)
                messages.success(request, _("The site left the draft."))
            else:
                tokens = request.POST.getlist("application")[:500]
                ticked = list(open_for_plan(self.plan).filter(token__in=tokens))
                count = plans.add_lines(self.plan, ticked, by=request.user)
                messages.success(request, _("%(count)s sites came into the draft.") % {"count": count})
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(address(self.plan))


class PlanStep(ByVerb, LeadingPlan):
    words, table = verbs.PLAN, workflow.PLAN

    def move(self, reason, form):
        plans.move_plan(self.plan, self.kwargs["verb"], by=self.request.user, now=clock.now(), reason=reason)


class OpinionAdd(StepForm, LeadingPlan):
    page_title = gettext_lazy("Record an opinion")
    submit_label = pgettext_lazy("opinion", "Record it")
    form_class = OpinionForm
    field_of = {errors.ReasonMissing.code: "words"}

    def get_initial(self):
        return {"given_on": clock.today(), "agrees": "yes"}

    def act(self, form):
        plans.record_opinion(self.plan, by=self.request.user, **form.cleaned_data)
        return _("The opinion is on record.")
