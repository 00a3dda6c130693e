"""What the lists of the desk can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.childrens_homes import enums
from services.childrens_homes.models import CareActivity, Census, Home, SiteApplication, Volunteer
from services.childrens_homes.queries.compliance import LACKING, lacking
from services.childrens_homes.queries.homes import counties_for, programmes_for
from services.childrens_homes.queries.people import standing_filter, without_activity
from services.childrens_homes.wording.findings import TITLES
from services.foundation import clock
from services.foundation.desk_filters import LONGEST_NAME, MonthFilter, month_named

_YES_NO = [("yes", _("yes")), ("no", _("no"))]


class Search(django_filters.CharFilter):
    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST_NAME, widget=forms.HiddenInput, **kwargs)


class County(django_filters.ModelChoiceFilter):
    """Counties within her reach, by code: so that an address says which."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("County"), to_field_name="code", queryset=lambda request: counties_for(request.user), **kwargs
        )


class ByProgramme(django_filters.ModelChoiceFilter):
    def __init__(self, **kwargs):
        super().__init__(
            label=_("Programme"), to_field_name="year", queryset=lambda request: programmes_for(request.user), **kwargs
        )


class HomeFilters(WagtailFilterSet):
    """``lacking`` and ``idle`` are what the reports lead to."""

    q = Search(method="by_text")
    programme = ByProgramme()
    county = County()
    profile = django_filters.ChoiceFilter(label=_("Standard"), choices=enums.Profile)
    state = django_filters.ChoiceFilter(label=pgettext_lazy("home", "State"), choices=enums.HomeState)
    lacking = django_filters.ChoiceFilter(
        label=_("Lacks"), choices=[(code, TITLES[code]) for code in LACKING], method="by_lacking"
    )
    video = django_filters.ChoiceFilter(label=_("Video calls with parents"), choices=_YES_NO, method="by_video")
    idle = MonthFilter(label=_("No activity in the month"), method="by_idle")

    class Meta:
        model = Home
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(Q(host__name__icontains=value) | Q(code__istartswith=value))

    def by_lacking(self, queryset, name, value):
        return lacking(queryset.filter(state__in=enums.ALIVE), value, clock.today())

    def by_video(self, queryset, name, value):
        return queryset.filter(video_call=True) if value == "yes" else queryset.exclude(video_call=True)

    def by_idle(self, queryset, name, value):
        month = month_named(value)
        return without_activity(queryset, month) if month else queryset.none()


class ApplicationFilters(WagtailFilterSet):
    q = Search(method="by_text")
    programme = ByProgramme()
    county = County()
    profile = django_filters.ChoiceFilter(label=_("Standard"), choices=enums.Profile)
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("site application", "State"), choices=enums.ApplicationState
    )

    class Meta:
        model = SiteApplication
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(Q(host__name__icontains=value) | Q(host__code__istartswith=value))


class CensusFilters(WagtailFilterSet):
    programme = ByProgramme()
    county = County()

    class Meta:
        model = Census
        fields = []


class VolunteerFilters(WagtailFilterSet):
    """Of a queryset annotated by ``with_vetting``."""

    q = Search(method="by_text")
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("volunteer", "Kind"), choices=enums.VolunteerKind)
    vetting = django_filters.ChoiceFilter(
        label=pgettext_lazy("volunteer", "Check"), choices=enums.Vetting, method="by_vetting"
    )
    county = django_filters.ModelChoiceFilter(
        label=_("County"),
        to_field_name="code",
        queryset=lambda request: counties_for(request.user),
        method="by_county",
    )
    left = django_filters.ChoiceFilter(label=pgettext_lazy("volunteer", "Left"), choices=_YES_NO, method="by_left")

    class Meta:
        model = Volunteer
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(person_name__startswith=value)

    def by_vetting(self, queryset, name, value):
        return queryset.filter(standing_filter(value, clock.today()))

    def by_county(self, queryset, name, value):
        return queryset.filter(organization__path__startswith=value.path)

    def by_left(self, queryset, name, value):
        return queryset.filter(left_on__isnull=value != "yes")


class ActivityFilters(WagtailFilterSet):
    county = django_filters.ModelChoiceFilter(
        label=_("County"),
        to_field_name="code",
        field_name="home__county",
        queryset=lambda request: counties_for(request.user),
    )
    home = django_filters.CharFilter(label=_("Home (code)"), field_name="home__code", max_length=60)
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("activity", "Kind"), choices=enums.ActivityKind)
    month = MonthFilter(label=_("Month"), method="by_month")

    class Meta:
        model = CareActivity
        fields = []

    def by_month(self, queryset, name, value):
        month = month_named(value)
        if month is None:
            return queryset.none()
        return queryset.filter(on__year=month.year, on__month=month.month)
