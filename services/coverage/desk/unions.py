"""The list of unions by where they stand: what a figure counts, and whom to call."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.coverage import policies
from services.coverage.enums import READERS, Answer, Subject
from services.coverage.exporters import CALLS
from services.coverage.forms.union_filters import UnionFilters
from services.coverage.models import Standing
from services.coverage.queries.reminders import with_last_reminder
from services.coverage.queries.unions import names_above, unions_listed
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing


def page_of(standing: Standing) -> str:
    return reverse("coverage_records:one", args=[standing.organization.code])


def _ends(standing: Standing) -> str:
    return f"{standing.term_ends_on:%Y-%m-%d}" if standing.term_ends_on else ""


def _reminded(standing: Standing) -> str:
    return f"{timezone.localdate(standing.reminded_at):%Y-%m-%d}" if standing.reminded_at else ""


_SAME = frozenset({"get_required_display", "get_built_display"})
_TERM = frozenset({"get_term_display", "term_ends_on"})
# Of a list of unions to call: the columns in which every line says the same, or that don't bear on it. So whom to call
# and the button stand on the screen without scrolling sideways.
LEFT_OUT = {
    Subject.COMMITTEE: _SAME | _TERM,
    Subject.COMMISSIONER: _SAME | _TERM,
    Subject.TERM_OVERDUE: _SAME | {"get_term_display"},
    Subject.TERM_ENDING: _SAME | {"get_term_display"},
    Subject.NOT_STATED: _SAME | _TERM | {"organization.women_member_count"},
    Subject.HEAD: _SAME | _TERM,
    Subject.OUT_OF_STEP: _SAME,
}


class RemindColumn(Column):
    """One click: the union's officers are written to. Empty where there is nothing to remind of."""

    cell_template_name = "coverage/desk/remind_cell.html"


class UnionList(SavesViews, KeysetListing, DeskListView):
    model = Standing
    index_url_name = "coverage_view:unions"
    index_results_url_name = "coverage_view:unions_results"
    results_template_name = "coverage/desk/unions_results.html"
    page_title = gettext_lazy("Where unions stand, and whom to call")
    header_icon = "group"
    filterset_class = UnionFilters
    default_ordering = "pk"
    list_export = ()

    def allowed(self):
        return policies.may_read_records(self.request.user)

    @cached_property
    def subject(self) -> str:
        asked = self.request.GET.get("about", "")
        return asked if asked in Subject.values else ""

    @cached_property
    def reminds(self) -> bool:
        return bool(self.subject) and bool(policies.may_remind_somewhere(self.request.user))

    def rows(self, user):
        return with_last_reminder(unions_listed(user, roles=READERS), self.subject)

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        names_above(self.keyset_page.rows)
        for row in self.keyset_page.rows:
            row.may_remind = self.reminds and bool(policies.may_remind(self.request.user, row.organization))
        return answer

    @cached_property
    def columns(self):
        told = [
            TitleColumn("organization.name", label=pgettext("women workers' organisation", "Union"), get_url=page_of),
            Column("above", label=_("Union above")),
            Column("organization.women_member_count", label=_("Women members")),
            Column("get_required_display", label=pgettext("women workers' organisation", "Required")),
            Column("get_form_display", label=_("Women workers' organisation")),
            StatusTagColumn("get_built_display", label=_("Set up"), primary=lambda row: row.built == Answer.YES),
            Column("get_term_display", label=_("Term of office")),
            Column("term_ends_on", label=_("Term ends on"), accessor=_ends),
            Column("organization.officer_contact", label=_("Contact")),
            Column("reminded_at", label=_("Last reminder"), accessor=_reminded),
        ]
        left_out = LEFT_OUT.get(self.subject, ())
        told = [column for column in told if column.name not in left_out]
        if not self.reminds:
            return told
        return [
            TickColumn(field="union", called="organization.name", sent="organization.code"),
            *told,
            RemindColumn("remind", label=_("Remind")),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=[CALLS.code])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]

    def get_context_data(self, **kwargs):
        own = [("", gettext_lazy("All unions")), *Subject.choices]
        return super().get_context_data(
            lists=[(label, self._about(code), code == self.subject) for code, label in own],
            reminds=self.reminds,
            subject=self.subject,
            most_at_once=MOST_AT_ONCE,
            **kwargs,
        )

    def _about(self, subject: str) -> str:
        """The list about another subject, of the same union."""
        kept = self.state.copy()
        for name in set(kept) - {"union", "direct"}:
            del kept[name]
        if subject:
            kept["about"] = subject
        return f"{self.index_url}?{kept.urlencode()}" if kept else self.index_url
