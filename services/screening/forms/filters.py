"""What the lists of screening can be narrowed by; each filter lives in the address and can be shared."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from services.bookings.enums import STAFF_REASONS, BookingState, OfferingState, WaitingState
from services.bookings.models import Booking, PriorityChange, Session, Venue, WaitingEntry
from services.foundation import clock
from services.foundation.desk_filters import PeopleFound, TextFilter
from services.foundation.passes import holds
from services.organizations.filters import UnionFilter
from services.organizations.models import Organization
from services.screening import queries
from services.screening.enums import FollowUpState, ProgrammeKind
from services.screening.models import FollowUp, Programme
from services.screening.rules.ages import BANDS
from services.screening.rules.following import AGES
from services.screening.wording import span_names

_AGE_NAMES = [(band, {"-34": _("under 35"), "65-": _("65 and older")}.get(band, band)) for band in BANDS]


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


def of_union(queryset, value: str, women: str = "worker"):
    """Women of a union and of those below it, when ``value`` is its code; else unions whose name contains it."""
    union = Organization.objects.filter(code=value).first()
    if union:
        return queryset.filter(**{f"{women}__organization__path__startswith": union.path})
    return queryset.filter(**{f"{women}__organization__name__icontains": value})


class WomenFilterSet(WagtailFilterSet):
    """Filters that bookings and waiting entries share; programmes are those she sees. ``women`` is the path to them."""

    women = "worker"

    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_person")
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
    union = UnionFilter(method="by_union")
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only women registered at the union itself"))],
        empty_label=_("with every union below"),
    )

    def by_text(self, queryset, name, value):
        return queryset.filter(**{f"{self.women}__name__startswith": value.strip()})

    def by_person(self, queryset, name, value):
        return queryset.filter(**{f"{self.women}__token__in": PeopleFound.tokens(value)})

    def of_programme(self, queryset, name, programme):
        return queryset.filter(offering=programme.offering_id)

    def by_union(self, queryset, name, value):
        return of_union(queryset, value.strip(), self.women)

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(**{f"{self.women}__organization__code": code}) if value and code else queryset


class WithAge(WomenFilterSet):
    """The filters of women, by age band as well."""

    # By age only through the door of the statistics, where opening such a list is recorded.
    age = django_filters.ChoiceFilter(
        label=_("Age band"), choices=_AGE_NAMES, method="by_age", widget=forms.HiddenInput
    )

    def is_valid(self):
        """Also: whoever narrows by age holds the pass for it."""
        if not super().is_valid():
            return False
        if (age := self.form.cleaned_data.get("age")) and not self._came_through_the_door(age):
            self.form.add_error("age", _("Lists by age are opened from the statistics, where that is recorded."))
            return False
        return True

    def _came_through_the_door(self, age: str) -> bool:
        asked = f"age:{age}:{self.data.get('union', '')}:{self.data.get('year', '')}"
        return holds(self.request.user, self.data.get("pass", ""), asked)

    def by_age(self, queryset, name, value):
        return queries.of_age(queryset, value)


def sites_of_programmes(user):
    """Where the programmes she sees have sessions, whoever keeps the site."""
    offerings = queries.programmes_for(user).values("offering")
    used = Venue.objects.filter(pk__in=Session.objects.filter(offering__in=offerings).values("venue"))
    return used.select_related("provider").order_by("provider__name", "name", "pk")


class BookingFilterSet(WithAge):
    venue = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("screening", "Site"),
        field_name="session__venue",
        queryset=lambda request: sites_of_programmes(request.user),
    )
    day = django_filters.DateFromToRangeFilter(
        label=_("Day of the session"), field_name="session__starts_at", widget=DateRangePickerWidget
    )
    session = django_filters.CharFilter(label=_("Session"), field_name="session__token", widget=forms.HiddenInput)
    # Set by the statistics.
    days = django_filters.ChoiceFilter(
        label=_("Days to the examination"),
        choices=lambda: list(span_names().items()),
        method="by_days",
        widget=forms.HiddenInput,
    )
    # Not distinct: that would sort every match before the first page is cut off.
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=BookingState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Booking
        fields = []

    def by_text(self, queryset, name, value):
        return queries.with_text(queryset, value)

    def by_days(self, queryset, name, value):
        return queries.booked_ahead(queryset, value)


class WaitingFilterSet(WithAge):
    venue = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("screening", "Site"),
        field_name="session__venue",
        queryset=lambda request: sites_of_programmes(request.user),
    )
    wish = django_filters.ChoiceFilter(
        label=_("Waits for"), choices=[("any", _("any session"))], method="by_wish", empty_label=_("anything")
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=WaitingState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = WaitingEntry
        fields = []

    def by_wish(self, queryset, name, value):
        return queryset.filter(session__isnull=True)


class ChangeFilterSet(WomenFilterSet):
    """Entries hang on the change: every path of the shared filters begins one step further off."""

    year = django_filters.NumberFilter(label=_("Year"), field_name="entry__offering__screening_programme__year")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of programme"),
        field_name="entry__offering__screening_programme__kind",
        choices=WomenFilterSet.base_filters["kind"].extra["choices"],
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=[(reason.value, reason.label) for reason in STAFF_REASONS]
    )
    month = django_filters.CharFilter(
        label=_("Month"), method="of_month", help_text=_("For example 2026-05."), max_length=7
    )
    women = "entry__worker"

    class Meta:
        model = PriorityChange
        fields = []

    def of_programme(self, queryset, name, programme):
        return queryset.filter(entry__offering=programme.offering_id)

    def of_month(self, queryset, name, value):
        year, _dash, month = value.strip().partition("-")
        if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 9998):
            return queryset.none()
        return queryset.filter(at__year=int(year), at__month=int(month))


class FollowUpFilterSet(WagtailFilterSet):
    """Open ones unless a state is chosen."""

    union = UnionFilter(method="by_union")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=FollowUpState.choices, widget=forms.CheckboxSelectMultiple
    )
    age = django_filters.ChoiceFilter(
        label=_("Waits for more than"),
        choices=[(str(days), format_lazy(_("{days} days"), days=days)) for days in AGES],
        method="by_age",
    )

    class Meta:
        model = FollowUp
        fields = []

    def by_union(self, queryset, name, value):
        union = Organization.objects.filter(code=value.strip()).first()
        lookup = "result__booking__worker__organization"
        if union:
            return queryset.filter(**{f"{lookup}__path__startswith": union.path})
        return queryset.filter(**{f"{lookup}__name__icontains": value.strip()})

    def by_age(self, queryset, name, value):
        return queryset.filter(opened_at__lt=clock.now() - timedelta(days=int(value)))
