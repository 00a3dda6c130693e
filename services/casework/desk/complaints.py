"""Complaints at the desk: for those above, never for whoever they are about, who find nothing (404)."""

import django_filters
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import BaseListingView

from services.casework import policies
from services.casework.actions import complaints as actions
from services.casework.desk.pages import CaseworkPage, desk_url
from services.casework.desk.typed import KeepsTyping
from services.casework.enums import ComplaintState
from services.casework.errors import AnswerMissing
from services.casework.forms.complaints import AnswerForm
from services.casework.models import Complaint
from services.casework.queries import complaints as queries
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused

TITLE = pgettext_lazy("casework", "Complaints")


def lateness(complaint: Complaint) -> str:
    return _("Overdue") if complaint.is_open and complaint.due_on < clock.today() else ""


class ComplaintFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=ComplaintState.choices)

    class Meta:
        model = Complaint
        fields = []


class ComplaintPages(CaseworkPage):
    header_icon = "comment"

    def allowed(self):
        return policies.may_deputise(self.request.user)

    def trail(self):
        return [*super().trail(), {"url": desk_url("complaints"), "label": TITLE}]


class ComplaintList(CaseworkPage, BaseListingView):
    """Those due first; open ones unless the filter asks for others. Nobody is named."""

    page_title = TITLE
    header_icon = "comment"
    verbose_name_plural = gettext_lazy("complaints")
    filterset_class = ComplaintFilters
    paginate_by = 30
    index_url_name = "casework_desk:complaints"
    index_results_url_name = "casework_desk:complaints_results"
    default_ordering = None
    columns = [
        TitleColumn("number", label=gettext_lazy("Number"), get_url=lambda one: desk_url("complaint", one.token)),
        Column("get_about_display", label=gettext_lazy("About")),
        Column("desk.name", label=gettext_lazy("Answered by")),
        DayColumn("due_on", label=gettext_lazy("Due on")),
        Column("late", label="", accessor=lateness),
        StatusTagColumn("get_state_display", label=gettext_lazy("State"), primary=lambda one: one.is_open),
    ]

    def allowed(self):
        return policies.may_deputise(self.request.user)

    def get_base_queryset(self):
        found = queries.complaints_for(self.request.user)
        return found if self.request.GET.get("state") else found.filter(state=ComplaintState.OPEN)


@method_decorator(sensitive_variables(), name="dispatch")
class ComplaintPage(KeepsTyping, ComplaintPages, DeskFormView):
    """What she wrote, and the answer. Opening it is a look that stands on record."""

    template_name = "casework/desk/complaint.html"
    form_class = AnswerForm
    submit_label = gettext_lazy("Send the answer")

    @cached_property
    def complaint(self) -> Complaint:
        found = queries.complaints_for(self.request.user).select_related("case__organization", "case__worker")
        return get_object_or_404(found, token=self.kwargs["token"])

    def allowed(self):
        allowed = super().allowed()
        return policies.may_read_complaint(self.request.user, self.complaint) if allowed else allowed

    def kept_for(self):
        return self.complaint.case

    def get_page_title(self):
        return self.complaint.number

    def field_for(self, refusal):
        return "answer" if isinstance(refusal, AnswerMissing) else None

    def act(self, form):
        actions.answer_complaint(self.complaint, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Answered. She is told that there is an answer; nobody else is.")

    def get_success_url(self):
        return desk_url("complaints")

    def get_context_data(self, **kwargs):
        try:
            kwargs["words"] = actions.read_complaint(self.complaint, by=self.request.user, now=clock.now())
        except Refused as refusal:
            kwargs["not_shown"] = refusal.message(staff=True)
        reaches = policies.may_see(self.request.user, self.complaint.case)
        case_url = desk_url("case", self.complaint.case.token) if reaches else ""
        return super().get_context_data(complaint=self.complaint, case_url=case_url, **kwargs)
