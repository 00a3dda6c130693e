"""What the lists of screening can be narrowed by; each filter lives in the address and can be shared."""

import re

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from services.bookings.enums import BookingState, OfferingState, WaitingState
from services.bookings.models import Booking, Session, Venue, WaitingEntry
from services.organizations.models import Organization
from services.screening import queries
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme


class ProgrammeFilterSet(WagtailFilterSet):
    year = django_filters.NumberFilter(label=_("Year"))
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        field_name="offering__state",
        choices=OfferingState.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Programme
        fields = []


def of_union(queryset, value: str):
    """Women of a union and of those below it, when ``value`` is its code; else unions whose name contains it."""
    union = Organization.objects.filter(code=value).first()
    if union:
        return queryset.filter(worker__organization__path__startswith=union.path)
    return queryset.filter(worker__organization__name__icontains=value)


class WomenFilterSet(WagtailFilterSet):
    """Filters that bookings and waiting entries share; programmes are those she sees."""

    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"),
        queryset=lambda request: queries.programmes_for(request.user).order_by("-year", "title"),
        to_field_name="code",
        method="of_programme",
    )
    year = django_filters.NumberFilter(label=_("Year"), field_name="offering__screening_programme__year")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of programme"), field_name="offering__screening_programme__kind", choices=ProgrammeKind
    )
    union = django_filters.CharFilter(
        label=_("Union"), method="by_union", help_text=_("Code (with everything below it) or part of the name.")
    )
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only women registered at the union itself"))],
        empty_label=_("with every union below"),
    )

    def of_programme(self, queryset, name, programme):
        return queryset.filter(offering=programme.offering_id)

    def by_union(self, queryset, name, value):
        return of_union(queryset, value.strip())

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(worker__organization__code=code) if value and code else queryset


def sites_of_programmes(user):
    """Where the programmes she sees have sessions, whoever keeps the site."""
    offerings = queries.programmes_for(user).values("offering")
    used = Venue.objects.filter(pk__in=Session.objects.filter(offering__in=offerings).values("venue"))
    return used.select_related("provider").order_by("provider__name", "name", "pk")


class BookingFilterSet(WomenFilterSet):
    venue = django_filters.ModelChoiceFilter(
        label=_("Site"),
        field_name="session__venue",
        queryset=lambda request: sites_of_programmes(request.user),
    )
    day = django_filters.DateFromToRangeFilter(
        label=_("Day of the session"), field_name="session__starts_at", widget=DateRangePickerWidget
    )
    session = django_filters.CharFilter(label=_("Session"), field_name="session__token", widget=forms.HiddenInput)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=BookingState.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Booking
        fields = []


class WaitingFilterSet(WomenFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=WaitingState.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WaitingEntry
        fields = []


def number_or_name(text: str) -> Q:
    """A booking number as it is read out on the telephone, or part of a name."""
    parts = text.strip().upper().split("-")
    if len(parts) == 4 and parts[0] == "TJ" and re.fullmatch(r"[0-9]{1,18}", parts[2]):
        return Q(pk=int(parts[2]))
    return Q(worker__name__icontains=text.strip())
