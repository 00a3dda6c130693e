"""The list of statistics, and a statistic at a place: finding, figure, trend, split, level below, definition."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from services.figures import actions, policies, queries, wording
from services.figures.desk import asked, middle_rows, rows
from services.figures.queries import Ground
from services.figures.registry import statistics
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.scope import scope_of
from services.organizations.models import Organization
from services.organizations.queries import ancestors_and_self

PER_PAGE = 100


class FiguresPage(DeskView, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "list-ul"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": reverse("figures:index"), "label": _("Statistics")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class Statistics(FiguresPage):
    """What she may read, each with its definition."""

    page_title = gettext_lazy("Statistics")
    template_name = "figures/desk/list.html"

    def trail(self):
        return [*self.breadcrumbs_items]

    def get_context_data(self, **kwargs):
        return super().get_context_data(statistics=policies.readable(self.request.user), **kwargs)


class StatisticPage(FiguresPage):
    """A page about one statistic at one organisation; what she may not read there doesn't exist for her (404)."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.statistic = statistics.get(kwargs["statistic"])
        if self.statistic is None:
            raise Http404

    def allowed(self):
        verdict = policies.may_read(self.request.user, self.statistic)
        if verdict:
            self.organization  # noqa: B018 - a foreign one is answered before anything else runs
        return verdict

    @cached_property
    def reach(self):
        return Organization.objects.visible_to(self.request.user, roles=self.statistic.roles)

    @cached_property
    def organization(self) -> Organization:
        return get_object_or_404(self.reach, code=self.kwargs["organization"])

    def knows_the_part(self) -> bool:
        """Does the key occur within her reach, then or now? The name of a foreign site or programme isn't told."""
        paths = scope_of(self.request.user).paths(roles=self.statistic.roles)
        hers = Organization.objects.filter(path__in=paths)
        for ground in (self.asked.ground, Ground()):
            within = [place.path for place in map(ground.place, hers) if place]
            if queries.occurs(self.statistic, ground, self.asked.part, self.asked.key, within=within):
                return True
        return False

    def get_page_title(self):
        return self.statistic.title


class Top(StatisticPage):
    """Leads to the highest organisation she reads the statistic at."""

    def allowed(self):
        return policies.may_read(self.request.user, self.statistic)

    def get(self, request, *args, **kwargs):
        top = self.reach.order_by("depth", "path").first()
        query = request.GET.urlencode()
        address = reverse("figures:at", args=[self.statistic.code, top.code])
        return redirect(f"{address}?{query}" if query else address)


class Report(StatisticPage):
    template_name = "figures/desk/report.html"

    def get(self, request, *args, **kwargs):
        if not request.GET.get("day"):
            actions.fold()
        self.asked = asked.read(self.statistic, self.organization.code, request.GET)
        if self.asked.part and not self.knows_the_part():
            raise Http404
        self.data_time = clock.now()
        return super().get(request, *args, **kwargs)

    @cached_property
    def place(self):
        return self.asked.ground.place(self.organization)

    @cached_property
    def table(self):
        return self.place and queries.table(
            self.statistic,
            self.asked.ground,
            self.place,
            self.asked.period,
            dimension=self.asked.part,
            key=self.asked.key,
        )

    @cached_property
    def split(self):
        if self.place is None or self.asked.by is None or self.asked.part is not None:
            return []
        return queries.split(self.statistic, self.asked.ground, self.place, self.asked.period, self.asked.by)

    @cached_property
    def history(self):
        """Month ends up to the day looked at, for the whole only."""
        if self.asked.part is not None:
            return []
        until = self.asked.ground.snapshot.day if self.asked.ground.snapshot else clock.today()
        read = queries.middles if self.statistic.median_of else queries.months
        return [month for month in read(self.statistic, self.organization.pk, self.asked.period) if month.day <= until]

    @cached_property
    def header_buttons(self):
        buttons = [HeaderButton(_("Export to Excel"), url=self.asked.address("export"), icon_name="download")]
        if policies.may_set_target(self.request.user, self.statistic, self.organization):
            buttons.append(HeaderButton(_("Set a target"), url=self.asked.address("target"), icon_name="edit"))
        if not self.statistic.median_of and policies.may_arrange(self.request.user, self.organization):
            url = reverse("figures:arrange", args=[self.organization.code])
            buttons.append(HeaderButton(_("Draw the map"), url=url, icon_name="site"))
        return buttons

    def trail(self):
        scope = scope_of(self.request.user)
        above = ancestors_and_self(self.organization)
        crumbs = [
            {"url": self.asked.address(organization=place.code), "label": place.name}
            for place in above
            if scope.covers(place.path, roles=self.statistic.roles)
        ]
        return [*super().trail(), *crumbs]

    def get_context_data(self, **kwargs):
        snapshot, threshold = self.asked.ground.snapshot, rows.threshold(self.asked)
        shown = super().get_context_data(**kwargs)
        shown |= {
            "statistic": self.statistic,
            "organization": self.organization,
            "asked": self.asked,
            "periods": self._periods(),
            "days": self._days(),
            "snapshot": snapshot,
            "data_time": timezone.localtime(snapshot.taken_at if snapshot else self.data_time),
            "hidden_note": rows.hidden_note(threshold) if threshold else "",
        }
        return shown | (self._report() if self.place else {"absent": True})

    def _periods(self) -> list[tuple]:
        found = queries.periods(self.statistic, self.asked.ground)
        return [(p, wording.period_said(p), self.asked.address(period=p)) for p in found]

    def _days(self) -> list[tuple]:
        found = queries.snapshots()[:24]
        now = (_("now"), self.asked.address(ground=Ground()), self.asked.ground.snapshot is None)
        return [now, *((s.day, self.asked.address(ground=Ground(s)), s == self.asked.ground.snapshot) for s in found)]

    def _report(self) -> dict:
        table, split = self.table, rows.split(self.asked, self.organization, self.split)
        middle = queries.median(self.split) if self.statistic.median_of else None
        page = Paginator(table.children, PER_PAGE).get_page(self.request.GET.get("p"))
        part = rows.part_name(self.asked)
        names = {line["line"].key: line["name"] for line in split}
        return {
            "finding": wording.finding(
                table.total,
                self.asked.period,
                of=part,
                middle=names.get(middle.key, "") if middle else "",
                published=rows.is_published(self.asked, self.place, self.asked.part),
            ),
            "figure": names[middle.key] if middle else rows.shown_value(table.total),
            "median": bool(self.statistic.median_of),
            "part": part,
            "whole": self.asked.address(part=None, key=""),
            **self._history(),
            "table_note": self.table_note,
            "split_note": self.split_note,
            "splits": [(d, self.asked.address(by=d), d == self.asked.by) for d in self._dimensions()],
            "split": split,
            "split_chart": rows.split_chart(self.asked, split),
            "page": page,
            "children": rows.children(self.asked, self.reach, page.object_list),
            "kept": rows.kept(self.asked, self.organization, table.kept),
            "total": rows.kept(self.asked, self.organization, table.total, direct=False),
            "children_chart": rows.children_chart(self.statistic, table.children),
            "children_map": None if self.statistic.median_of else self._map(table),
        }

    def _map(self, table):
        return rows.children_map(
            table.children, self.organization.pk, self.reach, lambda code: self.asked.address(organization=code)
        )

    def _history(self) -> dict:
        """What stands beside the figure: of a bucket and of a number it is told differently."""
        at, dimension = (self.asked, self.organization), self.statistic.median_of
        if dimension:
            return {
                "remarks": middle_rows.remarks(*at, self.split, self.history),
                "months": middle_rows.months(dimension, self.history),
                "months_chart": {"columns": middle_rows.months_chart(dimension, self.history)},
            }
        return {
            "remarks": rows.remarks(*at, self.table.total, self.history),
            "months": rows.months(self.statistic, self.history),
            "months_chart": {"columns": rows.months_chart(self.statistic, self.history)},
        }

    @cached_property
    def table_note(self) -> str:
        return rows.told_note(self.asked, self.place, self.asked.part)

    @cached_property
    def split_note(self) -> str:
        """Empty where the table says it already."""
        return rows.told_note(self.asked, self.place, self.asked.by) if self.split and not self.table_note else ""

    def _dimensions(self):
        return (self.statistic.median_of,) if self.statistic.median_of else self.statistic.dimensions
