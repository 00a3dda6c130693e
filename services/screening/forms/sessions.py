"""Sessions: one, or a series over days and half-days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from services.bookings.models import Session, Venue
from services.foundation.unchanged import TellsOfOthers
from services.screening import queries
from services.screening.policies import RUNNERS

LONGEST_SERIES_DAYS = 366
MOST_SESSIONS = 400
MOST_PLACES = 2000


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One line of a series before it exists."""

    venue: Venue
    starts_at: datetime
    ends_at: datetime
    capacity: int
    exists: bool = False

    def fields(self) -> dict:
        return {name: getattr(self, name) for name in ("venue", "starts_at", "ends_at", "capacity")}


def sites_for(user, *, now_at: int | None = None) -> QuerySet[Venue]:
    """The sites she may use, and the one a session stands at already."""
    hers = queries.in_use_by(user, roles=RUNNERS)
    return (
        queries.of_clinics(Venue.objects.filter(hers | Q(pk=now_at)))
        .select_related("provider")
        .order_by("provider__name", "name", "pk")
    )


class CapacityField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(label=_("places"), min_value=1, max_value=MOST_PLACES, **kwargs)


class SessionForm(TellsOfOthers, forms.ModelForm):
    """One session. A start in the past is refused unless it is the one the session has already."""

    PAST = "past"
    capacity = CapacityField()

    class Meta:
        model = Session
        fields = ["venue", "starts_at", "ends_at", "capacity"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}

    def __init__(self, *args, user, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self._now = now
        self.fields["venue"].queryset = sites_for(user, now_at=self.instance.venue_id)

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        if "starts_at" in self.changed_data and starts_at <= self._now:
            raise forms.ValidationError(_("This time is in the past."), code=self.PAST)
        return starts_at

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("A session must start before it ends."))
        return data


class SeriesForm(forms.Form):
    """A site, days from and to, weekdays, one or two half-days: ``planned()`` lists the sessions it means."""

    venue = forms.ModelChoiceField(label=pgettext_lazy("screening", "site"), queryset=Venue.objects.none())
    first_day = forms.DateField(label=_("first day"), widget=AdminDateInput)
    last_day = forms.DateField(label=_("last day"), widget=AdminDateInput)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"),
        coerce=int,
        choices=[(number, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )
    morning = forms.BooleanField(label=_("morning"), required=False, initial=True)
    morning_from = forms.TimeField(label=_("from"), required=False, initial=time(8, 0), widget=AdminTimeInput)
    morning_until = forms.TimeField(label=_("until"), required=False, initial=time(11, 30), widget=AdminTimeInput)
    afternoon = forms.BooleanField(label=_("afternoon"), required=False)
    afternoon_from = forms.TimeField(label=_("from"), required=False, initial=time(14, 0), widget=AdminTimeInput)
    afternoon_until = forms.TimeField(label=_("until"), required=False, initial=time(17, 0), widget=AdminTimeInput)
    capacity = CapacityField(help_text=_("For each session."))

    def __init__(self, *args, user, today: date, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self._today, self._now = today, now
        self.fields["venue"].queryset = sites_for(user)

    def clean_first_day(self):
        first_day = self.cleaned_data["first_day"]
        if first_day < self._today:
            raise forms.ValidationError(_("This day is in the past."))
        return first_day

    def clean(self):
        data = super().clean()
        self._clean_half("morning")
        self._clean_half("afternoon")
        if not data.get("morning") and not data.get("afternoon"):
            self.add_error("morning", _("Choose the morning, the afternoon or both."))
        first, last = data.get("first_day"), data.get("last_day")
        if first and last:
            if last < first:
                self.add_error("last_day", _("The last day lies before the first."))
            elif (last - first).days > LONGEST_SERIES_DAYS:
                self.add_error("last_day", _("A series can span one year at most."))
        if not self.errors:
            self._clean_outcome()
        return data

    def _clean_half(self, half: str) -> None:
        data = self.cleaned_data
        if not data.get(half):
            return
        start, end = data.get(f"{half}_from"), data.get(f"{half}_until")
        if start is None and f"{half}_from" not in self.errors:
            self.add_error(f"{half}_from", _("Give a time."))
        if end is None and f"{half}_until" not in self.errors:
            self.add_error(f"{half}_until", _("Give a time."))
        if start and end and start >= end:
            self.add_error(f"{half}_until", _("A session must start before it ends."))

    def _clean_outcome(self) -> None:
        count = len(self.planned())
        if not count:
            self.add_error("weekdays", _("No session falls on these days."))
        elif count > MOST_SESSIONS:
            self.add_error(
                "last_day",
                _("That makes %(count)s sessions; at most %(most)s can be made at once.")
                % {"count": count, "most": MOST_SESSIONS},
            )

    def planned(self, taken: frozenset[tuple[int, datetime]] = frozenset()) -> list[PlannedSession]:
        """The sessions meant, in order; ``taken`` holds (venue id, start) of those that exist already."""
        data = self.cleaned_data
        zone = timezone.get_current_timezone()
        plan = []
        for offset in range((data["last_day"] - data["first_day"]).days + 1):
            day = data["first_day"] + timedelta(days=offset)
            if day.weekday() not in data["weekdays"]:
                continue
            for half in ("morning", "afternoon"):
                if not data[half]:
                    continue
                starts = datetime.combine(day, data[f"{half}_from"], tzinfo=zone)
                ends = datetime.combine(day, data[f"{half}_until"], tzinfo=zone)
                if starts > self._now:
                    exists = (data["venue"].pk, starts) in taken
                    plan.append(PlannedSession(data["venue"], starts, ends, data["capacity"], exists))
        return plan
