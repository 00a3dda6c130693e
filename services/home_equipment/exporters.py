"""What leaves as a workbook: the register of state assets (造册) and how far deliveries are."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.queries.homes import homes_for
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.home_equipment import enums, policies
from services.home_equipment.forms.filters import AssetFilters, ProgressFilters
from services.home_equipment.queries.deliveries import progress
from services.home_equipment.queries.register import assets_for

_REGISTER = (
    ExportColumn(_("Number"), _("On the label.")),
    ExportColumn(pgettext_lazy("equipment", "Code"), _("Of the line of the standard list.")),
    ExportColumn(pgettext_lazy("equipment", "Item"), _("As the register names it.")),
    ExportColumn(_("Kind"), _("Where the line names several.")),
    ExportColumn(pgettext_lazy("equipment", "Category"), _("Of the register.")),
    ExportColumn(_("Serial number"), _("Of the maker.")),
    ExportColumn(pgettext_lazy("equipment", "Quantity"), _("More than one where a lot bears one number.")),
    ExportColumn(_("Unit"), _("Titles of books are no copies.")),
    ExportColumn(_("Value of the whole"), _("In yuan.")),
    ExportColumn(pgettext_lazy("asset", "Owner"), _("There is one: the state.")),
    ExportColumn(_("Custodian"), _("The women's federation of the county.")),
    ExportColumn(pgettext_lazy("equipment", "Home"), _("Its code.")),
    ExportColumn(_("Where it is"), _("The using school or kindergarten, or the county's store.")),
    ExportColumn(
        pgettext_lazy("equipment", "Source"),
        _("Bought by the province, matched by the county, brought by the school, donated."),
    ),
    ExportColumn(_("Acquired on"), _("The day of its receipt.")),
    ExportColumn(_("State"), _("Today.")),
    ExportColumn(_("In this state since"), _("A day.")),
    ExportColumn(_("Condition"), _("As last seen.")),
)
_READ = (
    *("number", "code", "name", "kind", "category", "serial", "quantity", "unit", "value", "owner"),
    *("custodian__name", "home__code", "place__name", "source", "acquired_on", "state", "state_since", "condition"),
)
_LABELS = {
    4: enums.Category,
    7: enums.Unit,
    9: enums.Owner,
    13: enums.Source,
    15: enums.AssetState,
    17: enums.Condition,
}


def register_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, in its order."""
    rows = assets_for(user)
    filters = AssetFilters(parameters, queryset=rows, request=SimpleNamespace(user=user))
    found = filters.qs if filters.is_valid() else rows.none()
    return Found(found.order_by("-pk").select_related(None).values_list(*_READ), described(filters))


def register_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    words = {place: {str(value): str(label) for value, label in one.choices} for place, one in _LABELS.items()}
    for row in rows:
        yield [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]


REGISTER = ListExport(
    code="equipment_register",
    title=_("Register of state assets"),
    columns=_REGISTER,
    may=policies.may_enter,
    find=register_found,
    lines=register_lines,
    address=lambda: reverse("home_equipment_desk:register"),
)

_PROGRESS = (
    ExportColumn(_("County"), _("The women's federation that keeps the home.")),
    ExportColumn(pgettext_lazy("equipment", "Home"), _("Its code.")),
    ExportColumn(_("School or kindergarten"), _("The host of the home.")),
    ExportColumn(_("Supplier"), _("Who brings this line of the standard.")),
    ExportColumn(pgettext_lazy("equipment", "Code"), _("Of the line of the standard list.")),
    ExportColumn(pgettext_lazy("equipment", "Item"), _("As the standard names it.")),
    ExportColumn(_("Unit"), _("Titles of books are no copies.")),
    ExportColumn(pgettext_lazy("delivery", "Required"), _("By the standard in force.")),
    ExportColumn(pgettext_lazy("delivery", "Sent"), _("In all deliveries that have left.")),
    ExportColumn(pgettext_lazy("delivery", "Received"), _("As the homes confirmed it.")),
    ExportColumn(pgettext_lazy("delivery", "Gap"), _("Required and not received.")),
)


def positions_for(user, parameters: QueryDict) -> tuple[list, ProgressFilters]:
    """Positions within her reach that the filters leave, and the filters."""
    homes = homes_for(user).order_by("county__path", "code")
    filters = ProgressFilters(parameters, queryset=homes, request=SimpleNamespace(user=user))
    if not filters.is_valid():
        return [], filters
    chosen = filters.form.cleaned_data
    supplier, code = chosen.get("supplier"), chosen.get("code")
    found = progress(list(filters.qs))
    kept = [one for one in found if supplier in ("", None, one.supplier) and code in ("", None, one.code)]
    return kept, filters


class _Positions(tuple):
    """Rows that were worked out, as an export takes them: iterated and counted like a queryset of tuples."""

    __slots__ = ()

    def iterator(self, chunk_size: int = 0):
        return iter(self)

    def order_by(self, *columns) -> "_Positions":
        return self

    def values(self, *columns) -> "_Positions":
        return self

    def __getitem__(self, place):
        found = super().__getitem__(place)
        return _Positions(found) if isinstance(place, slice) else found

    def count(self, *value) -> int:
        return len(self)


def progress_found(user, parameters: QueryDict, opened: bool) -> Found:
    positions, filters = positions_for(user, parameters)
    rows = _Positions(
        (
            *(one.home.county.name, one.home.code, one.home.host.name, one.supplier, one.code, one.name, one.unit),
            *(one.required, one.sent, one.received, one.gap),
        )
        for one in positions
    )
    return Found(rows, described(filters))


def progress_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    for row in rows:
        said = list(row)
        said[3], said[6] = str(enums.Supplier(row[3]).label), str(enums.Unit(row[6]).label)
        yield said


PROGRESS = ListExport(
    code="equipment_progress",
    title=_("How far deliveries are"),
    columns=_PROGRESS,
    may=policies.may_enter,
    find=progress_found,
    lines=progress_lines,
    address=lambda: reverse("home_equipment_desk:progress"),
)
