"""Review routes: every version, what it promises, its steps; a draft is changed until it is put in force."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.casework import actions, errors, policies, wording
from services.casework.actions import StepPlan
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.pages import CaseworkPage, desk_url
from services.casework.enums import RouteState
from services.casework.forms.keeping import RouteDaysForm, RouteForm, StepFormSet
from services.casework.models import ReviewRoute
from services.casework.queries import kept
from services.casework.registry import services
from services.casework.rules.routes import faults
from services.foundation import clock
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused

ROUTES = gettext_lazy("Review routes")
_DAYS = ("name", "contact_days", "decision_days", "appeal_days", "objection_days")


class RouteList(KeptList):
    model = ReviewRoute
    page_title = ROUTES
    verbose_name_plural = gettext_lazy("review routes")
    index_url_name, index_results_url_name = "casework_desk:routes", "casework_desk:routes_results"
    default_ordering = ("code", "-version")
    add = ("route_add", gettext_lazy("New route"))

    def may_add(self):
        return bool(policies.may_keep_routes_anywhere(self.request.user))

    def rows(self, user):
        return kept.routes_for(user)

    @cached_property
    def columns(self):
        labels = {service.code: service.label for service in services}
        return [
            TitleColumn(
                "name",
                label=pgettext("of a thing", "Name"),
                accessor=str,
                get_url=lambda one: desk_url("route", one.code, one.version),
            ),
            Column("service", label=_("Service"), accessor=lambda one: labels.get(one.service, one.service)),
            Column("organization.name", label=_("Kept by")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state == RouteState.ACTIVE),
            Column("decision_days", label=_("Working days to the decision")),
        ]


class OneRoute(CaseworkPage):
    """The version of the URL, when her cases may go that way; 404 else."""

    @cached_property
    def route(self) -> ReviewRoute:
        rows = kept.routes_for(self.request.user).prefetch_related("steps")
        return get_object_or_404(rows, code=self.kwargs["code"], version=self.kwargs["version"])

    def trail(self):
        return [*super().trail(), {"url": desk_url("routes"), "label": ROUTES}]


class RoutePage(OneRoute, TemplateView):
    template_name = "casework/desk/route.html"

    def get_page_title(self):
        return str(self.route)

    def get_context_data(self, **kwargs):
        steps = list(self.route.steps.all())
        draft = self.route.state == RouteState.DRAFT
        found = faults([(step.position, step.kind) for step in steps]) if draft else []
        service = services.get(self.route.service)
        return super().get_context_data(
            route=self.route,
            service=service.label if service else self.route.service,
            steps=steps,
            draft=draft,
            faults=[wording.route_fault(code) for code in found],
            may_keep=bool(policies.may_keep_route(self.request.user, self.route)),
            **kwargs,
        )


class StepsForm(KeptForm):
    """A form with the steps below it; both are checked before anything is said."""

    above = ("routes", ROUTES)
    template_name = "casework/desk/route_form.html"
    submit_label = gettext_lazy("Save the draft")

    def given_steps(self) -> list[dict]:
        return []

    @cached_property
    def steps(self):
        posted = self.request.POST if self.request.method == "POST" else None
        return StepFormSet(posted, initial=self.given_steps(), prefix="steps")

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.is_valid() & self.steps.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def plan(self) -> list[StepPlan]:
        names = ("kind", "level", "working_days", "second_person")
        rows = [row.cleaned_data for row in self.steps.ordered_forms]
        return [StepPlan(**{name: row[name] for name in names}) for row in rows]

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=self.steps, **kwargs)


class RouteAdd(StepsForm):
    page_title = gettext_lazy("New route")
    form_class = RouteForm

    def allowed(self):
        return policies.may_keep_routes_anywhere(self.request.user)

    def get_initial(self):
        return {name: ReviewRoute._meta.get_field(name).default for name in _DAYS if name != "name"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form):
        self.made = actions.new_route_version(**form.cleaned_data, steps=self.plan(), by=self.request.user)
        return _("The draft is saved. Nothing goes this way before it is put in force.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return desk_url("route", made.code, made.version) if made else desk_url("routes")


class RouteEdit(OneRoute, StepsForm):
    page_title = gettext_lazy("Change the draft")
    form_class = RouteDaysForm

    def trail(self):
        return [*super().trail(), {"url": self.get_success_url(), "label": str(self.route)}]

    def allowed(self):
        return policies.may_keep_route(self.request.user, self.route)

    def get_initial(self):
        return {name: getattr(self.route, name) for name in _DAYS}

    def given_steps(self):
        return list(self.route.steps.values("kind", "level", "working_days", "second_person"))

    def act(self, form):
        actions.change_draft(self.route, steps=self.plan(), by=self.request.user, **form.cleaned_data)
        return _("The draft is saved. Nothing goes this way before it is put in force.")

    def get_success_url(self):
        return desk_url("route", self.route.code, self.route.version)


class RouteNext(OneRoute, View):
    """A draft that begins as a copy of this version."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_keep_route(self.request.user, self.route)

    def post(self, request, code, version):
        draft = actions.next_version_of(self.route, by=request.user)
        messages.success(request, _("A draft that is the same as this version. Change what has to be different."))
        return redirect(desk_url("route_edit", draft.code, draft.version))


class RouteActivate(OneRoute, KeptForm):
    above = ("routes", ROUTES)
    page_title = gettext_lazy("Put the route in force")
    submit_label = gettext_lazy("Put in force")
    intro = gettext_lazy(
        "Applications that begin from now on go this way. Those under way keep the version they began with."
    )
    form_class = forms.Form

    def allowed(self):
        return policies.may_keep_route(self.request.user, self.route)

    def form_valid(self, form):
        try:
            actions.activate_route(self.route, by=self.request.user, now=clock.now())
        except errors.RouteFaulty as faulty:
            said = [faulty.message(staff=True), *(wording.route_fault(code) for code in faulty.faults)]
            form.add_error(None, said)
            return self.form_invalid(form)
        except Refused as refusal:
            form.add_error(None, refusal.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, _("The route is in force."))
        return redirect(self.get_success_url())

    def get_success_url(self):
        return desk_url("route", self.route.code, self.route.version)
