"""The leader's page: a place seen whole, five minutes before a meeting; its workbook, and the data of its charts."""

from datetime import date

from django.core.cache import cache
from django.http import Http404, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from services.coverage import policies
from services.coverage.desk import overview_data, overview_parts, overview_words
from services.coverage.enums import READERS
from services.coverage.figures.overview import ALL, COVERAGES, QUALITY, REQUIRED, beside, overview
from services.figures import actions
from services.figures.desk.asked import Asked
from services.figures.queries import Ground, generation, snapshots
from services.figures.registry import NOW
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.scope import scope_of
from services.organizations.models import Organization
from services.organizations.queries import ancestors_and_self


def address(organization_code: str, ground: Ground | None = None, name: str = "at") -> str:
    at = reverse(f"coverage_view:{name}", args=[organization_code])
    return f"{at}?day={ground.snapshot.day:%Y-%m-%d}" if ground and ground.snapshot else at


class PlacePage(DeskView):
    """A page about one organisation, now or as of a month end; one beyond her reach doesn't exist for her (404)."""

    def allowed(self):
        verdict = policies.may_read_records(self.request.user)
        if verdict:
            self.organization  # noqa: B018 - a foreign one is answered before anything else runs
        return verdict

    @cached_property
    def organization(self) -> Organization:
        reach = Organization.objects.visible_to(self.request.user, roles=READERS)
        return get_object_or_404(reach, code=self.kwargs["organization"])

    @cached_property
    def ground(self) -> Ground:
        asked = self.request.GET.get("day", "")
        if not asked:
            return Ground()
        try:
            day = date.fromisoformat(asked)
        except ValueError as error:
            raise Http404 from error
        return Ground(get_object_or_404(snapshots(), day=day))

    @cached_property
    def place(self):
        return self.ground.place(self.organization)

    @cached_property
    def seen(self):
        return self.place and overview(self.organization, self.place, self.ground, today=clock.today())

    @property
    def data_time(self):
        return timezone.localtime(self.ground.snapshot.taken_at if self.ground.snapshot else clock.now())

    def fold(self) -> None:
        if self.ground.snapshot is None:
            actions.fold()


class Top(DeskView, View):
    """Leads to the highest organisation she reads figures at."""

    def allowed(self):
        return policies.may_read_records(self.request.user)

    def get(self, request):
        reach = Organization.objects.visible_to(request.user, roles=READERS)
        return redirect("coverage_view:at", reach.order_by("depth", "path").first().code)


class Overview(PlacePage, WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Women workers' organisations at a glance")
    template_name = "coverage/desk/overview.html"
    header_icon = "group"

    def get(self, request, *args, **kwargs):
        self.fold()
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        scope = scope_of(self.request.user)
        crumbs = [
            {"url": address(place.code, self.ground), "label": place.name}
            for place in ancestors_and_self(self.organization)
            if scope.covers(place.path, roles=READERS)
        ]
        return [*self.breadcrumbs_items, *crumbs, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self):
        to_file = address(self.organization.code, self.ground, "workbook")
        return [HeaderButton(_("Export to Excel"), url=to_file, icon_name="download")]

    @cached_property
    def beside(self):
        """Of the other services: what she may read here."""
        scope = scope_of(self.request.user)
        return beside(
            self.place, self.ground, readable=lambda one: scope.covers(self.organization.path, roles=one.roles)
        )

    def asked(self, statistic, period: str = NOW) -> Asked:
        return Asked(statistic, self.organization.code, period, self.ground)

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs) | {
            "organization": self.organization,
            "snapshot": self.ground.snapshot,
            "data_time": self.data_time,
            "days": self._days(),
        }
        return shown | (self._seen() if self.seen else {"absent": True})

    def _days(self) -> list[tuple]:
        code, now = self.organization.code, self.ground.snapshot
        kept = [(f"{s.day:%Y-%m-%d}", address(code, Ground(s)), s == now) for s in snapshots()[:24]]
        return [(_("now"), address(code), now is None), *kept]

    def _seen(self) -> dict:
        seen, live = self.seen, self.ground.snapshot is None
        others = [overview_parts.beside(one, self.asked(one.statistic, one.period)) for one in self.beside]
        return {
            "finding": overview_words.finding(seen),
            "unstated": overview_words.unstated(seen),
            "movement": overview_words.movement(seen),
            "coverages": [overview_parts.coverage(seen, one, self.asked(one)) for one in COVERAGES],
            "months": overview_parts.months(seen),
            "moved": overview_parts.moved(seen),
            "moved_url": overview_parts.changes_address(seen),
            "quality": [overview_parts.quality(seen, one, self.asked(one)) for one in QUALITY],
            "heads": overview_parts.branch_heads(self.beside),
            "branches": overview_parts.branches(seen, self.reach, self.beside),
            "branches_map": overview_parts.branches_map(seen, self.reach),
            "branches_chart": {"bars": overview_parts.branches_chart(seen)},
            "direct": overview_parts.direct(seen, self.organization),
            "beside": others,
            "beside_notes": overview_parts.notes(others),
            "definitions": [REQUIRED, ALL, *QUALITY],
            "calls": overview_parts.calls(seen, self.organization) if live else [],
            "data_url": address(self.organization.code, self.ground, "data"),
        }

    @property
    def reach(self):
        return Organization.objects.visible_to(self.request.user, roles=READERS)


class ChartData(PlacePage, View):
    """What the charts are drawn from, as JSON: kept here until something it is made of changes, and named by a tag, so
    that a program that has it already is told so. No browser keeps a page of the desk."""

    def get(self, request, *args, **kwargs):
        self.fold()
        if self.place is None:
            raise Http404
        tag = f'"{self.version}"'
        if request.headers.get("If-None-Match") == tag:
            response = HttpResponseNotModified()
        else:
            key = f"coverage-data:{self.version}"
            data = cache.get(key)
            if data is None:
                data = overview_data.data(self.seen, as_of=self.data_time)
                cache.set(key, data, 3600)
            response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
        response["ETag"] = tag
        return response

    @cached_property
    def version(self) -> str:
        """Names everything that the data is made of: figures, month ends, targets, the day, the reader's language."""
        return overview_data.version(self.organization, self.ground, generation(), clock.today(), get_language())
