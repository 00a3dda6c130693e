"""What batches and covers can be narrowed by; each filter lives in the address and can be shared."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter, month_named, year_named
from services.foundation.scope import path_filter
from services.mutual_aid.enums import BatchKind, BatchState, CoverState
from services.mutual_aid.models import CoverVersion, EnrolmentBatch, Scheme
from services.mutual_aid.queries.group import HEADED
from services.organizations.models import Organization
from services.organizations.queries import named


class Hidden(django_filters.CharFilter):
    """Set by an address alone."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, widget=forms.HiddenInput, **kwargs)


class InUnions(WagtailFilterSet):
    """``at`` and ``at_direct`` are how statistics name an organisation: with what is below it, or itself alone."""

    path_lookup = "path"
    unit_lookup = "organization"

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter(self.path_lookup, paths))

    def as_it_is(self, queryset, name, value):
        return queryset

    def at_union(self, queryset, name, value):
        place = Organization.objects.filter(code=value).first()
        if place is None:
            return queryset.none()
        if self.data.get("at_direct") == "1":
            return queryset.filter(**{self.unit_lookup: place})
        return queryset.filter(**{f"{self.path_lookup}__startswith": place.path})


class BatchFilters(InUnions):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=BatchState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=BatchKind.choices)
    scheme = django_filters.ModelChoiceFilter(
        label=_("Scheme"), queryset=lambda request: Scheme.objects.all(), to_field_name="code"
    )
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    at = Hidden(label=_("At"), method="at_union")
    at_direct = Hidden(label=_("Itself alone"), method="as_it_is")
    year = Hidden(label=_("Year of the payment"), method="by_year")
    month = Hidden(label=_("Month of the payment"), method="by_month")
    groups = Hidden(label=_("Without additions"), method="only_groups")

    class Meta:
        model = EnrolmentBatch
        fields = []

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(paid_on__year=first.year, paid_on__month=first.month)

    def by_year(self, queryset, name, value):
        year = year_named(value)
        return queryset.filter(paid_on__year=year) if year else queryset.none()

    def only_groups(self, queryset, name, value):
        return queryset.exclude(kind=BatchKind.ADDITION).filter(HEADED)


class UnitFilters(WagtailFilterSet):
    """Units that haven't joined: of a union, in a scheme (the list itself looks at that one)."""

    scheme = django_filters.ModelChoiceFilter(
        label=_("Scheme"), queryset=lambda request: Scheme.objects.all(), to_field_name="code", method="as_it_is"
    )
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)

    class Meta:
        model = Organization
        fields = []

    def as_it_is(self, queryset, name, value):
        return queryset

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("path", paths))


class CoverFilters(InUnions):
    path_lookup = "cover__path"
    unit_lookup = "cover__organization"

    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_person")
    scheme = django_filters.ModelChoiceFilter(
        label=_("Scheme"), queryset=lambda request: Scheme.objects.all(), to_field_name="code"
    )
    standing = django_filters.ChoiceFilter(
        label=pgettext_lazy("cover", "Today"),
        method="by_standing",
        choices=[
            ("runs", _("runs")),
            ("ahead", _("begins later")),
            ("over", _("is over")),
            ("ends", _("ends within 60 days")),
            ("counts", _("isn't void")),
            ("void", _("is void")),
        ],
    )
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    at = Hidden(label=_("At"), method="at_union")
    at_direct = Hidden(label=_("Itself alone"), method="as_it_is")
    year = Hidden(label=_("Year of the first day"), method="by_year")
    month = Hidden(label=_("Month of the first day"), method="by_month")

    class Meta:
        model = CoverVersion
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(Q(worker__name__startswith=value) | Q(cover__number__startswith=value.upper()))

    def by_person(self, queryset, name, value):
        return queryset.filter(worker__token__in=PeopleFound.tokens(value))

    def by_standing(self, queryset, name, value):
        today = clock.today()
        until = date.fromordinal(today.toordinal() + 60)
        if value == "void":
            return queryset.filter(state=CoverState.VOID)
        conditions = {
            "counts": Q(),
            "runs": Q(first_day__lte=today, last_day__gte=today),
            "ahead": Q(first_day__gt=today),
            "over": Q(last_day__lt=today),
            "ends": Q(first_day__lte=today, last_day__gte=today, last_day__lte=until),
        }
        return queryset.filter(conditions[value], state=CoverState.IN_FORCE)

    def by_year(self, queryset, name, value):
        year = year_named(value)
        return queryset.filter(first_day__year=year) if year else queryset.none()

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(first_day__year=first.year, first_day__month=first.month)
