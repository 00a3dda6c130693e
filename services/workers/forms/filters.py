"""What the list of women workers can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation.desk_filters import PeopleFound, TextFilter
from services.foundation.scope import path_filter
from services.organizations.queries import named
from services.workers.enums import EmploymentType, WorkerState
from services.workers.models import Worker


class WorkerFilters(WagtailFilterSet):
    q = TextFilter(method="by_name")
    person = PeopleFound(method="by_token")
    union = django_filters.CharFilter(
        label=gettext_lazy("Union and below (code or name)"), method="in_union", max_length=60
    )
    employment_type = django_filters.ChoiceFilter(label=gettext_lazy("Form of employment"), choices=EmploymentType)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=WorkerState)
    claimed = django_filters.ChoiceFilter(
        label=gettext_lazy("Signs in online"),
        method="by_claim",
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
    )

    class Meta:
        model = Worker
        fields = ["union", "employment_type", "state", "claimed"]

    def by_name(self, queryset, name, value):
        return queryset.filter(name__startswith=value)

    def by_token(self, queryset, name, value):
        return queryset.filter(token__in=PeopleFound.tokens(value))

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def by_claim(self, queryset, name, value):
        return queryset.filter(user__isnull=value == "no")
