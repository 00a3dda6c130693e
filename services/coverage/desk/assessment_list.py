"""The list of self-assessments, with the way to begin one's own."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.coverage import policies
from services.coverage.desk.checklists import desk_url
from services.coverage.forms.assessment_filters import AssessmentFilters
from services.coverage.models import SelfAssessment
from services.coverage.queries import checklists as queries
from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn


def page_of(assessment: SelfAssessment) -> str:
    return desk_url("assessment", assessment.organization.code, assessment.year)


# Who keeps more unions than that begins from their records.
_OWN_SHOWN = 3


class AssessmentList(SavesViews, DeskListView):
    model = SelfAssessment
    index_url_name = "coverage_standard:assessments"
    index_results_url_name = "coverage_standard:assessments_results"
    page_title = gettext_lazy("Self-assessments")
    verbose_name_plural = gettext_lazy("self-assessments")
    header_icon = "tasks"
    filterset_class = AssessmentFilters
    results_template_name = "coverage/desk/assessments_results.html"
    search_fields = ["organization__name", "organization__code"]
    default_ordering = "-year"
    listing = "coverage-assessments"

    def allowed(self):
        return policies.may_read_records(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("organization", label=pgettext("women workers' organisation", "Union"), get_url=page_of),
            Column("year", label=_("Year"), sort_key="year"),
            Column("get_state_display", label=_("State"), sort_key="state"),
            NumberColumn("claimed", label=_("Points claimed")),
            NumberColumn(
                "score", label=_("Points reviewed"), accessor=lambda one: "" if one.score is None else one.score
            ),
            Column("reached", label=_("Reaches the standard"), accessor=_reached),
        ]

    @cached_property
    def header_buttons(self):
        """Her own unions that haven't begun this year lead to their page, where it is begun."""
        year = clock.today().year
        return [
            HeaderButton(
                _("Begin %(year)s: %(union)s") % {"year": year, "union": union.name},
                url=desk_url("of_union", union.code),
                icon_name="plus",
            )
            for union in queries.not_begun(self.request.user, year, most=_OWN_SHOWN)
        ]

    def rows(self, user):
        return queries.assessments_for(user, policies.READERS)


def _reached(one: SelfAssessment) -> str:
    return "" if one.reached is None else _("Yes") if one.reached else _("No")
