"""What the list of cases can be narrowed by; each filter lives in the address and can be shared."""

from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.casework import queries
from services.casework.enums import Stage, StepKind
from services.casework.models import Case
from services.casework.queries import Whose
from services.casework.queries.hers import represented_lately
from services.casework.queries.measured import OUTCOMES, among_days, among_rounds, first_decided
from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter, YearFilter, month_named, year_named
from services.organizations.filters import UnionFilter
from services.organizations.models import Organization

# ``all``: whatever their stage, also those that are over.
ALL = "all"
WHOSE = [
    (Whose.DESK, _("My organisation's")),
    (Whose.MINE, _("Mine")),
    (Whose.REACH, _("All that wait below me")),
    (ALL, _("All cases, whatever their stage")),
]


PROMISE = [
    ("in_time", _("Decided in time")),
    ("late", _("Decided late")),
    ("open", _("Not decided yet")),
    ("withdrawn", _("Withdrawn before the decision")),
]


class HiddenFilter(django_filters.CharFilter):
    """Set by an address alone."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, widget=forms.HiddenInput, **kwargs)


class CaseFilterSet(WagtailFilterSet):
    """Without ``whose``: what waits at the organisations where she holds a post with cases."""

    choices_stand = True

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
    union = UnionFilter(method="by_union")
    free = django_filters.ChoiceFilter(
        label=_("In hand"), choices=[("1", _("Nobody's yet"))], method="by_free", empty_label=_("anybody's")
    )

    year = YearFilter(label=_("Handed in in the year"), method="by_year")
    promise = django_filters.MultipleChoiceFilter(
        label=_("Promise"), choices=PROMISE, method="by_promise", widget=forms.CheckboxSelectMultiple
    )
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only applications at the union itself"))],
        empty_label=_("with every union below"),
    )
    filer = django_filters.NumberFilter(
        label=_("Filed within 30 days by"), method="by_filer", min_value=1, widget=forms.HiddenInput
    )
    # The figures narrow by these.
    desk = HiddenFilter(label=_("Lies with"), field_name="desk__code")
    subject = HiddenFilter(label=_("Applied for"), field_name="subject_code")
    month = HiddenFilter(label=_("Month in which it was handed in"), method="by_month")
    decided = HiddenFilter(label=_("Decided in the year"), method="by_decided")
    route_of = HiddenFilter(label=_("Route kept by"), method="by_keeper")
    route_direct = HiddenFilter(label=_("Route kept by itself"), method="as_it_is")
    days = HiddenFilter(label=_("Working days to the decision"), method="by_days")
    answer = HiddenFilter(label=_("Working days to the first answer"), method="by_days")
    rounds = HiddenFilter(label=_("Times returned"), method="by_rounds")

    class Meta:
        model = Case
        fields = []

    def by_year(self, queryset, name, value):
        return queryset.filter(submitted_at__year=int(value))

    def by_filer(self, queryset, name, value):
        """What somebody handed in in women's names of late: her volume was pointed out."""
        return represented_lately(queryset, now=clock.now()).filter(representative=int(value))

    def by_promise(self, queryset, name, value):
        chosen = [OUTCOMES[outcome] for outcome in value]
        return queryset.filter(reduce(or_, chosen)) if chosen else queryset

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(organization__code=code) if value and code else queryset

    def by_month(self, queryset, name, value):
        first = month_named(value)
        if first is None:
            return queryset.none()
        return queryset.filter(submitted_at__year=first.year, submitted_at__month=first.month)

    def by_decided(self, queryset, name, value):
        year = year_named(value[:4])
        if year is None:
            return queryset.none()
        decided = queryset.filter(decision_took__isnull=False).annotate(first_decided=first_decided())
        return decided.filter(first_decided__year=year)

    def by_keeper(self, queryset, name, value):
        direct = self.data.get("route_direct") == "1"
        keeper = Organization.objects.filter(code=value).first()
        if keeper is None:
            return queryset.none()
        if direct:
            return queryset.filter(route__organization=keeper)
        return queryset.filter(route__organization__path__startswith=keeper.path)

    def by_days(self, queryset, name, value):
        found = among_days("decision_took" if name == "days" else "contact_took", value)
        return queryset.filter(found) if found is not None else queryset.none()

    def by_rounds(self, queryset, name, value):
        found = among_rounds(value)
        return queryset.filter(found) if found is not None else queryset.none()

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
