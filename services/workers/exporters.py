"""What leaves as a workbook: the list of women workers, names and phones masked, identity numbers never whole."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.foundation import clock, masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.foundation.identifiers import whole_years
from services.organizations.enums import ROSTER_WRITERS
from services.workers import policies
from services.workers.enums import EmploymentType, WorkerState
from services.workers.forms.filters import WorkerFilters
from services.workers.models import Worker

_READ = ("name", "organization__name", "birth_date", "position", "employment_type", "id_last4", "phone", "state")
COLUMNS = (
    ExportColumn(pgettext_lazy("person", "Name"), gettext_lazy("Of the woman."), protected=True),
    ExportColumn(gettext_lazy("Union"), gettext_lazy("Where she is registered now.")),
    ExportColumn(gettext_lazy("Age"), gettext_lazy("Whole years on the day of the data.")),
    ExportColumn(gettext_lazy("Post"), gettext_lazy("As her union states it.")),
    ExportColumn(gettext_lazy("Form of employment"), gettext_lazy("As her union states it.")),
    ExportColumn(gettext_lazy("Identity number ends in"), gettext_lazy("The last four characters, as text.")),
    ExportColumn(gettext_lazy("Mobile number"), gettext_lazy("Hers, as text."), protected=True),
    ExportColumn(gettext_lazy("State"), gettext_lazy("Of her record, at the time of the data.")),
)


def workers_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; in clear, only women whose records she may open."""
    filters = WorkerFilters(parameters, request=SimpleNamespace(user=user))
    reach = Worker.objects.visible_to(user, roles=ROSTER_WRITERS if opened else None)
    found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
    return Found(found.order_by("pk").values_list(*_READ, "pk", "organization__path"), described(filters))


def worker_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a woman; names and numbers are masked because a file travels further than a screen."""
    today = clock.today()
    employment = {str(value): str(label) for value, label in EmploymentType.choices}
    states = {str(value): str(label) for value, label in WorkerState.choices}
    for name, union, born, position, kind, ending, phone, state, _key, _path in rows:
        yield [
            name if opened else masking.mask_name(name),
            union,
            whole_years(born, today),
            position,
            employment.get(kind, ""),
            ending,
            phone if opened or not phone else masking.mask_phone(phone),
            states[state],
        ]


WORKERS = ListExport(
    code="workers",
    title=gettext_lazy("Women workers"),
    columns=COLUMNS,
    may=policies.may_read_rosters,
    may_open=policies.may_keep_rosters,
    find=workers_found,
    lines=worker_lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type=Worker._meta.label_lower,
    address=lambda: reverse("workers_desk:list"),
)
