"""The problem ledger: the list, one problem, and its steps."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.log_actions import registry

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.indicators.enums import ValueStatus
from services.plan_reviews import errors, policies
from services.plan_reviews.actions import issues as actions
from services.plan_reviews.desk.pages import ReviewPage, StepForm, desk_url
from services.plan_reviews.enums import IssueState
from services.plan_reviews.forms.filters import IssueFilters
from services.plan_reviews.forms.steps import AssignForm, DoneForm, VisitForm, WordsForm
from services.plan_reviews.models import Issue
from services.plan_reviews.queries.ledger import issues_for


class IssueList(DeskListView):
    model = Issue
    index_url_name = "plan_reviews_desk:issues"
    index_results_url_name = "plan_reviews_desk:issues_results"
    page_title = gettext_lazy("Problem ledger")
    verbose_name_plural = gettext_lazy("problems")
    header_icon = "warning"
    filterset_class = IssueFilters
    search_fields = ["indicator__title", "organization__name"]
    default_ordering = "-pk"
    listing = "plan-problems"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return issues_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("indicator.name", label=_("Indicator"), get_url=lambda one: desk_url("issue", one.token)),
            Column("organization.name", label=pgettext("statistics", "Region")),
            Column("year", label=_("Year")),
            Column("get_kind_display", label=pgettext("problem", "Kind")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state == IssueState.CLOSED),
            Column("lead.name", label=_("Lead unit")),
            DayColumn("due_on", label=_("Due on"), sort_key="due_on"),
        ]


class OfIssue(ReviewPage):
    header_icon = "warning"

    @cached_property
    def issue(self) -> Issue:
        return get_object_or_404(issues_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.issue else super().allowed()

    def trail(self):
        here = {"url": desk_url("issue", self.issue.token), "label": self.issue.indicator.name}
        return [*self.breadcrumbs_items, {"url": desk_url("issues"), "label": _("Problem ledger")}, here]

    def get_page_subtitle(self):
        return f"{self.issue.organization.name} · {self.issue.year}"

    def get_success_url(self):
        return desk_url("issue", self.issue.token)


class IssuePage(OfIssue, TemplateView):
    template_name = "plan_reviews/desk/issue.html"

    def get_page_title(self):
        return self.issue.indicator.name

    def get_context_data(self, **kwargs):
        one, user = self.issue, self.request.user
        works = bool(policies.may_work_on(user, one)) and one.state != IssueState.CLOSED
        closes = one.state == IssueState.HANDED_IN and bool(policies.may_close(user, one))
        history = registry.get_logs_for_instance(one).select_related("user").order_by("-timestamp", "-pk")
        cause = one.found.get("cause", "")
        return super().get_context_data(
            issue=one,
            cause_found=str(ValueStatus(cause).label) if cause in ValueStatus.values else "",
            works=works,
            closes=closes,
            visits=list(one.visits.select_related("unit", "by")),
            late=one.state != IssueState.CLOSED and one.due_on < clock.today(),
            evaluation=f"{desk_url('evaluation', one.plan_id)}?at={one.organization.code}&year={one.year}",
            history=list(history[:40]),
            **kwargs,
        )


class _Step(StepForm, OfIssue):
    def get_page_title(self):
        return self.page_title


class _Working(_Step):
    def allowed(self):
        return policies.may_work_on(self.request.user, self.issue)


class _Closing(_Step):
    form_class = WordsForm
    field_of = {errors.WordsMissing.code: "words"}

    def allowed(self):
        return policies.may_close(self.request.user, self.issue)


class Assign(_Working):
    page_title = gettext_lazy("Cause, measure and who answers")
    form_class = AssignForm
    field_of = {
        errors.MeasureMissing.code: "measure",
        errors.OwnerMissing.code: "owner_name",
        errors.DuePast.code: "due_on",
    }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"owner_id": self.issue.plan.owner_id}

    def get_initial(self):
        names = ("cause", "lead", "owner_name", "measure", "due_on")
        return {name: getattr(self.issue, name) for name in names}

    def act(self, form):
        actions.assign(self.issue, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("On record.")


class HandIn(_Working):
    page_title = submit_label = gettext_lazy("Hand in for review")
    form_class = DoneForm
    field_of = {errors.WordsMissing.code: "done"}

    def get_initial(self):
        return {"done": self.issue.done}

    def act(self, form):
        actions.hand_in(self.issue, done=form.cleaned_data["done"], by=self.request.user, now=clock.now())
        return _("Handed in. A second person looks at it.")


class Close(_Closing):
    page_title = submit_label = gettext_lazy("Close the problem")

    def act(self, form):
        actions.close(self.issue, because=form.cleaned_data["words"], by=self.request.user, now=clock.now())
        return _("The problem is closed.")


class GiveBack(_Closing):
    page_title = submit_label = gettext_lazy("Give it back")
    danger = True

    def act(self, form):
        actions.give_back(self.issue, because=form.cleaned_data["words"], by=self.request.user, now=clock.now())
        return _("Given back.")


class RecordVisit(_Working):
    page_title = submit_label = gettext_lazy("Record a supervision visit")
    form_class = VisitForm
    field_of = {errors.WordsMissing.code: "finding", errors.DayAhead.code: "visited_on"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"owner_id": self.issue.plan.owner_id}

    def get_initial(self):
        return {"visited_on": clock.today()}

    def act(self, form):
        actions.visit(self.issue, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The visit is on record.")
