"""What leaves as a workbook: numbers of files and codes. No name, no day of birth, no note leaves in any variant."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums, policies
from services.child_files.actions.consents import LISTING
from services.child_files.forms.filters import FileFilters
from services.child_files.queries.files import files_for
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport

COLUMNS = (
    ExportColumn(_("Number of the file"), _("Stands for the child; no name leaves the desk.")),
    ExportColumn(pgettext_lazy("organisation", "Home"), _("Its number.")),
    ExportColumn(pgettext_lazy("child's file", "State"), _("At the time of the data.")),
    ExportColumn(_("Sex"), _("Once the guardian has agreed.")),
    ExportColumn(_("Age"), _("The band it lies in.")),
    ExportColumn(_("File complete"), _("All fields that the programme asks for.")),
    ExportColumn(_("Review due on"), _("Once a year.")),
)
_READ = ("code", "home__code", "state", "sex", "age_band", "complete", "review_due_on")
_LABELS = {2: enums.FileState, 3: enums.Sex, 4: enums.AgeBand}
_YES_NO = {True: _("yes"), False: _("no")}


def files_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, asked anew when the file is made."""
    filters = FileFilters(parameters, request=SimpleNamespace(user=user))
    rows = files_for(user)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(found.order_by("pk").select_related(None).values_list(*_READ), described(filters))


def file_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    words = {place: {str(value): str(label) for value, label in one.choices} for place, one in _LABELS.items()}
    for row in rows:
        line = [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]
        line[5] = str(_YES_NO[bool(row[5])])
        yield line


CHILDREN = ListExport(
    code=LISTING,
    title=_("Children's files"),
    columns=COLUMNS,
    may=policies.may_list,
    find=files_found,
    lines=file_lines,
    address=lambda: reverse("child_files_desk:list"),
)
