"""What the ledger and the logs can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import YearFilter
from services.plan_reviews import enums
from services.plan_reviews.models import Issue, PolicyInclusion, Publicity, Training


class IssueFilters(WagtailFilterSet):
    year = YearFilter(label=_("Year"), field_name="year")
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("problem", "Kind"), choices=enums.IssueKind.choices)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=enums.IssueState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    late = django_filters.ChoiceFilter(label=_("Due"), method="by_time", choices=[("overdue", _("Overdue"))])

    class Meta:
        model = Issue
        fields = []

    def by_time(self, queryset, name, value):
        return queryset.filter(due_on__lt=clock.today()).exclude(state=enums.IssueState.CLOSED)


class _ByYear(WagtailFilterSet):
    year = YearFilter(label=_("Year"), field_name="day", lookup_expr="year")


class TrainingFilters(_ByYear):
    form_of = django_filters.ChoiceFilter(
        label=pgettext_lazy("training", "Form"), field_name="form", choices=enums.TrainingForm.choices
    )

    class Meta:
        model = Training
        fields = []


class PublicityFilters(_ByYear):
    channel = django_filters.ChoiceFilter(label=pgettext_lazy("publicity", "Channel"), choices=enums.Channel.choices)

    class Meta:
        model = Publicity
        fields = []


class InclusionFilters(_ByYear):
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("inclusion", "Inclusion"), choices=enums.Inclusion.choices)

    class Meta:
        model = PolicyInclusion
        fields = []
