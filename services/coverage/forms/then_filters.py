"""What the list of unions at a month end can be narrowed by: a number of that day's page is an address of this list."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.coverage.enums import SizeClass
from services.coverage.queries.then import counted_among, nodes_within, not_in_a_branch_then, places_then
from services.figures.models import Snapshot, SnapshotNode
from services.figures.queries import snapshots
from services.figures.registry import Column, statistics
from services.organizations.enums import Branch, Kind

# The months that are offered; an address may name any that was kept.
_OFFERED = 120
_KINDS_ABOVE = [(str(kind), kind.label) for kind in Kind if kind.branch == Branch.TRADE_UNION]
# Counted where nothing else is asked for.
_EVERY_UNION = "all"


def _statistics():
    return [one for one in statistics if one.code.startswith("coverage-") and one.numerator.listing_then]


def _column(code: str) -> Column:
    known = {column.code: column for one in _statistics() for column in one.columns}
    return known.get(code) or known[_EVERY_UNION]


def snapshot_named(parameters) -> Snapshot | None:
    """The month end that an address names; None where none of that day was kept."""
    try:
        day = forms.DateField().clean(parameters.get("day", ""))
    except forms.ValidationError:
        return None
    return snapshots().filter(day=day).first()


def nodes_named(user, parameters):
    """What stood within her reach on the day and at the union that an address names."""
    union = parameters.get("union", "").replace("\0", "").strip()
    return nodes_within(user, snapshot_named(parameters), union)


def _days():
    return [(f"{one.day:%Y-%m-%d}", f"{one.day:%Y-%m-%d}") for one in snapshots()[:_OFFERED]]


def _columns():
    """Each column once, below the first statistic that shows it."""
    seen: set[str] = set()
    found = []
    for one in _statistics():
        own = [(column.code, column.label) for column in one.columns if column.code not in seen]
        seen.update(code for code, _label in own)
        found.append((one.title, own))
    return found


class ThenFilters(WagtailFilterSet):
    """Made over ``nodes_named``: day and union are in force there already."""

    day = django_filters.ChoiceFilter(label=_("Month end"), choices=_days, method="as_it_is", required=True)
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="as_it_is", max_length=60)
    column = django_filters.ChoiceFilter(label=_("Counted then as"), choices=_columns, method="by_column")
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only of the union itself"))],
        empty_label=_("with every union below"),
    )
    leaves = django_filters.CharFilter(method="by_leaves", max_length=1, widget=forms.HiddenInput, label=_("Reach"))
    size = django_filters.ChoiceFilter(label=_("Size"), choices=SizeClass, method="by_split")
    industry = django_filters.CharFilter(label=_("Industry"), method="by_split", max_length=40)
    above = django_filters.ChoiceFilter(label=_("Kind of the union above"), choices=_KINDS_ABOVE, method="by_split")

    class Meta:
        model = SnapshotNode
        fields = []

    def filter_queryset(self, queryset):
        """Unions alone: of what else stood in the tree nothing was counted."""
        return super().filter_queryset(counted_among(queryset, self.counts))

    @property
    def counts(self) -> tuple[str, ...]:
        """The counts of the column that is asked for; of every union where none is."""
        return _column(self.data.get("column", "")).counts

    def as_it_is(self, queryset, name, value):
        return queryset

    by_column = as_it_is

    def by_split(self, queryset, name, value):
        return counted_among(queryset, self.counts, dimension=name, key=value)

    def _places(self) -> tuple[str, ...]:
        snapshot, union = snapshot_named(self.data), self.data.get("union", "").strip()
        return places_then(self.request.user, snapshot, union) if snapshot and union else ()

    def by_direct(self, queryset, name, value):
        return queryset.filter(path__in=self._places())

    def by_leaves(self, queryset, name, value):
        """The union itself and those directly below it that had nothing below them."""
        places = self._places()
        return not_in_a_branch_then(queryset, places[0]) if places else queryset.none()
