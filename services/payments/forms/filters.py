"""What the lists of payments can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from services.foundation.desk_filters import PeopleFound, TextFilter, YearFilter, month_named
from services.foundation.scope import path_filter
from services.organizations.models import Organization
from services.organizations.queries import named
from services.payments import queries
from services.payments.enums import BatchState, PayableState
from services.payments.models import Batch, Payable


def _funds(request):
    return queries.funds_for(request.user)


class Hidden(django_filters.CharFilter):
    """Set by an address alone."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, widget=forms.HiddenInput, **kwargs)


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
    year = YearFilter(label=_("Year of the fund"), field_name="fund__year")
    # The statistics narrow by these.
    payer = Hidden(label=_("Paid by"), method="by_payer")
    payer_direct = Hidden(label=_("Paid by itself"), method="as_it_is")
    subject = Hidden(label=_("Paid for"), field_name="subject_code")
    month = Hidden(label=_("Month of the payment"), method="by_month")
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

    def as_it_is(self, queryset, name, value):
        return queryset

    def by_payer(self, queryset, name, value):
        payer = Organization.objects.filter(code=value).first()
        if payer is None:
            return queryset.none()
        if self.data.get("payer_direct") == "1":
            return queryset.filter(organization=payer)
        return queryset.filter(organization__path__startswith=payer.path)

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(paid_at__year=first.year, paid_at__month=first.month)

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
