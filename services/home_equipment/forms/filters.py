"""What the lists can be narrowed by; each filter lives in the address and can be shared."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.home_equipment import enums
from services.home_equipment.models import AssetItem, AssetTransfer, DeliveryOrder, RepairTask, StockTake
from services.home_equipment.queries.register import LONGEST_NUMBER, idle_days_of, idle_since
from services.home_equipment.queries.standards import standards_for
from services.organizations.enums import Kind
from services.organizations.models import Organization


def counties_of(request):
    """Those below her posts, and the one above her own."""
    if request is None:
        return Organization.objects.none()
    return Organization.objects.visible_to(request.user, roles=enums.READERS).filter(kind=Kind.COUNTY_WF)


class _Text(django_filters.CharFilter):
    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST_NUMBER, widget=forms.HiddenInput, **kwargs)


class _County(django_filters.ModelChoiceFilter):
    def __init__(self, field_name: str):
        super().__init__(
            field_name=field_name, label=_("County"), queryset=counties_of, to_field_name="code", null_label=None
        )


class AssetFilters(WagtailFilterSet):
    q = _Text(method="by_text")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.AssetState.choices, widget=forms.CheckboxSelectMultiple
    )
    category = django_filters.ChoiceFilter(label=pgettext_lazy("equipment", "Category"), choices=enums.Category.choices)
    source = django_filters.ChoiceFilter(label=pgettext_lazy("equipment", "Source"), choices=enums.Source.choices)
    condition = django_filters.ChoiceFilter(label=_("Condition"), choices=enums.Condition.choices)
    county = _County("custodian")
    home = django_filters.CharFilter(field_name="home__code", label=_("Home (code)"), max_length=20)
    idle = django_filters.BooleanFilter(
        label=pgettext_lazy("asset", "Idle"),
        method="by_idle",
        widget=forms.Select(choices=[("", "—"), ("true", _("Idle for longer than the city allows"))]),
    )

    class Meta:
        model = AssetItem
        fields = []

    def by_text(self, queryset, name, value):
        found = Q(number__istartswith=value) | Q(name__icontains=value) | Q(serial__iexact=value)
        return queryset.filter(found | Q(place__name__icontains=value) | Q(home__code__iexact=value))

    def by_idle(self, queryset, name, value):
        if not value:
            return queryset
        days = idle_days_of(standards_for(self.request.user))
        return queryset.filter(idle_since(clock.today() - timedelta(days=days)))


class DeliveryFilters(WagtailFilterSet):
    q = _Text(method="by_text")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.DeliveryState.choices, widget=forms.CheckboxSelectMultiple
    )
    source = django_filters.ChoiceFilter(
        field_name="batch__source", label=pgettext_lazy("equipment", "Source"), choices=enums.Source.choices
    )
    county = _County("home__county")
    home = django_filters.CharFilter(field_name="home__code", label=_("Home (code)"), max_length=20)
    batch = django_filters.CharFilter(field_name="batch__number", label=_("Batch"), max_length=LONGEST_NUMBER)

    class Meta:
        model = DeliveryOrder
        fields = []

    def by_text(self, queryset, name, value):
        found = Q(number__istartswith=value) | Q(batch__number__istartswith=value)
        return queryset.filter(found | Q(home__host__name__icontains=value) | Q(home__code__iexact=value))


class TaskFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.TaskState.choices, widget=forms.CheckboxSelectMultiple
    )
    county = _County("home__county")
    home = django_filters.CharFilter(field_name="home__code", label=_("Home (code)"), max_length=20)

    class Meta:
        model = RepairTask
        fields = []


class TakeFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.TakeState.choices, widget=forms.CheckboxSelectMultiple
    )
    county = _County("home__county")
    home = django_filters.CharFilter(field_name="home__code", label=_("Home (code)"), max_length=20)

    class Meta:
        model = StockTake
        fields = []


class TransferFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.TransferState.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AssetTransfer
        fields = []


class ProgressFilters(WagtailFilterSet):
    """Of the report: which supplier, which county, which item."""

    supplier = django_filters.ChoiceFilter(label=_("Supplier"), choices=enums.Supplier.choices, method="kept_for_later")
    county = django_filters.ModelChoiceFilter(
        label=_("County"), queryset=counties_of, to_field_name="code", null_label=None, field_name="county"
    )
    code = django_filters.CharFilter(
        label=pgettext_lazy("equipment", "Item (code)"), max_length=6, method="kept_for_later"
    )

    def kept_for_later(self, queryset, name, value):
        """It narrows positions, which aren't rows of a table."""
        return queryset
