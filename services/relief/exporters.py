"""What leaves as a workbook: the list of hardship files, names masked, nothing that is sealed."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.relief import policies, queries
from services.relief.enums import Category, Cause, FileState
from services.relief.forms.filters import FileFilters

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
