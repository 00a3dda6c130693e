"""The list of unions at a month end as a workbook."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import policies
from services.coverage.forms.then_filters import ThenFilters, nodes_named
from services.coverage.wording.then import HEADINGS, stood
from services.figures.models import SnapshotNode
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, in_groups

COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union, at that month end.")),
    ExportColumn(pgettext_lazy("organisation", "Name"), _("Of the union, at that month end.")),
    ExportColumn(_("Union above"), _("Directly above it in the tree of that day.")),
    *(ExportColumn(heading, _("As it was counted at that month end.")) for heading in HEADINGS),
)
_READ = ("snapshot_id", "path", "parent_path", "code", "name")


def found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, in its order."""
    rows = nodes_named(user, parameters)
    filters = ThenFilters(parameters, queryset=rows, request=SimpleNamespace(user=user))
    told = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(told.order_by("path").values_list(*_READ), described(filters))


def lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    for group in in_groups(rows):
        nodes = [SnapshotNode(**dict(zip(_READ, row, strict=True))) for row in group]
        for one in stood(nodes):
            yield [one.node.code, one.node.name, one.above, *one.said]


THEN = ListExport(
    code="coverage-then",
    title=_("Where unions stood at a month end"),
    columns=COLUMNS,
    may=policies.may_read_records,
    find=found,
    lines=lines,
    address=lambda: reverse("coverage_view:then"),
)
