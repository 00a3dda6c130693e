"""Objections at the desk: what has to be settled by when, and one of them for whoever may settle it."""

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import BaseListingView

from services.casework import policies
from services.casework.actions import objections as actions
from services.casework.actions import typing
from services.casework.desk.notices import NoticePage, desk_url
from services.casework.desk.typed import HEADER, KeepsTyping, restored
from services.casework.enums import ObjectionState
from services.casework.forms.objections import AskForm, ExtendForm, LookForm, SettleForm
from services.casework.models import Case, Objection
from services.casework.queries import objections as queries
from services.casework.rules.notice import fields_of
from services.casework.rules.objection import is_overdue
from services.foundation import clock
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused


def lateness(objection: Objection) -> str:
    late = is_overdue(clock.today(), due_on=objection.due_on, is_open=objection.is_open)
    return _("Overdue") if late else ""


class ObjectionFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=ObjectionState.choices)

    class Meta:
        model = Objection
        fields = []


class ObjectionList(NoticePage, BaseListingView):
    """Those due first; open ones unless the filter asks for others. Neither the objector nor the applicant is named."""

    page_title = gettext_lazy("Objections")
    verbose_name_plural = gettext_lazy("objections")
    filterset_class = ObjectionFilterSet
    paginate_by = 30
    index_url_name = "casework_notices:objections"
    index_results_url_name = "casework_notices:objections_results"
    default_ordering = None
    columns = [
        TitleColumn("reference", label=gettext_lazy("Reference"), get_url=lambda o: desk_url("objection", o.pk)),
        Column("line.number", label=gettext_lazy("Number of the line")),
        Column("line.notice.organization.name", label=gettext_lazy("Published by")),
        Column("get_about_display", label=gettext_lazy("About")),
        DayColumn("due_on", label=gettext_lazy("Due on")),
        Column("late", label="", accessor=lateness),
        StatusTagColumn("get_state_display", label=gettext_lazy("State"), primary=lambda o: o.is_open),
    ]

    def get_base_queryset(self):
        found = queries.objections_for(self.request.user)
        return found if self.request.GET.get("state") else queries.still_open(found)


@method_decorator(sensitive_variables(), name="dispatch")
class ObjectionPage(KeepsTyping, NoticePage, TemplateView):
    """The line as the public saw it, what happened, and, for whoever may settle it, the way to do so."""

    template_name = "casework/desk/objection.html"
    header_icon = "comment"
    # Each of its forms is kept by itself: see ``typed``.
    kept = None

    @cached_property
    def objection(self) -> Objection:
        return get_object_or_404(queries.objections_for(self.request.user), pk=self.kwargs["key"])

    @cached_property
    def case(self) -> Case:
        rows = Case.objects.unscoped().select_related("worker", "route", "organization", "desk", "authorisation")
        return rows.get(notice_lines=self.objection.line_id)

    @cached_property
    def may_settle(self):
        return policies.may_settle(self.request.user, self.case)

    def get_page_title(self):
        return self.objection.reference

    def trail(self):
        return [*super().trail(), {"url": desk_url("objections"), "label": _("Objections")}]

    def post(self, request, *args, **kwargs):
        handle = {"look": self.look, "ask": self.ask, "extend": self.extend, "settle": self.settle}
        act = request.POST.get("act", "")
        if act not in handle:
            raise Http404
        if HEADER in request.headers:
            self.may_settle.insist()
            return self.keep_only()
        return self.carried(handle[act]())

    def form_sent(self):
        return {"ask": AskForm, "extend": ExtendForm, "settle": SettleForm}.get(self.request.POST.get("act", ""))

    def kept_page(self):
        """Each of the forms by itself."""
        return f"{self.request.path}{self.request.POST.get('act', '')}"

    def typed(self, act: str, form_class) -> dict:
        """What she typed into one of the forms and hasn't sent."""
        page = typing.desk_page(f"{self.request.path}{act}", self.request.user)
        return restored(form_class, typing.kept_typing(self.case, page))

    def look(self):
        form = LookForm(self.request.POST)
        shown = {}
        if form.is_valid():
            try:
                reason = form.cleaned_data["look_reason"]
                shown["opened"] = actions.look_at(self.objection, by=self.request.user, reason=reason)
            except Refused as refusal:
                form.add_error("look_reason", refusal.message(staff=True))
        return self.again(look=form, **shown)

    def ask(self):
        return self._act(
            "ask", AskForm(self.request.POST), actions.ask_applicant, "question", _("The applicant is asked.")
        )

    def extend(self):
        return self._act("extend", ExtendForm(self.request.POST), actions.extend, "days", _("The time is extended."))

    def settle(self):
        return self._act("settle", SettleForm(self.request.POST), self._settle, None, _("The objection is settled."))

    def _settle(self, objection, *, go_on: str, **said):
        return actions.settle(objection, refuse=go_on == "refuse", **said)

    def _act(self, name: str, form, action, field: str | None, said: str):
        if form.is_valid():
            try:
                action(self.objection, **form.cleaned_data, by=self.request.user, now=clock.now())
            except Refused as refusal:
                form.add_error(field, refusal.message(staff=True))
            else:
                messages.success(self.request, said)
                return redirect("casework_notices:objection", self.objection.pk)
        return self.again(**{name: form})

    def again(self, **context):
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs):
        line = self.objection.line
        shown = {"number": line.number, "name": line.masked_name, "unit": line.unit, "fields": fields_of(line.shown)}
        if self.may_settle:
            kwargs |= {"case": self.case} | {
                name: kwargs.get(name) or form(initial=self.typed(name, form))
                for name, form in (("look", LookForm), ("ask", AskForm), ("extend", ExtendForm), ("settle", SettleForm))
            }
        return super().get_context_data(
            objection=self.objection,
            notice=line.notice,
            line=shown,
            events=self.objection.events.select_related("by"),
            may_settle=self.may_settle,
            **kwargs,
        )
