"""What leaves as a workbook: hardship files and awards, names masked, nothing that is sealed."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.relief import policies, queries
from services.relief.enums import AwardState, Category, Cause, FileState
from services.relief.forms.filters import AwardFilters, FileFilters

_READ = (
    "number",
    "worker__name",
    "organization__name",
    "state",
    "category",
    "cause",
    "persons",
    "on_file_since",
    "recheck_due_on",
)
COLUMNS = (
    ExportColumn(gettext_lazy("Number"), gettext_lazy("Of the file.")),
    ExportColumn(gettext_lazy("Woman"), gettext_lazy("Her name, masked.")),
    ExportColumn(gettext_lazy("Union"), gettext_lazy("Where the file is kept.")),
    ExportColumn(gettext_lazy("State"), gettext_lazy("Of the file, at the time of the data.")),
    ExportColumn(gettext_lazy("Category"), gettext_lazy("By the income test.")),
    ExportColumn(gettext_lazy("Main cause"), gettext_lazy("A class, never an illness.")),
    ExportColumn(gettext_lazy("Persons"), gettext_lazy("Who live together.")),
    ExportColumn(gettext_lazy("On file since"), gettext_lazy("The day of the decision.")),
    ExportColumn(gettext_lazy("To be checked again by"), gettext_lazy("The next yearly check.")),
)


def files_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; there is no variant in clear."""
    filters = FileFilters(parameters, request=SimpleNamespace(user=user))
    reach = queries.files_listed(user)
    found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
    return Found(found.order_by("-pk").values_list(*_READ), described(filters))


def file_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a household."""
    states, categories, causes = (
        {str(value): str(label) for value, label in choices.choices} for choices in (FileState, Category, Cause)
    )
    for number, name, union, state, category, cause, persons, since, recheck in rows:
        yield [
            number,
            masking.mask_name(name),
            union,
            states[state],
            categories.get(category, ""),
            causes.get(cause, ""),
            persons,
            since,
            recheck,
        ]


FILES = ListExport(
    code="hardship-files",
    title=gettext_lazy("Hardship files"),
    columns=COLUMNS,
    may=policies.may_read_files,
    find=files_found,
    lines=file_lines,
    address=lambda: reverse("relief_desk:files"),
)

AWARD_COLUMNS = (
    ExportColumn(gettext_lazy("Case"), gettext_lazy("Its number, as it is read out on the telephone.")),
    ExportColumn(gettext_lazy("Woman"), gettext_lazy("Her name, masked.")),
    ExportColumn(gettext_lazy("Union"), gettext_lazy("Hers, on the day of the decision.")),
    ExportColumn(gettext_lazy("Programme"), gettext_lazy("Under which it was decided.")),
    ExportColumn(gettext_lazy("Amount in yuan"), gettext_lazy("As it was decided.")),
    ExportColumn(gettext_lazy("Fund source"), gettext_lazy("From which it is paid.")),
    ExportColumn(gettext_lazy("State"), gettext_lazy("Of the award, at the time of the data.")),
    ExportColumn(gettext_lazy("Decided on"), gettext_lazy("The day of the decision.")),
    ExportColumn(gettext_lazy("Paid on"), gettext_lazy("The day on which the bank's answer was read.")),
)
_AWARDS_READ = (
    *("application__case__number", "worker__name", "organization__name", "programme__name", "amount"),
    *("fund__name", "fund__year", "state", "decided_at", "paid_at"),
)


def awards_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; there is no variant in clear."""
    filters = AwardFilters(parameters, request=SimpleNamespace(user=user))
    reach = queries.awards_listed(user)
    found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
    return Found(found.order_by("-pk").values_list(*_AWARDS_READ), described(filters))


def award_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row an award. Category and cause stay out: beside a sum they say too much."""
    states = {str(value): str(label) for value, label in AwardState.choices}
    for number, name, union, programme, amount, fund, year, state, decided, paid in rows:
        yield [
            number,
            masking.mask_name(name),
            union,
            programme,
            amount,
            f"{fund} {year}",
            states[state],
            timezone.localdate(decided),
            timezone.localdate(paid) if paid else "",
        ]


AWARDS = ListExport(
    code="relief-awards",
    title=gettext_lazy("Awards"),
    columns=AWARD_COLUMNS,
    may=policies.may_read_files,
    find=awards_found,
    lines=award_lines,
    address=lambda: reverse("relief_desk:awards"),
)
