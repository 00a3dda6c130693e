"""What narrows the list of what was done."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry


def _actions() -> list[tuple]:
    return sorted(registry.get_choices(), key=lambda choice: str(choice[1]))


class TrailFilters(WagtailFilterSet):
    action = django_filters.ChoiceFilter(label=_("What was done"), choices=_actions)
    day = django_filters.DateFromToRangeFilter(label=_("Day"), field_name="timestamp", widget=DateRangePickerWidget)
    by = django_filters.CharFilter(
        label=pgettext_lazy("who did it", "By"), field_name="user__username", lookup_expr="iexact", max_length=150
    )

    class Meta:
        model = ModelLogEntry
        fields = []
