"""What every page of the monitoring shares: the right to be there, the way back up, the report of the address."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import AlreadyDone, Refused
from services.foundation.verdict import Verdict
from services.indicators import policies
from services.indicators.models import Report
from services.indicators.queries import reports as queries

NAMESPACE = "indicators_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def report_url(report: Report, name: str = "one", *more) -> str:
    return desk_url(name, report.place.round.year, report.place.organization.code, *more)


class MonitoringPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "table"

    def allowed(self) -> Verdict:
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": _("Monitoring reports")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class OfReport(MonitoringPage):
    """A report beyond her reach doesn't exist for her (404). ``?version=`` shows an earlier one."""

    @cached_property
    def report(self) -> Report:
        rows = Report.objects.visible_to(self.request.user).filter(
            place__round__year=self.kwargs["year"], place__organization__code=self.kwargs["code"]
        )
        version = self.request.GET.get("version", "")
        rows = (
            rows.filter(version=int(version)) if version.isdecimal() and len(version) < 5 else rows.filter(latest=True)
        )
        return get_object_or_404(queries.with_all(rows))

    def allowed(self):
        return policies.may_enter(self.request.user) if self.report else super().allowed()

    def trail(self):
        label = f"{self.report.place.organization.name} {self.report.place.round.year}"
        return [*super().trail(), {"url": report_url(self.report), "label": label}]

    def get_page_subtitle(self):
        return f"{self.report.place.organization.name} · {self.report.place.round.year}"

    def get_success_url(self):
        return report_url(self.report)

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, place=self.report.place, **kwargs)


class OfWriter(OfReport):
    def allowed(self):
        return policies.may_write(self.request.user, self.report.place.organization)


class OfReviewer(OfReport):
    def allowed(self):
        return policies.may_review(self.request.user, self.report)


class StepForm(DeskFormView):
    """A form that leads to one action; ``field_of`` names the field that a refusal is about, by its code."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        named = self.field_of.get(refusal.code)
        return named if named in self.get_form().fields else None


class OneClick(DeskView, View):
    """One button, one action, back to where it stood."""

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


def not_there():
    raise Http404
