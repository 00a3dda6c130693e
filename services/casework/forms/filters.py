"""What the list of cases can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.casework import queries
from services.casework.enums import Stage, StepKind
from services.casework.models import Case
from services.casework.queries import Whose
from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter
from services.organizations.models import Organization

# ``all``: whatever their stage, also those that are over.
ALL = "all"
WHOSE = [
    (Whose.DESK, _("My organisation's")),
    (Whose.MINE, _("Mine")),
    (Whose.REACH, _("All that wait below me")),
    (ALL, _("All cases, whatever their stage")),
]


class CaseFilterSet(WagtailFilterSet):
    """Without ``whose``: what waits at the organisations where she holds a post with cases."""

    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_person")
    whose = django_filters.ChoiceFilter(choices=WHOSE, method="as_it_is", label=_("Whose"), widget=forms.HiddenInput)
    overdue = django_filters.ChoiceFilter(
        label=_("Due"), choices=[("1", _("Overdue"))], method="by_overdue", empty_label=_("any day")
    )
    service = django_filters.ChoiceFilter(
        label=_("Service"), choices=lambda: [(service.code, service.label) for service in services]
    )
    stage = django_filters.MultipleChoiceFilter(
        label=_("Stage"), choices=Stage.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    step = django_filters.ChoiceFilter(label=_("Step"), choices=StepKind.choices, method="by_step")
    union = django_filters.CharFilter(
        label=_("Union"), method="by_union", help_text=_("Code (with everything below it) or part of the name.")
    )
    free = django_filters.ChoiceFilter(
        label=_("In hand"), choices=[("1", _("Nobody's yet"))], method="by_free", empty_label=_("anybody's")
    )

    class Meta:
        model = Case
        fields = []

    def as_it_is(self, queryset, name, value):
        """The list itself has been chosen by it already."""
        return queryset

    def by_text(self, queryset, name, value):
        return queries.found(queryset, self.request.user, value, today=clock.today())

    def by_person(self, queryset, name, value):
        return queryset.filter(worker__token__in=PeopleFound.tokens(value))

    def by_overdue(self, queryset, name, value):
        return queries.overdue(queryset, today=clock.today()) if value else queryset

    def by_step(self, queryset, name, value):
        return queries.at_step(queryset, value)

    def by_union(self, queryset, name, value):
        union = Organization.objects.filter(code=value.strip()).first()
        if union:
            return queryset.filter(path__startswith=union.path)
        return queryset.filter(organization__name__icontains=value.strip())

    def by_free(self, queryset, name, value):
        return queryset.filter(handler__isnull=True) if value else queryset
