"""What the list of annual returns can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.coverage.enums import ReturnState
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.foundation import clock
from services.foundation.scope import path_filter
from services.organizations.enums import Branch, Kind
from services.organizations.queries import named

_STATES = [choice for choice in ReturnState.choices if choice[0] != ReturnState.SUPERSEDED]
_KINDS = [(str(kind), kind.label) for kind in Kind if kind.branch == Branch.TRADE_UNION]


class ReturnFilters(WagtailFilterSet):
    """Without ``year``: the one that was opened last."""

    year = django_filters.TypedChoiceFilter(label=_("Year"), coerce=int, method="by_year", choices=[])
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=_STATES, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    time = django_filters.ChoiceFilter(
        label=_("Due"),
        method="by_time",
        choices=[
            ("missing", _("Not handed in yet")),
            ("handed_in", _("Handed in")),
            ("overdue", _("Overdue, not handed in")),
            ("late", _("Came late, or overdue")),
            ("in_time", _("Came in time")),
        ],
    )
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    above = django_filters.CharFilter(label=_("Reports to (code)"), method="by_above", max_length=40)
    kind = django_filters.ChoiceFilter(label=_("Level"), field_name="organization__kind", choices=_KINDS)

    class Meta:
        model = AnnualReturn
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = queries.years_within(self.request.user)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in self.years]

    def filter_queryset(self, queryset):
        """One year at a time: two would mix a union with itself."""
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("year"):
            return found
        return found.filter(year=self.years[0]) if self.years else found

    def by_year(self, queryset, name, value):
        return queryset.filter(year=value)

    def by_time(self, queryset, name, value):
        return queryset.filter(queries.by_time(clock.today())[value])

    def by_above(self, queryset, name, value):
        return queryset.filter(reports_to__code=value)

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))
