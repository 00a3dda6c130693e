"""The yearly evaluation on the desk: who has scored, what is graded, notices and objections."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView

from services.childrens_homes.workflow import verbs_from
from services.foundation import clock
from services.foundation.desk import StepForm
from services.home_inspections import errors, policies, workflow
from services.home_inspections.actions import evaluations as actions
from services.home_inspections.actions import recognitions
from services.home_inspections.desk.pages import InspectionsPage, OneClick, desk_url
from services.home_inspections.enums import EvaluationState
from services.home_inspections.forms.draws import EvaluationForm, MarkForm, ProposeForm, StepReasonForm
from services.home_inspections.models import EvaluationLine
from services.home_inspections.queries import evaluations as queries
from services.home_inspections.queries.inspections import history_of
from services.home_inspections.rules.grading import Marks

STEPS = {
    "ask_homes": gettext_lazy("Ask the homes for their own score"),
    "ask_counties": gettext_lazy("Ask the counties to score"),
    "sample": gettext_lazy("Go on with the city's sample"),
    "grade": pgettext_lazy("evaluation of homes", "Grade"),
    "publicise": gettext_lazy("Put the grades on public notice"),
    "close": pgettext_lazy("evaluation", "Close the year"),
}
NOTICE_STEPS = {
    "review": pgettext_lazy("notice about a home", "Reviewed: go on"),
    "drop": pgettext_lazy("notice about a home", "Drop it"),
    "publish": pgettext_lazy("notice about a home", "Put it on public notice"),
    "object": pgettext_lazy("notice about a home", "Object"),
    "issue": pgettext_lazy("notice about a home", "Issue it"),
    "uphold": pgettext_lazy("notice about a home", "Uphold it with a reason"),
    "give_way": pgettext_lazy("notice about a home", "Give way to the objection"),
}


class EvaluationsPage(InspectionsPage):
    header_icon = "tasks"

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("evaluations"), "label": _("Yearly evaluation")}]


class Evaluations(EvaluationsPage, TemplateView):
    page_title = gettext_lazy("Yearly evaluation")
    template_name = "home_inspections/desk/evaluations.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            evaluations=list(queries.evaluations_for(self.request.user)[:50]),
            leads=bool(policies.may_lead_somewhere(self.request.user)),
            **kwargs,
        )


class Open(StepForm, EvaluationsPage):
    page_title = submit_label = gettext_lazy("Open a yearly evaluation")
    form_class = EvaluationForm
    intro = gettext_lazy("Only grades are published, never points. Nothing is assumed: set the marks of the grades.")
    field_of = {errors.EvaluationThere.code: "year", errors.GradesOutOfOrder.code: "excellent_from"}

    def allowed(self):
        return policies.may_lead_somewhere(self.request.user)

    def get_initial(self):
        return {"year": clock.today().year}

    def get_success_url(self):
        return desk_url("evaluation", self.made.token) if hasattr(self, "made") else desk_url("evaluations")

    def act(self, form):
        said = form.cleaned_data
        self.made = actions.open_evaluation(
            self.programme,
            year=said["year"],
            marks=Marks(said["excellent_from"], said["good_from"], said["met_from"]),
            notice_days=said["notice_days"],
            source=said["source"],
            by=self.request.user,
            now=clock.now(),
        )
        return _("The evaluation is open.")


class OfEvaluation(EvaluationsPage):
    @cached_property
    def evaluation(self):
        return get_object_or_404(queries.evaluations_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.evaluation else super().allowed()

    def trail(self):
        title = _("Evaluation of %(year)s") % {"year": self.evaluation.year}
        return [*super().trail(), {"url": desk_url("evaluation", self.evaluation.token), "label": title}]

    def get_success_url(self):
        return desk_url("evaluation", self.evaluation.token)


class Evaluation(OfEvaluation, TemplateView):
    template_name = "home_inspections/desk/evaluation.html"

    def get_page_title(self):
        return _("Evaluation of %(year)s") % {"year": self.evaluation.year}

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        one, user = self.evaluation, self.request.user
        lines = queries.lines_for(user, one)
        leads = bool(policies.may_lead_city(user, one.programme.city))
        # Among all homes or not at all: a place among those she happens to see would be another.
        places = queries.places(lines) if leads else {}
        steps = [(edge.verb, STEPS[edge.verb]) for edge in verbs_from(workflow.EVALUATION, one.state)] if leads else []
        return super().get_context_data(
            evaluation=one,
            lines=[(line, self._may_mark(line), places.get(line.home_id)) for line in lines],
            ranked=bool(places),
            grades=queries.grades_of(lines),
            graded=one.state in (EvaluationState.GRADED, EvaluationState.PUBLICISED, EvaluationState.CLOSED),
            steps=steps,
            leads=leads,
            notices=queries.notices_for(user, one),
            history=history_of(one),
            **kwargs,
        )

    def _may_mark(self, line: EvaluationLine) -> bool:
        user, state = self.request.user, self.evaluation.state
        if state == EvaluationState.SELF_SCORE:
            return bool(policies.may_run(user, line.home))
        if state == EvaluationState.COUNTY_SCORE:
            return bool(policies.may_schedule(user, line.home, "county"))
        return state == EvaluationState.CITY_SAMPLE and bool(policies.may_lead_city(user, line.home.host))


class Step(OneClick, OfEvaluation):
    def allowed(self):
        return policies.may_lead_city(self.request.user, self.evaluation.programme.city)

    def act(self):
        verb = self.kwargs["verb"]
        if verb not in STEPS:
            raise Http404
        actions.move_on(self.evaluation, verb, by=self.request.user, now=clock.now())
        return _("Done.")


class OfLine(OfEvaluation):
    @cached_property
    def line(self) -> EvaluationLine:
        found = EvaluationLine.objects.visible_to(self.request.user).select_related("home__host", "evaluation")
        return get_object_or_404(found, evaluation=self.evaluation, home__code=self.kwargs["code"])

    def get_page_subtitle(self):
        return self.line.home.host.name


class Mark(StepForm, OfLine):
    """The score that this stage asks for, by whoever gives it."""

    form_class = MarkForm
    submit_label = gettext_lazy("Save")

    def get_page_title(self):
        titles = {
            EvaluationState.SELF_SCORE: _("Own score"),
            EvaluationState.COUNTY_SCORE: _("County's score"),
        }
        return titles.get(self.evaluation.state, _("City's score"))

    def allowed(self):
        user, line = self.request.user, self.line
        if self.evaluation.state == EvaluationState.SELF_SCORE:
            return policies.may_run(user, line.home)
        if self.evaluation.state == EvaluationState.COUNTY_SCORE:
            return policies.may_schedule(user, line.home, "county")
        return policies.may_lead_city(user, line.home.host)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.evaluation.state != EvaluationState.SELF_SCORE:
            form.fields.pop("note")
        return form

    def act(self, form):
        by, now, said = self.request.user, clock.now(), form.cleaned_data
        if self.evaluation.state == EvaluationState.SELF_SCORE:
            actions.score_itself(self.line, score=said["score"], note=said["note"], by=by, now=now)
        elif self.evaluation.state == EvaluationState.COUNTY_SCORE:
            actions.score_by_county(self.line, score=said["score"], by=by, now=now)
        else:
            actions.score_by_city(self.line, score=said["score"], by=by, now=now)
        return _("Saved.")


class Propose(StepForm, OfLine):
    page_title = submit_label = gettext_lazy("Propose a notice")
    form_class = ProposeForm
    field_of = {errors.StepTaken.code: "kind", errors.ReasonMissing.code: "words"}

    def allowed(self):
        return policies.may_lead_city(self.request.user, self.line.home.host)

    def act(self, form):
        recognitions.propose(self.line, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Proposed. Another officer of the city reviews it.")


class OfNotice(EvaluationsPage):
    @cached_property
    def notice(self):
        return get_object_or_404(queries.all_notices_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.notice else super().allowed()

    def get_page_title(self):
        return self.notice.get_kind_display()

    def get_page_subtitle(self):
        return self.notice.home.host.name

    def get_success_url(self):
        return desk_url("notice", self.notice.token)


class Notice(OfNotice, TemplateView):
    template_name = "home_inspections/desk/notice.html"

    def get_context_data(self, **kwargs):
        one, user = self.notice, self.request.user
        steps = [
            {"url": desk_url("notice_step", one.token, edge.verb), "label": NOTICE_STEPS[edge.verb]}
            for edge in verbs_from(workflow.RECOGNITION, one.state)
            if may_take(user, one, edge.verb)
        ]
        return super().get_context_data(notice=one, steps=steps, history=history_of(one), **kwargs)


def may_take(user, notice, verb: str):
    if verb == "object":
        return policies.may_run(user, notice.home)
    if verb == "review":
        return policies.may_review_notice(user, notice)
    return policies.may_lead_city(user, notice.home.host)


class NoticeStep(StepForm, OfNotice):
    """One step, with words where it needs them."""

    form_class = StepReasonForm
    field_of = {errors.ReasonMissing.code: "reason"}

    @property
    def verb(self) -> str:
        if self.kwargs["verb"] not in NOTICE_STEPS:
            raise Http404
        return self.kwargs["verb"]

    def allowed(self):
        return may_take(self.request.user, self.notice, self.verb)

    def get_page_title(self):
        return NOTICE_STEPS[self.verb]

    @property
    def submit_label(self):
        return NOTICE_STEPS[self.verb]

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        needed = any(one.verb == self.verb and one.needs_reason for one in workflow.RECOGNITION)
        if not needed:
            form.fields.pop("reason")
        return form

    def act(self, form):
        words = form.cleaned_data.get("reason", "")
        recognitions.take(self.notice, self.verb, reason=words, by=self.request.user, now=clock.now())
        return pgettext("notice about a home", "Done.")
