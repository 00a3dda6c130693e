"""What every page of this desk shares: its place, the right to be there, the case of the URL."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework import policies, queries
from services.casework.models import Case, CaseEvent
from services.casework.registry import CaseService, services
from services.foundation.desk import DeskView

NAMESPACE = "casework_desk"
LIST = _("Cases")


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class CaseworkPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "clipboard-list"

    def allowed(self):
        return policies.may_enter_desk(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": LIST}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class OneCase(CaseworkPage):
    """The case whose token the URL holds, when it lies in her scope and was submitted; 404 else."""

    @cached_property
    def case(self) -> Case:
        visible = queries.cases_for(self.request.user).select_related(
            "worker__organization", "worker__user", "organization", "desk", "handler", "route", "representative",
            "authorisation__paper",
        )  # fmt: skip
        events = CaseEvent.objects.select_related("by", "for_whom").order_by("at", "pk")
        return get_object_or_404(
            visible.prefetch_related("route__steps", Prefetch("events", queryset=events)), token=self.kwargs["token"]
        )

    @property
    def service(self) -> CaseService:
        return services[self.case.service]

    def trail(self):
        return [*super().trail(), {"url": desk_url("case", self.case.token), "label": self.case.number}]

    def get_success_url(self):
        return desk_url("case", self.case.token)
