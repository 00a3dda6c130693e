"""What every page of inspections shares: the right to be there, the way back up, the thing of the address."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskView
from services.foundation.errors import AlreadyDone, Refused
from services.foundation.verdict import Verdict
from services.home_inspections import policies
from services.home_inspections.models import Inspection
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.rubrics import current_programme

NAMESPACE = "home_inspections_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class InspectionsPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "tick-inverse"

    def allowed(self) -> Verdict:
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": _("Inspections of homes")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    @cached_property
    def programme(self):
        """The programme of her city; without one there is nothing here to look at."""
        found = current_programme(self.request.user)
        if found is None:
            raise Http404
        return found


class OfInspection(InspectionsPage):
    """An inspection beyond her reach doesn't exist for her (404)."""

    @cached_property
    def inspection(self) -> Inspection:
        found = get_object_or_404(queries.inspections_for(self.request.user), token=self.kwargs["token"])
        return queries.full(found)

    def allowed(self):
        return policies.may_enter(self.request.user) if self.inspection else super().allowed()

    def trail(self):
        one = self.inspection
        return [*super().trail(), {"url": desk_url("one", one.token), "label": one.home.host.name}]

    def get_success_url(self):
        return desk_url("one", self.inspection.token)

    def get_page_subtitle(self):
        return self.inspection.home.host.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(inspection=self.inspection, home=self.inspection.home, **kwargs)


class OfInspector(OfInspection):
    """For those who were sent."""

    def allowed(self):
        return policies.may_inspect(self.request.user, self.inspection)


class OneClick(DeskView, View):
    """One button, one action, back to where it stood. Named before the page it belongs to: without ``DeskView`` of its
    own it would come between that page and the question whether she may."""

    http_method_names = ["post"]

    def act(self) -> str:
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        try:
            said = self.act()
        except AlreadyDone as done:
            messages.info(request, done.message(staff=True))
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, said)
        return redirect(self.get_success_url())
