"""What leaves as a workbook: covers, names and numbers masked, with the question they answer on the first sheet."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.mutual_aid import policies
from services.mutual_aid.enums import CoverState
from services.mutual_aid.forms.filters import CoverFilters
from services.mutual_aid.queries import scheme_names
from services.mutual_aid.queries.cover_lists import covers_listed
from services.organizations.enums import ROSTER_WRITERS

COLUMNS = (
    ExportColumn(_("Certificate number"), _("As it stands on the certificate.")),
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman."), protected=True),
    ExportColumn(_("Identity number"), _("Hers, as text."), protected=True),
    ExportColumn(_("Unit"), _("That took the cover out.")),
    ExportColumn(_("Scheme"), _("Under whose terms she is covered.")),
    ExportColumn(_("First day"), _("From 0:00 on.")),
    ExportColumn(_("Last day"), _("Until 24:00.")),
    ExportColumn(_("Shares"), _("That she holds.")),
    ExportColumn(_("Unbroken renewal"), _("Whether the waiting period is waived.")),
    ExportColumn(pgettext_lazy("cover", "State"), _("Of the cover, at the time of the data.")),
)
_READ = (
    *("cover__number", "worker__name", "worker__id_number", "cover__organization__name", "scheme__code"),
    *("first_day", "last_day", "shares", "renewal", "state", "worker_id", "cover__path"),
)


def covers_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; in clear, only women whose records she may open."""
    filters = CoverFilters(parameters, request=SimpleNamespace(user=user))
    rows = covers_listed(user, roles=ROSTER_WRITERS if opened else None)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(found.order_by("-pk").select_related(None).values_list(*_READ), described(filters))


def cover_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a cover; names and numbers are masked because a file travels further than a screen."""
    states = {str(value): str(label) for value, label in CoverState.choices}
    names: dict[str, str] = {}
    for number, name, identity, unit, scheme, first, last, shares, renewal, state, _worker, _path in rows:
        if scheme not in names:
            names |= scheme_names([scheme])
        yield [
            number,
            name if opened else masking.mask_name(name),
            identity if opened else masking.mask_identity(identity),
            unit,
            names[scheme],
            first,
            last,
            shares,
            str(_("yes")) if renewal else "",
            states[state],
        ]


def may_open(user) -> Verdict:
    """Names and numbers in clear: whoever may open them one by one, somewhere."""
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts read masked records only."))


COVERS = ListExport(
    code="covers",
    title=_("Covers"),
    columns=COLUMNS,
    may=policies.may_read_batches,
    may_open=may_open,
    find=covers_found,
    lines=cover_lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type="workers.worker",
    address=lambda: reverse("mutual_aid_joining:covers"),
)
