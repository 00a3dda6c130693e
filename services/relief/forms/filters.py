"""What the list of hardship files can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter
from services.foundation.references import is_human_number
from services.foundation.scope import path_filter
from services.organizations.queries import named
from services.relief.enums import Category, Cause, FileState
from services.relief.models import Household


class FileFilters(WagtailFilterSet):
    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_token")
    union = django_filters.CharFilter(
        label=gettext_lazy("Union and below (code or name)"), method="in_union", max_length=60
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=FileState)
    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Category)
    cause = django_filters.ChoiceFilter(label=gettext_lazy("Main cause"), choices=Cause)
    recheck = django_filters.ChoiceFilter(
        label=gettext_lazy("Yearly check"),
        method="by_recheck",
        choices=[("overdue", gettext_lazy("Overdue")), ("ahead", gettext_lazy("Still ahead"))],
    )

    class Meta:
        model = Household
        fields = ["union", "state", "category", "cause", "recheck"]

    def by_text(self, queryset, name, value):
        if is_human_number(value):
            return queryset.filter(number=value.strip().upper())
        return queryset.filter(worker__name__startswith=value)

    def by_token(self, queryset, name, value):
        return queryset.filter(worker__token__in=PeopleFound.tokens(value))

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("path", paths))

    def by_recheck(self, queryset, name, value):
        on_file = queryset.filter(state=FileState.ON_FILE)
        if value == "overdue":
            return on_file.filter(recheck_due_on__lt=clock.today())
        return on_file.filter(recheck_due_on__gte=clock.today())
