"""The list of returns within her reach, and how far each branch has come."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from services.accounts.desk.saved import SavesViews
from services.coverage import return_policies as policies
from services.coverage import return_wording as wording
from services.coverage.desk.returns.pages import LIST, ReturnsPage, desk_url, page_of
from services.coverage.enums import COUNTED
from services.coverage.forms.return_filters import ReturnFilters
from services.coverage.queries import returns as queries
from services.coverage.rules.return_totals import per_cent
from services.foundation import clock
from services.foundation.desk_columns import Column, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.foundation.scope import scope_of
from services.organizations.enums import TREE_KEEPERS
from services.organizations.models import Organization


class ReturnList(SavesViews, KeysetListing, ReturnsPage, BaseListingView):
    """One year's returns, the union's place in the tree deciding their order."""

    page_title = LIST
    verbose_name_plural = gettext_lazy("annual returns")
    results_template_name = "coverage/desk/returns/list_results.html"
    filterset_class = ReturnFilters
    index_url_name = "coverage_returns:list"
    index_results_url_name = "coverage_returns:list_results"
    default_ordering = "-pk"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": LIST}]

    def get_base_queryset(self):
        return queries.returns_listed(self.request.user)

    @cached_property
    def year(self) -> int | None:
        """The one asked for, else the latest opened."""
        years = self.filters.years
        asked = self.request.GET.get("year", "")
        return next((year for year in years if str(year) == asked), years[0] if years else None)

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        today = clock.today()
        for one in self.keyset_page.rows:
            one.due_words = wording.due(one, today=today)
        return answer

    @cached_property
    def columns(self):
        return [
            TickColumn(field="return", called="organization.name", sent="pk"),
            TitleColumn("organization.name", label=pgettext("women workers' organisation", "Union"), get_url=page_of),
            Column("year", label=_("Year")),
            Column("organization.get_kind_display", label=_("Level")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state in COUNTED),
            Column("due_words", label=_("Due")),
            Column("first_submitted_on", label=_("Submitted on"), accessor=_came_on),
            Column("reports_to.name", label=_("Next level up")),
        ]

    @cached_property
    def header_buttons(self):
        years, found = self.filters.years, []
        if years:
            mine = queries.hers(self.request.user, year=years[0], roles=policies.KEEPERS)
            found += [
                HeaderButton(_("Return of %(union)s") % {"union": one.organization.name}, url=page_of(one))
                for one in mine[:1]
            ]
        if _opens_years(self.request.user):
            found.append(HeaderButton(_("Open a year"), url=desk_url("open"), icon_name="plus"))
        return found

    @cached_property
    def header_more_buttons(self):
        to_file = f"{reverse('exports:ask', args=['annual-returns'])}?{self.state.urlencode()}"
        shown = [Button(_("Export to Excel"), url=to_file, icon_name="download", priority=90)]
        if self.year:
            branches = Button(
                _("How far each branch has come"), url=desk_url("progress", self.year), icon_name="tasks", priority=10
            )
            shown.insert(0, branches)
        return shown

    def get_context_data(self, **kwargs):
        return super().get_context_data(most_at_once=MOST_AT_ONCE, year=self.year, **kwargs)


def _came_on(one) -> str:
    return date_format(one.first_submitted_on, "DATE_FORMAT") if one.first_submitted_on else "—"


def _opens_years(user) -> bool:
    tops = scope_of(user).paths(roles=TREE_KEEPERS)
    return any(len(path) == Organization.steplen for path in tops)


class Progress(ReturnsPage, TemplateView):
    """Handed in, accepted, in time, late: of a place and of each branch below it. Missing is a column, never nought."""

    template_name = "coverage/desk/returns/progress.html"

    def get_page_title(self):
        return _("Annual returns %(year)s: how far each branch has come") % {"year": self.kwargs["year"]}

    @cached_property
    def place(self) -> Organization:
        """The one asked for, else the top of her scope."""
        reach = Organization.objects.visible_to(self.request.user, roles=policies.RETURN_READERS)
        if code := self.request.GET.get("at", ""):
            return get_object_or_404(reach, code=code[:40])
        return reach.first()

    def get_context_data(self, **kwargs):
        today, year = clock.today(), self.kwargs["year"]
        whole, branches = queries.progress(self.place, year=year, today=today)
        names = {one.path: one for one in Organization.objects.filter(path__in=list(branches))}
        rows = [(names[path], one, per_cent(one.handed_in, one.expected)) for path, one in sorted(branches.items())]
        return super().get_context_data(**kwargs) | {
            "place": self.place,
            "whole": whole,
            "share": per_cent(whole.handed_in, whole.expected),
            "rows": rows,
            "year": year,
            "today": today,
            "sentence": _sentence(self.place, whole),
        }


def _sentence(place: Organization, whole: queries.Progress) -> str:
    said = {"union": place.name, "expected": whole.expected, "handed_in": whole.handed_in, "missing": whole.missing}
    if not whole.expected:
        return _("No return is expected of %(union)s for this year.") % said
    return (
        ngettext(
            "%(handed_in)s of %(expected)s return has been handed in at and below %(union)s.",
            "%(handed_in)s of %(expected)s returns were handed in at and below %(union)s, %(missing)s are missing.",
            whole.expected,
        )
        % said
    )
