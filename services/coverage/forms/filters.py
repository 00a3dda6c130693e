"""What the list of unions can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.coverage import enums
from services.coverage.models import Standing, Term
from services.foundation.desk_filters import LONGEST_NAME
from services.foundation.scope import path_filter
from services.organizations.models import Organization
from services.organizations.queries import named


class _Hidden(django_filters.CharFilter):
    """Set by an address alone."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, widget=forms.HiddenInput, **kwargs)


class StandingFilters(WagtailFilterSet):
    """``at`` and ``at_direct`` are how statistics name an organisation: with what is below it, or itself alone."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", max_length=LONGEST_NAME, widget=forms.HiddenInput
    )
    required = django_filters.ChoiceFilter(
        label=pgettext_lazy("women workers' organisation", "Required"), choices=enums.Required.choices
    )
    built = django_filters.ChoiceFilter(label=_("Set up as required"), choices=enums.Answer.choices)
    form = django_filters.ChoiceFilter(
        label=pgettext_lazy("women workers' organisation", "Form"),
        choices=[*enums.Form.choices, ("unstated", _("No record yet"))],
        method="by_form",
    )
    term = django_filters.ChoiceFilter(label=_("Term of office"), choices=enums.TermStanding.choices)
    step = django_filters.ChoiceFilter(
        label=_("Under way"),
        choices=[(one.value, one.label) for one in enums.TermState if one in enums.UNDER_WAY],
        method="by_step",
    )
    simultaneous = django_filters.ChoiceFilter(label=_("Set up together with the union"), choices=enums.Answer.choices)
    chair_qualified = django_filters.ChoiceFilter(label=_("Head qualified"), choices=enums.Answer.choices)
    in_step = django_filters.ChoiceFilter(label=_("In step with the union's term"), choices=enums.Answer.choices)
    standard = django_filters.ChoiceFilter(label=_("Reaches the standard"), choices=enums.Answer.choices)
    size = django_filters.ChoiceFilter(label=pgettext_lazy("union", "Size"), choices=enums.SizeClass.choices)
    industry = django_filters.CharFilter(label=_("Industry"), max_length=40)
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    at = _Hidden(label=_("At"), method="at_union")
    at_direct = _Hidden(label=_("Itself alone"), method="as_it_is")

    class Meta:
        model = Standing
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(Q(organization__name__icontains=value) | Q(organization__code__istartswith=value))

    def by_form(self, queryset, name, value):
        return queryset.filter(form="" if value == "unstated" else value)

    def by_step(self, queryset, name, value):
        of_it = Term.objects.unscoped().filter(committee__organization=OuterRef("organization"), state=value)
        return queryset.filter(Exists(of_it))

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def as_it_is(self, queryset, name, value):
        return queryset

    def at_union(self, queryset, name, value):
        place = Organization.objects.filter(code=value).first()
        if place is None:
            return queryset.none()
        if self.data.get("at_direct") == "1":
            return queryset.filter(organization=place)
        return queryset.filter(organization__path__startswith=place.path)
