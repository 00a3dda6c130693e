"""What every page of evaluations shares: the right to be there, the plan, place and year of the address."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskView
from services.foundation.desk_filters import year_named
from services.foundation.scope import scope_of
from services.foundation.verdict import Verdict
from services.indicators.desk.pages import OneClick, StepForm
from services.organizations.models import Organization
from services.plan_reviews import policies
from services.plan_reviews.enums import READERS
from services.plan_reviews.models import Plan
from services.plan_reviews.queries.plans import plans_for, settled_year, years_of

__all__ = ["OneClick", "StepForm"]
NAMESPACE = "plan_reviews_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class ReviewPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "tasks"

    def allowed(self) -> Verdict:
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("plans"), "label": _("Plans and evaluations")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class OfPlan(ReviewPage):
    """A plan of another tree doesn't exist for her (404)."""

    @cached_property
    def plan(self) -> Plan:
        return get_object_or_404(plans_for(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.plan else super().allowed()

    def trail(self):
        return [*super().trail(), {"url": desk_url("evaluation", self.plan.pk), "label": self.plan.title}]

    def get_page_subtitle(self):
        return self.plan.title

    def get_success_url(self):
        return desk_url("goals", self.plan.pk)


class AtPlace(OfPlan):
    """``?at=CODE&year=2025``: by default the widest place of hers within the plan, and the latest year that stands."""

    @cached_property
    def years(self) -> list[int]:
        return years_of(self.plan)

    @cached_property
    def year(self) -> int | None:
        asked = self.request.GET.get("year", "")
        if asked:
            found = year_named(asked)
            if found not in self.years:
                raise Http404
            return found
        return settled_year(self.plan)

    @cached_property
    def organization(self) -> Organization:
        mine = Organization.objects.visible_to(self.request.user, roles=READERS)
        mine = mine.filter(path__startswith=self.plan.owner.path)
        if code := self.request.GET.get("at", ""):
            return get_object_or_404(mine, code=code[:40])
        found = mine.order_by("depth", "path").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def way_up(self) -> list[Organization]:
        """The places above, as far as she reads them."""
        path, step = self.organization.path, Organization.steplen
        scope = scope_of(self.request.user)
        above = [path[:end] for end in range(step, len(path), step)]
        wanted = [up for up in above if scope.covers(up, roles=READERS)]
        return list(Organization.objects.filter(path__in=wanted).order_by("path"))

    def query(self, **changes) -> str:
        asked = {"at": self.organization.code, "year": self.year} | changes
        return "&".join(f"{name}={value}" for name, value in asked.items() if value)
