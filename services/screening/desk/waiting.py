"""Moving a woman on the waiting list, and the report of all such changes."""

import django_filters
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from services.bookings import errors
from services.bookings import policies as booking_policies
from services.bookings.actions import change_priority
from services.bookings.enums import STAFF_REASONS, Priority, WaitingState
from services.bookings.models import PriorityChange
from services.foundation import clock
from services.organizations.enums import Role
from services.screening import queries
from services.screening.desk.columns import MomentColumn
from services.screening.desk.pages import ActionForm, DeskPage, desk_url
from services.screening.forms.filters import WomenFilterSet
from services.screening.forms.waiting import PriorityForm

CAN_MOVE = (WaitingState.WAITING,)


def may_move(user, entry) -> bool:
    """Is the way to ``PriorityPage`` worth offering?"""
    return entry.state in CAN_MOVE and bool(booking_policies.may_reorder(user, entry.offering))


class PriorityPage(ActionForm, DeskPage):
    """One entry: where she stands, what was changed before, and the form to change it."""

    page_title = _("Change the order")
    submit_label = _("Change the order")
    template_name = "screening/desk/priority.html"
    form_class = PriorityForm
    field_of = {
        errors.NamesSomebody.code: "text",
        errors.TextMissing.code: "text",
        errors.SamePriority.code: "to",
    }

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(queries.waiting_in_order(request.user), token=kwargs["token"])

    def allowed(self):
        return booking_policies.may_reorder(self.request.user, self.entry.offering)

    def trail(self):
        return [*super().trail(), {"url": desk_url("waiting"), "label": _("Waiting list")}]

    def get_initial(self):
        return {"to": self.entry.priority}

    def act(self, form):
        said = form.cleaned_data
        change_priority(
            self.entry, to=said["to"], reason=said["reason"], text=said["text"], by=self.request.user, now=clock.now()
        )
        return _("The order is changed. She is told and reads the reason.")

    def get_success_url(self):
        return f"{desk_url('waiting')}?programme={self.entry.offering.screening_programme.code}&state=waiting"

    def get_context_data(self, **kwargs):
        changes = queries.changes_of(self.entry).select_related("by")
        return super().get_context_data(entry=self.entry, changes=changes, **kwargs)


class ChangeFilterSet(WomenFilterSet):
    """Entries hang on the change: every path of the shared filters begins one step further off."""

    year = django_filters.NumberFilter(label=_("Year"), field_name="entry__offering__screening_programme__year")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of programme"),
        field_name="entry__offering__screening_programme__kind",
        choices=WomenFilterSet.base_filters["kind"].extra["choices"],
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=[(reason.value, reason.label) for reason in STAFF_REASONS]
    )
    month = django_filters.CharFilter(
        label=_("Month"), method="of_month", help_text=_("For example 2026-05."), max_length=7
    )
    women = "entry__worker"

    class Meta:
        model = PriorityChange
        fields = []

    def of_programme(self, queryset, name, programme):
        return queryset.filter(entry__offering=programme.offering_id)

    def of_month(self, queryset, name, value):
        year, _dash, month = value.strip().partition("-")
        if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 9998):
            return queryset.none()
        return queryset.filter(at__year=int(year), at__month=int(month))


def step_words(change: PriorityChange) -> str:
    return f"{Priority(change.before).label} → {Priority(change.after).label}"


class ChangeList(DeskPage, BaseListingView):
    """Every change of the order that staff made, within her reach; the figures lead here."""

    page_title = _("Changes of the waiting order")
    verbose_name_plural = _("changes of the waiting order")
    filterset_class = ChangeFilterSet
    paginate_by = 30
    index_url_name = "screening_desk:changes"
    index_results_url_name = "screening_desk:changes_results"
    default_ordering = None
    columns = [
        MomentColumn("at", label=_("When")),
        Column("entry.worker.name", label=pgettext_lazy("person", "Name"), classname="screening-nowrap"),
        Column("entry.worker.organization.name", label=_("Union")),
        Column("entry.offering.screening_programme.title", label=_("Programme")),
        Column("step", label=_("Step"), accessor=step_words),
        Column("get_reason_display", label=_("Reason")),
        Column("text", label=_("In words")),
        Column("by.username", label=pgettext_lazy("who did it", "By")),
        Column("role", label=_("Post"), accessor=lambda change: Role(change.by_role).label),
    ]

    def get_base_queryset(self):
        return queries.changes_for(self.request.user)
