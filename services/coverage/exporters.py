"""What leaves as a workbook: unions with where they stand, whom to call, who moved. Heads hold a public post."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import enums, policies
from services.coverage.forms.filters import StandingFilters
from services.coverage.forms.union_filters import ChangeFilters, UnionFilters
from services.coverage.queries.moves import changes_listed
from services.coverage.queries.records import standings_for, with_heads
from services.coverage.queries.reminders import with_last_reminder
from services.coverage.queries.unions import unions_listed, with_name_above
from services.coverage.wording.causes import FIELDS, cause_in_words, value_in_words
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport

COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the union.")),
    ExportColumn(_("Industry"), _("As the organisation states it.")),
    ExportColumn(_("Members"), _("Of the union.")),
    ExportColumn(_("Women members"), _("By which a committee is required or a commissioner will do.")),
    ExportColumn(pgettext_lazy("women workers' organisation", "Required"), _("By the requirements in force.")),
    ExportColumn(_("Has"), _("What is in office.")),
    ExportColumn(_("Set up as required"), _("A committee where one is required, else a committee or a commissioner.")),
    ExportColumn(_("Together with the union"), _("Prepared, elected and approved within the days that are set.")),
    ExportColumn(pgettext_lazy("women workers' committee", "Head"), _("Of the term in office.")),
    ExportColumn(_("Head qualified"), _("By her post in the union.")),
    ExportColumn(_("Term of office"), _("At the time of the data.")),
    ExportColumn(_("Term ends on"), _("Its last day.")),
    ExportColumn(_("In step with the union's term"), _("Both end together.")),
    ExportColumn(_("Reaches the standard"), _("By the last review.")),
)
_READ = (
    *("organization__code", "organization__name", "organization__industry"),
    *("organization__member_count", "organization__women_member_count"),
    *("required", "form", "built", "simultaneous", "head", "chair_qualified", "term", "term_ends_on"),
    *("in_step", "standard"),
)
_LABELS = {
    5: enums.Required,
    6: enums.Form,
    7: enums.Answer,
    8: enums.Answer,
    10: enums.Answer,
    11: enums.TermStanding,
    13: enums.Answer,
    14: enums.Answer,
}


def standings_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, in its order."""
    filters = StandingFilters(parameters, request=SimpleNamespace(user=user))
    rows = standings_for(user)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(with_heads(found).order_by("pk").select_related(None).values_list(*_READ), described(filters))


def standing_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    words = {place: {str(value): str(label) for value, label in one.choices} for place, one in _LABELS.items()}
    for row in rows:
        yield [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]


COVERAGE = ListExport(
    code="coverage",
    title=_("Women workers' organisations of unions"),
    columns=COLUMNS,
    may=policies.may_read_records,
    find=standings_found,
    lines=standing_lines,
    address=lambda: reverse("coverage_records:list"),
)


_CALLED = (
    *("organization__code", "organization__name", "above_name", "organization__women_member_count"),
    *("required", "form", "built", "term", "term_ends_on", "organization__officer_contact", "reminded_at"),
)
_CALL_LABELS = {4: enums.Required, 5: enums.Form, 6: enums.Answer, 7: enums.TermStanding}
CALL_COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the union.")),
    ExportColumn(_("Union above"), _("Directly above it in the tree.")),
    ExportColumn(_("Women members"), _("By which a committee is required or a commissioner will do.")),
    ExportColumn(pgettext_lazy("women workers' organisation", "Required"), _("By the requirements in force.")),
    ExportColumn(_("Women workers' organisation"), _("What is in office.")),
    ExportColumn(_("Set up as required"), _("A committee where one is required, else a committee or a commissioner.")),
    ExportColumn(_("Term of office"), _("At the time of the data.")),
    ExportColumn(_("Term ends on"), _("Its last day.")),
    ExportColumn(_("Contact"), _("As the organisation states it.")),
    ExportColumn(_("Last reminder"), _("Of the subject that the list is about; of any where it is about none.")),
)


def calls_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list of unions to call shows, in its order."""
    filters = UnionFilters(parameters, request=SimpleNamespace(user=user))
    rows = unions_listed(user, roles=enums.READERS)
    fit = filters.is_valid()
    found = filters.filter_queryset(rows) if fit else rows.none()
    about = filters.form.cleaned_data.get("about", "") if fit else ""
    told = with_name_above(with_last_reminder(found, about)).order_by("pk").select_related(None)
    return Found(told.values_list(*_CALLED), described(filters))


def call_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    words = {place: {str(value): str(label) for value, label in one.choices} for place, one in _CALL_LABELS.items()}
    for *row, reminded_at in rows:
        told = [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]
        yield [*told, reminded_at and localdate(reminded_at)]


CALLS = ListExport(
    code="coverage-calls",
    title=_("Where unions stand, and whom to call"),
    columns=CALL_COLUMNS,
    may=policies.may_read_records,
    find=calls_found,
    lines=call_lines,
    address=lambda: reverse("coverage_view:unions"),
)
CHANGE_COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the union.")),
    ExportColumn(_("What moved"), _("Which statement about the union.")),
    ExportColumn(pgettext_lazy("change", "From"), _("What it said before.")),
    ExportColumn(pgettext_lazy("change", "To"), _("What it says since.")),
    ExportColumn(_("Cause"), _("What moved it; the date alone counts as one.")),
    ExportColumn(pgettext_lazy("who did it", "By"), _("Whose doing it was; empty: nobody's.")),
    ExportColumn(_("On"), _("Day and time of the change.")),
)
_CHANGED = ("organization__code", "organization__name", "field", "was", "now", "cause")


def changes_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list of changes shows, in its order."""
    filters = ChangeFilters(parameters, request=SimpleNamespace(user=user))
    rows = changes_listed(user, roles=enums.READERS)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    told = found.order_by("-pk").select_related(None)
    return Found(told.values_list(*_CHANGED, "by__first_name", "by__username", "at"), described(filters))


def change_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    for code, name, field, was, now, cause, first_name, username, at in rows:
        moved = [str(FIELDS.get(field, field)), value_in_words(field, was), value_in_words(field, now)]
        yield [
            code,
            name,
            *moved,
            cause_in_words(cause),
            first_name or username or "",
            f"{localtime(at):%Y-%m-%d %H:%M}",
        ]


CHANGES = ListExport(
    code="coverage-changes",
    title=_("Who moved"),
    columns=CHANGE_COLUMNS,
    may=policies.may_read_records,
    find=changes_found,
    lines=change_lines,
    address=lambda: reverse("coverage_view:changes"),
)
