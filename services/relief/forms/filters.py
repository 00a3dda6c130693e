"""What the list of hardship files can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter, YearFilter, month_named
from services.foundation.references import is_human_number
from services.foundation.scope import path_filter
from services.organizations.filters import UnionFilter
from services.organizations.queries import named
from services.payments.models import FundSource
from services.relief import queries
from services.relief.enums import AwardState, Category, Cause, FileState, ProgrammeKind
from services.relief.models import Award, Household


class OfUnion(WagtailFilterSet):
    """Lists of what belongs to a union: of it and all below it, or of it alone."""

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(organization__code=code) if value and code else queryset


def _direct() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=gettext_lazy("Reach"),
        method="by_direct",
        choices=[("1", gettext_lazy("only of the union itself"))],
        empty_label=gettext_lazy("with every union below"),
    )


class FileFilters(OfUnion):
    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_token")
    union = UnionFilter(
        label=gettext_lazy("Union and below (code or name)"), method="in_union", max_length=60, help_text=""
    )
    direct = _direct()
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=FileState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Category)
    cause = django_filters.ChoiceFilter(label=gettext_lazy("Main cause"), choices=Cause)
    single = django_filters.ChoiceFilter(
        label=gettext_lazy("Single mother"),
        field_name="single_parent",
        method="by_single",
        choices=[("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))],
    )
    recheck = django_filters.ChoiceFilter(
        label=gettext_lazy("Yearly check"),
        method="by_recheck",
        choices=[("overdue", gettext_lazy("Overdue")), ("ahead", gettext_lazy("Still ahead"))],
    )

    class Meta:
        model = Household
        fields = []

    def by_text(self, queryset, name, value):
        if is_human_number(value):
            return queryset.filter(number=value.strip().upper())
        return queryset.filter(worker__name__startswith=value)

    def by_token(self, queryset, name, value):
        return queryset.filter(worker__token__in=PeopleFound.tokens(value))

    def by_single(self, queryset, name, value):
        return queryset.filter(single_parent=value == "1")

    def by_recheck(self, queryset, name, value):
        on_file = queryset.filter(state=FileState.ON_FILE)
        if value == "overdue":
            return on_file.filter(recheck_due_on__lt=clock.today())
        return on_file.filter(recheck_due_on__gte=clock.today())


class AwardFilters(OfUnion):
    union = UnionFilter(
        label=gettext_lazy("Union and below (code or name)"), method="in_union", max_length=60, help_text=""
    )
    direct = _direct()
    year = YearFilter(label=gettext_lazy("Year"))
    programme = django_filters.ChoiceFilter(
        label=gettext_lazy("Programme"), field_name="programme_code", choices=queries.programme_choices
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind of programme"), choices=ProgrammeKind)
    fund = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Fund source"), queryset=lambda request: FundSource.objects.unscoped().all()
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=AwardState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    month = django_filters.CharFilter(
        label=gettext_lazy("Month of the decision"), method="by_month", max_length=10, widget=forms.HiddenInput
    )

    class Meta:
        model = Award
        fields = []

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(decided_at__year=first.year, decided_at__month=first.month)
