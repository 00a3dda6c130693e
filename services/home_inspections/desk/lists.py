"""Lists: inspections, and findings until they are put right."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.home_inspections import policies
from services.home_inspections.desk.pages import desk_url
from services.home_inspections.enums import RectificationState
from services.home_inspections.forms.inspections import FindingFilters, InspectionFilters
from services.home_inspections.models import Inspection, Rectification
from services.home_inspections.queries import inspections as queries


def verdict_of(inspection: Inspection) -> str:
    if inspection.passed is None:
        return "—"
    return pgettext("inspection", "Passed") if inspection.passed else pgettext("inspection", "Failed")


class InspectionList(DeskListView):
    model = Inspection
    index_url_name = "home_inspections_desk:list"
    index_results_url_name = "home_inspections_desk:list_results"
    page_title = gettext_lazy("Inspections of homes")
    verbose_name_plural = gettext_lazy("inspections")
    header_icon = "tick-inverse"
    filterset_class = InspectionFilters
    search_fields = ["home__host__name", "home__code"]
    default_ordering = "-scheduled_on"
    listing = "home-inspections"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return queries.inspections_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "home.host.name",
                label=pgettext("left-behind children", "Home"),
                get_url=lambda one: desk_url("one", one.token),
                sort_key="home__code",
            ),
            Column("home.code", label=pgettext("home", "Code")),
            Column("get_round_display", label=_("Round")),
            DayColumn("scheduled_on", label=_("Day"), sort_key="scheduled_on"),
            StatusTagColumn("get_state_display", label=_("State")),
            Column("score", label=_("Score"), sort_key="score"),
            Column("verdict", label=pgettext("inspection", "Verdict"), accessor=verdict_of),
        ]

    @cached_property
    def header_buttons(self):
        found = []
        if policies.may_declare(self.request.user):
            found.append(HeaderButton(_("My conflicts of interest"), url=desk_url("conflicts"), icon_name="user"))
        return found


class FindingList(DeskListView):
    model = Rectification
    index_url_name = "home_inspections_desk:findings"
    index_results_url_name = "home_inspections_desk:findings_results"
    page_title = gettext_lazy("Findings to be put right")
    verbose_name_plural = gettext_lazy("findings")
    header_icon = "warning"
    filterset_class = FindingFilters
    search_fields = ["home__host__name", "home__code"]
    default_ordering = "due_on"
    listing = "home-findings"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return queries.findings_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "home.host.name",
                label=pgettext("left-behind children", "Home"),
                get_url=lambda one: reverse("home_inspections_desk:finding", args=[one.token]),
                sort_key="home__code",
            ),
            Column("criterion", label=pgettext("rubric", "Criterion"), accessor=lambda one: asked(one)),
            Column("words", label=pgettext("finding", "What is wrong")),
            DayColumn("due_on", label=_("Due"), sort_key="due_on"),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda one: one.state == RectificationState.ACCEPTED
            ),
        ]


def asked(finding: Rectification) -> str:
    return f"{finding.code} {finding.criterion.asked}"
