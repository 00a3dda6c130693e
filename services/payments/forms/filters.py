"""What the lists of payments can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from services.foundation.desk_filters import PeopleFound, TextFilter
from services.foundation.scope import path_filter
from services.organizations.queries import named
from services.payments import queries
from services.payments.enums import BatchState, PayableState
from services.payments.models import Batch, Payable


def _funds(request):
    return queries.funds_for(request.user)


class PayableFilters(WagtailFilterSet):
    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_person")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=PayableState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    fund = django_filters.ModelChoiceFilter(label=_("Fund source"), queryset=_funds)
    union = django_filters.CharFilter(label=_("Her union and below (code or name)"), method="in_union", max_length=60)
    raised = django_filters.DateFromToRangeFilter(
        label=_("Raised"), field_name="raised_at", widget=DateRangePickerWidget
    )
    needs = django_filters.ChoiceFilter(
        label=_("Needs somebody"),
        method="by_need",
        choices=[
            ("account", _("no account yet")),
            ("held", _("held by its service")),
            ("missing", _("she says it didn't arrive")),
        ],
    )

    class Meta:
        model = Payable
        fields = []

    def by_text(self, queryset, name, value):
        return queries.with_text(queryset, value)

    def by_person(self, queryset, name, value):
        return queryset.filter(worker__token__in=PeopleFound.tokens(value))

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("path", paths))

    def by_need(self, queryset, name, value):
        if value == "account":
            return queryset.filter(account__isnull=True, state=PayableState.WAITING)
        if value == "held":
            return queryset.exclude(held_because="")
        return queryset.filter(received=False)


class BatchFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=BatchState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    fund = django_filters.ModelChoiceFilter(label=_("Fund source"), queryset=_funds)

    class Meta:
        model = Batch
        fields = []
