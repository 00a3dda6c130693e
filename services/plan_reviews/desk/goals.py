"""The responsibility table of a plan: goals, units, targets; goals without a number are judged by hand."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services.foundation import clock
from services.indicators.enums import Domain
from services.organizations.models import Organization
from services.plan_reviews import errors, policies, wording
from services.plan_reviews.actions import plans as actions
from services.plan_reviews.desk.pages import OfPlan, OneClick, ReviewPage, StepForm, desk_url
from services.plan_reviews.enums import Origin
from services.plan_reviews.forms.steps import GoalForm, JudgeForm, PlanForm, TargetForm
from services.plan_reviews.models import Goal
from services.plan_reviews.queries.plans import goals_of


def _owner(user):
    return Organization.objects.filter(path__in=policies.tops(user)).order_by("-branch", "path").first()


class MakePlan(StepForm, ReviewPage):
    page_title = submit_label = gettext_lazy("Set up a plan")
    form_class = PlanForm
    field_of = {errors.YearsOutOfOrder.code: "midterm_year", errors.PlanThere.code: "first_year"}

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_keep_somewhere(self.request.user)

    def get_success_url(self):
        return desk_url("plans")

    def act(self, form):
        made = actions.make_plan(_owner(self.request.user), by=self.request.user, **form.cleaned_data)
        return _("“%(plan)s” is set up. Add its goals next.") % {"plan": made.title}


class LoadSamples(OneClick, ReviewPage):
    def allowed(self):
        return policies.may_keep_somewhere(self.request.user)

    def get_success_url(self):
        return desk_url("plans")

    def act(self):
        made = actions.load_samples(_owner(self.request.user), by=self.request.user, now=clock.now())
        return _("%(count)s targets came in as samples.") % {"count": made}


class Goals(OfPlan, TemplateView):
    template_name = "plan_reviews/desk/goals.html"

    def get_page_title(self):
        return _("Goals and who answers for them")

    def get_context_data(self, **kwargs):
        user, groups = self.request.user, []
        goals = goals_of(self.plan)
        for domain in Domain:
            rows = [_row(goal) for goal in goals if goal.domain == domain]
            if rows:
                groups.append((domain.label, rows))
        return super().get_context_data(
            plan=self.plan,
            groups=groups,
            may_keep=bool(policies.may_keep(user, self.plan.owner)),
            may_target=bool(policies.may_state_somewhere(user)),
            **kwargs,
        )


def _row(goal: Goal) -> dict:
    judged = next(iter(goal.judged.all()), None)
    targets, seen = [], set()
    for one in goal.targets.all():
        key = (one.indicator_id, one.organization_id, one.due_year, one.origin)
        if key not in seen:
            seen.add(key)
            targets.append((one, wording.target_said(one, one.indicator.unit), one.origin == Origin.NATIONAL))
    targets.sort(key=lambda found: (found[0].indicator.place, found[2], found[0].due_year))
    return {"goal": goal, "targets": targets, "judged": judged}


class AddGoal(StepForm, OfPlan):
    page_title = submit_label = gettext_lazy("Add a goal")
    form_class = GoalForm
    field_of = {errors.GoalThere.code: "code"}

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_keep(self.request.user, self.plan.owner)

    def act(self, form):
        actions.add_goal(self.plan, by=self.request.user, **form.cleaned_data)
        return _("The goal is added.")


class _OfGoal(OfPlan):
    @cached_property
    def goal(self) -> Goal:
        rows = Goal.objects.unscoped().filter(plan=self.plan).select_related("plan__owner")
        return get_object_or_404(rows, pk=self.kwargs["goal"])

    def get_page_subtitle(self):
        return self.goal.name


class SetTarget(StepForm, _OfGoal):
    page_title = submit_label = gettext_lazy("Set a target")
    form_class = TargetForm
    intro = gettext_lazy(
        "A new target takes the place of the earlier one, which stays on record. A district's own goes first."
    )
    field_of = {
        errors.TargetWithoutNumber.code: "value",
        errors.RangeWithoutEnds.code: "high",
        errors.DueOutsidePlan.code: "due_year",
        errors.SourceMissing.code: "source",
        errors.NoDirection.code: "indicator",
    }

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_state_somewhere(self.request.user) if self.goal else super().allowed()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "goal": self.goal}

    def get_initial(self):
        return {"due_year": self.plan.last_year}

    def act(self, form):
        actions.set_target(self.goal, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The target is set.")


class JudgeGoal(StepForm, _OfGoal):
    page_title = submit_label = gettext_lazy("Judge a goal")
    form_class = JudgeForm
    field_of = {errors.WordsMissing.code: "words"}

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_keep(self.request.user, self.plan.owner) if self.goal else super().allowed()

    def get_initial(self):
        return {"year": clock.today().year - 1}

    def act(self, form):
        actions.judge_goal(self.goal, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The judgement is on record.")
