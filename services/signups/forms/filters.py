"""What the lists of signups can be narrowed by; each filter lives in the address and can be shared."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from services.bookings.enums import OfferingState, WaitingState
from services.bookings.models import Booking, Session, WaitingEntry
from services.foundation.desk_filters import PeopleFound, TextFilter, YearFilter
from services.organizations.filters import UnionFilter
from services.organizations.models import Organization
from services.signups import queries
from services.signups.enums import ActivityKind, TrainingForm
from services.signups.models import Activity
from services.signups.queries.signups import with_text
from services.signups.wording import STATES
from services.workers.models import Worker

EVENT = str(ActivityKind.EVENT)
# One split for statistics and lists: an activity that trains nobody, and the three forms of training.
FORMS = [(EVENT, ActivityKind.EVENT.label), *TrainingForm.choices]


def of_form(queryset, path: str, value: str):
    """Rows of activities of one of ``FORMS``; ``path`` leads to the activity."""
    return queryset.filter(**({f"{path}kind": EVENT} if value == EVENT else {f"{path}form": value}))


class ActivityFilterSet(WagtailFilterSet):
    year = YearFilter(label=_("Year"))
    form = django_filters.ChoiceFilter(label=pgettext_lazy("activity", "Form"), choices=FORMS, method="by_form")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        field_name="offering__state",
        choices=OfferingState.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    union = UnionFilter(label=_("Organiser"), method="by_union")
    direct = django_filters.ChoiceFilter(
        label=_("Reach"), method="by_direct", choices=[("1", _("of the organisation itself alone"))]
    )

    class Meta:
        model = Activity
        fields = []

    def by_form(self, queryset, name, value):
        return of_form(queryset, "", value)

    def by_union(self, queryset, name, value):
        return of_union(queryset, value.strip(), "organization")

    def by_direct(self, queryset, name, value):
        return directly(queryset, self.data.get("union", ""), "organization")


def of_union(queryset, value: str, path: str):
    """Those of an organisation and of those below it, when ``value`` is its code; else whose name contains it."""
    union = Organization.objects.filter(code=value).first()
    if union:
        return queryset.filter(**{f"{path}__path__startswith": union.path})
    return queryset.filter(**{f"{path}__name__icontains": value})


def directly(queryset, code: str, path: str):
    code = code.strip()
    return queryset.filter(**{f"{path}__code": code}) if code else queryset


class WomenFilterSet(WagtailFilterSet):
    """Women by name, by number found, by union. ``women`` is the path to them."""

    women = ""

    q = TextFilter(method="by_text")
    person = PeopleFound(method="by_person")
    union = UnionFilter(method="by_union")
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only women registered at the union itself"))],
        empty_label=_("with every union below"),
    )

    def by_text(self, queryset, name, value):
        return queryset.filter(**{f"{self.women}name__startswith": value.strip()})

    def by_person(self, queryset, name, value):
        return queryset.filter(**{f"{self.women}token__in": PeopleFound.tokens(value)})

    def by_union(self, queryset, name, value):
        return of_union(queryset, value.strip(), f"{self.women}organization")

    def by_direct(self, queryset, name, value):
        return directly(queryset, self.data.get("union", ""), f"{self.women}organization")


def sessions_of_activities(user):
    """The sessions of the activities she sees."""
    offerings = queries.activities_for(user).order_by().values("offering")
    return Session.objects.filter(offering__in=offerings).select_related("venue")


class SignupFilterSet(WomenFilterSet):
    women = "worker__"

    activity = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("signups", "Activity"),
        queryset=lambda request: queries.activities_for(request.user).order_by("-year", "-pk"),
        to_field_name="code",
        method="of_activity",
    )
    year = YearFilter(label=_("Year"), field_name="offering__activity__year")
    form = django_filters.ChoiceFilter(label=pgettext_lazy("activity", "Form"), choices=FORMS, method="by_form")
    day = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("activity", "Day of the session"),
        field_name="session__starts_at",
        widget=DateRangePickerWidget,
    )
    # A row, not its token alone: a workbook says in words of which session it is.
    session = django_filters.ModelChoiceFilter(
        label=_("Session"),
        queryset=lambda request: sessions_of_activities(request.user),
        to_field_name="token",
        widget=forms.HiddenInput,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=list(STATES.items()), widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Booking
        fields = []

    def by_text(self, queryset, name, value):
        return with_text(queryset, value)

    def of_activity(self, queryset, name, activity):
        return queryset.filter(offering=activity.offering_id)

    def by_form(self, queryset, name, value):
        return of_form(queryset, "offering__activity__", value)


class WaitingFilterSet(WomenFilterSet):
    women = "worker__"

    activity = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("signups", "Activity"),
        queryset=lambda request: queries.activities_for(request.user).order_by("-year", "-pk"),
        to_field_name="code",
        method="of_activity",
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

    def of_activity(self, queryset, name, activity):
        return queryset.filter(offering=activity.offering_id)

    def by_wish(self, queryset, name, value):
        return queryset.filter(session__isnull=True)


class HoursFilterSet(WomenFilterSet):
    """The year is chosen by the list itself: without one it is this year."""

    year = YearFilter(label=_("Year"), method="of_year")

    class Meta:
        model = Worker
        fields = []

    def of_year(self, queryset, name, value):
        return queryset
