"""Bases of pages about one file or one application, and the file's own page: masked until a reason is given."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.relief import policies, queries
from services.relief.actions import revealing
from services.relief.actions.watching import leaving_of
from services.relief.case_service.panels import household_shown, lines
from services.relief.desk.lists import page_of
from services.relief.enums import (
    Cause,
    ExitReason,
    FileState,
    Housing,
    IncomeKind,
    Marital,
    MedicalInsurance,
    SpendingKind,
)
from services.relief.forms.review import LookForm
from services.relief.models import Application, Household


class OneFile:
    """The file whose token the URL holds, when it lies in her scope; 404 else."""

    header_icon = "folder-open-inverse"

    @cached_property
    def household(self) -> Household:
        visible = Household.objects.visible_to(self.request.user).select_related("organization", "worker__user")
        return get_object_or_404(visible, token=self.kwargs["token"])

    def get_breadcrumbs_items(self):
        start = [*self.breadcrumbs_items, {"url": reverse("relief_desk:files"), "label": _("Hardship files")}]
        return [*start, {"url": page_of(self.household), "label": self.household.number}]

    def get_success_url(self):
        return page_of(self.household)


class OneApplication:
    """The application whose case's token the URL holds, when it lies in her scope; 404 else."""

    header_icon = "doc-full"

    @cached_property
    def application(self) -> Application:
        visible = Application.objects.visible_to(self.request.user)
        found = visible.select_related(
            "case__worker__user",
            "case__route",
            "case__authorisation",
            "programme__fund",
            "household__worker",
            "household__organization",
        )
        return get_object_or_404(found, case__token=self.kwargs["token"])

    def allowed(self):
        return policies.may_work_on(self.request.user, self.application)

    def get_breadcrumbs_items(self):
        case = self.application.case
        return [*self.breadcrumbs_items, {"url": self.get_success_url(), "label": case.number}]

    def get_success_url(self):
        return queries.case_page(self.application.case)


class FilePage(OneFile, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """Masked; a POST with a reason answers with one part in clear, on this answer alone."""

    template_name = "relief/desk/file.html"

    def allowed(self):
        return policies.may_read_file(self.request.user, self.household)

    def get_page_title(self):
        return self.household.number

    @cached_property
    def keeps(self) -> bool:
        return bool(policies.may_keep_file(self.request.user, self.household))

    @cached_property
    def writes(self) -> bool:
        return bool(policies.may_write_file(self.request.user, self.household, now=clock.now()))

    parts = (
        ("relief_desk:file_members", gettext_lazy("Write in: members")),
        ("relief_desk:file_money", gettext_lazy("Write in: income and spending")),
        ("relief_desk:file_causes", gettext_lazy("Write in: causes")),
        ("relief_desk:file_particulars", gettext_lazy("Write in: address, housing, insurance")),
    )

    @cached_property
    def header_more_buttons(self):
        if not self.keeps or self.household.state not in (FileState.ON_FILE, FileState.SUSPENDED):
            return []
        suspended = self.household.state == FileState.SUSPENDED
        steps = [
            ("file_month", _("Note a month")),
            ("file_recheck", _("Check again")),
            ("file_resume", _("Take up again")) if suspended else ("file_suspend", _("Suspend")),
            ("file_leave", _("Leave the file")),
        ]
        return [
            Button(label, url=reverse(f"relief_desk:{name}", args=[self.household.token]), priority=place)
            for place, (name, label) in enumerate(steps)
        ]

    def post(self, request, *args, **kwargs):
        policies.may_reveal(request.user, self.household).insist()
        form, shown = LookForm(request.POST), {}
        if form.is_valid():
            part = form.cleaned_data["part"]
            try:
                revealing.reveal(self.household, part=part, by=request.user, reason=form.reason())
            except Refused as refusal:
                form.add_error("canned", refusal.message(staff=True))
            else:
                shown, form = {part: _IN_CLEAR[part](self.household)}, LookForm()
        return self.render_to_response(self.get_context_data(look_form=form, shown=shown))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("look_form", LookForm())
        household = self.household
        causes = dict(Cause.choices)
        return super().get_context_data(
            **household_shown(household),
            more_causes=[causes.get(code, code) for code in household.more_causes],
            may_reveal=bool(policies.may_reveal(self.request.user, household)),
            cases=queries.applications_of_file(household, self.request.user),
            months=household.months.all(),
            leaving=lines(list(leaving_of(household, ExitReason.OUT_OF_HARDSHIP).findings)),
            visits=household.return_visits.select_related("by"),
            keeps=self.keeps,
            history=log_registry.get_logs_for_instance(household).select_related("user")[:20],
            **kwargs,
        )


def _members_in_clear(household: Household) -> list[dict]:
    return [
        {
            "relation": member.get_relation_display(),
            "name": member.name,
            "number": member.id_number,
            "birth_date": member.birth_date,
        }
        for member in household.members.all()
    ]


def _money_in_clear(household: Household) -> list[dict]:
    kinds = {True: dict(IncomeKind.choices), False: dict(SpendingKind.choices)}
    return [
        {
            "incoming": line.incoming,
            "kind": kinds[line.incoming].get(line.kind, line.kind),
            "whose": line.member.get_relation_display() if line.member else "",
            "yearly": f"{Decimal(line.yearly):,.2f}",
        }
        for line in household.money.select_related("member")
    ]


_CODED = {"marital": Marital, "housing": Housing, "medical_insurance": MedicalInsurance}
_PARTICULARS = (
    ("address", gettext_lazy("Address")),
    ("marital", gettext_lazy("Marital status")),
    ("housing", gettext_lazy("Housing")),
    ("housing_area", gettext_lazy("Floor area in square metres")),
    ("medical_insurance", gettext_lazy("Medical insurance")),
    ("living_allowance", gettext_lazy("Minimum living allowance, yuan a month")),
)


def _particulars_in_clear(household: Household) -> list[tuple]:
    stored = household.particulars
    return [
        (label, dict(_CODED[name].choices).get(stored.get(name), "—") if name in _CODED else stored.get(name) or "—")
        for name, label in _PARTICULARS
    ]


_IN_CLEAR = {
    revealing.MEMBERS: _members_in_clear,
    revealing.MONEY: _money_in_clear,
    revealing.PARTICULARS: _particulars_in_clear,
}
