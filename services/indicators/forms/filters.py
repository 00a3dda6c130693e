"""What the lists can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import YearFilter
from services.indicators import enums
from services.indicators.models import Element, Indicator, Report, ValidationRule

_STATES = [choice for choice in enums.ReportState.choices if choice[0] != enums.ReportState.REPLACED]


class ReportFilters(WagtailFilterSet):
    year = YearFilter(label=_("Year"), field_name="place__round__year")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=_STATES, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    level = django_filters.ChoiceFilter(label=_("Level"), field_name="place__level", choices=enums.Level.choices)
    time = django_filters.ChoiceFilter(
        label=_("Due"),
        method="by_time",
        choices=[("overdue", _("Overdue, not signed")), ("late", _("Came late")), ("in_time", _("Came in time"))],
    )

    class Meta:
        model = Report
        fields = []

    def by_time(self, queryset, name, value):
        due = F("place__round__due_on")
        return queryset.filter(
            {
                "overdue": Q(first_signed_on__isnull=True, place__round__due_on__lt=clock.today()),
                "late": Q(first_signed_on__gt=due),
                "in_time": Q(first_signed_on__lte=due),
            }[value]
        )


class IndicatorFilters(WagtailFilterSet):
    audience = django_filters.ChoiceFilter(label=_("Plan"), choices=enums.Audience.choices)
    domain = django_filters.ChoiceFilter(label=pgettext_lazy("monitoring", "Field"), choices=enums.Domain.choices)
    direction = django_filters.ChoiceFilter(
        label=pgettext_lazy("indicator", "Direction"), choices=enums.Direction.choices
    )
    sample = django_filters.BooleanFilter(label=_("Samples"))

    class Meta:
        model = Indicator
        fields = []


class _InForce(WagtailFilterSet):
    """Narrowed to entries that have no last year, or to those that have."""

    ended = django_filters.BooleanFilter(
        label=_("Has ended"), field_name="last_year", lookup_expr="isnull", exclude=True
    )
    sample = django_filters.BooleanFilter(label=_("Samples"))


class ElementFilters(_InForce):
    domain = django_filters.ChoiceFilter(label=pgettext_lazy("monitoring", "Field"), choices=enums.Domain.choices)
    level = django_filters.ChoiceFilter(label=_("Stated by"), choices=enums.Level.choices)
    protected = django_filters.BooleanFilter(label=_("Small numbers are hidden"))

    class Meta:
        model = Element
        fields = []


class RuleFilters(_InForce):
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("validation rule", "Kind"), choices=enums.CheckKind.choices)
    strategy = django_filters.ChoiceFilter(label=_("If a value is missing"), choices=enums.Strategy.choices)
    severity = django_filters.ChoiceFilter(label=_("If broken"), choices=enums.Severity.choices)

    class Meta:
        model = ValidationRule
        fields = []
