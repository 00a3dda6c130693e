"""What the lists of benefits and nominations can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.casework.rules.measured import DAY_KEYS, SPANS
from services.foundation.desk_filters import YearFilter, month_named
from services.foundation.scope import path_filter
from services.mutual_aid.enums import BenefitState, NominationState
from services.mutual_aid.models import Benefit, Claim, Nomination, Scheme
from services.mutual_aid.queries import name_of
from services.organizations.queries import named


def _schemes() -> list[tuple[str, str]]:
    return [(one.code, name_of(one)) for one in Scheme.objects.all()]


class OfUnion(WagtailFilterSet):
    """Lists of what belongs to a union: of it and all below it, or of it alone."""

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(organization__code=code) if value and code else queryset


def _union() -> django_filters.CharFilter:
    return django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)


def _direct() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only of the union itself"))],
        empty_label=_("with every union below"),
    )


class BenefitFilters(OfUnion):
    union = _union()
    direct = _direct()
    year = YearFilter(label=_("Year"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), field_name="scheme__code", choices=_schemes)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=BenefitState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    month = django_filters.CharFilter(
        label=_("Month of the decision"), method="by_month", max_length=10, widget=forms.HiddenInput
    )

    paid = YearFilter(label=_("Paid in the year"), field_name="paid_at__year")
    kept = django_filters.CharFilter(
        label=_("Scheme kept by (code or name)"), method="by_keeper", max_length=60, widget=forms.HiddenInput
    )
    days = django_filters.ChoiceFilter(
        label=_("Days from sending to payment"),
        method="by_days",
        choices=[(key, key) for key in DAY_KEYS],
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Benefit
        fields = []

    def by_keeper(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("scheme__organization__path", paths))

    def by_days(self, queryset, name, value):
        if value in SPANS:
            return queryset.filter(took__range=SPANS[value])
        return queryset.filter(took=int(value))

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(decided_at__year=first.year, decided_at__month=first.month)


class FlaggedFilters(OfUnion):
    """Marked claims: of a union, of a scheme."""

    union = _union()
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), field_name="scheme__code", choices=_schemes)

    class Meta:
        model = Claim
        fields = []

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("case__path", paths))


class NominationFilters(OfUnion):
    union = _union()
    direct = _direct()
    year = YearFilter(label=_("Year"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), field_name="scheme__code", choices=_schemes)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=NominationState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Nomination
        fields = []
