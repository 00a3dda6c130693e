"""Forms of an inspection: sent, signed, confirmed; findings; conflicts; the filters of the lists."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.foundation import clock
from services.foundation.desk_filters import LONGEST_NAME
from services.home_inspections import enums
from services.home_inspections.errors import BeyondPoints
from services.home_inspections.forms.sheets import points_field
from services.home_inspections.models import Inspection, Rectification
from services.organizations.forms import DayInput


def _day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


class _People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return user.first_name or user.get_username()


def _blind() -> forms.BooleanField:
    return forms.BooleanField(label=_("score blind: each inspector fills in a sheet of her own"), required=False)


def _offer_blind(form: forms.Form, limit) -> None:
    """Only where the rubric says how far two sheets may differ."""
    if limit is None:
        del form.fields["blind"]
        return
    words = _("Where they differ by more than %(limit)s points a criterion, a third person settles it.")
    form.fields["blind"].help_text = words % {"limit": limit}


class ThirdForm(forms.Form):
    third = forms.ModelChoiceField(label=_("who settles the differences"), queryset=None, empty_label=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["third"].queryset = people
        self.fields["third"].label_from_instance = lambda user: user.full_name


class SettleForm(forms.Form):
    """Points and a reason for each criterion on which the sheets differ."""

    def __init__(self, *args, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"points-{one.code}"] = points_field(one.points)
            self.fields[f"points-{one.code}"].label = pgettext_lazy("inspection of homes", "Points")
            if one.na_allowed:
                self.fields[f"na-{one.code}"] = forms.BooleanField(label=_("Not applicable"), required=False)
            self.fields[f"words-{one.code}"] = forms.CharField(label=_("why"), max_length=200)

    def clean(self):
        for one in self.criteria:
            outside = self.cleaned_data.get(f"na-{one.code}", False)
            if (
                not outside
                and self.cleaned_data.get(f"points-{one.code}") is None
                and f"points-{one.code}" not in self.errors
            ):
                self.add_error(f"points-{one.code}", BeyondPoints(most=one.points).message(staff=True))
        return self.cleaned_data

    def bound(self, code: str) -> list:
        return [self[name] for part in ("points", "na", "words") if (name := f"{part}-{code}") in self.fields]

    def said(self) -> dict:
        data = self.cleaned_data
        return {
            one.code: (
                None if data.get(f"na-{one.code}") else data[f"points-{one.code}"],
                data[f"words-{one.code}"],
            )
            for one in self.criteria
        }


class ScheduleForm(forms.Form):
    round = forms.ChoiceField(label=_("round"))
    on = _day(_("day of the visit"))
    inspectors = _People(
        label=_("inspectors (at least two)"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who has declared a conflict of interest with this home isn't offered."),
    )

    blind = _blind()

    def __init__(self, *args, rounds, people, blind_limit, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_blind(self, blind_limit)
        self.fields["round"].choices = rounds
        self.fields["inspectors"].queryset = people


class AgainForm(forms.Form):
    on = _day(_("day of the visit"))
    inspectors = _People(label=_("inspectors (at least two)"), queryset=None, widget=forms.CheckboxSelectMultiple)
    blind = _blind()

    def __init__(self, *args, people, blind_limit, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_blind(self, blind_limit)
        self.fields["inspectors"].queryset = people


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class HostForm(forms.Form):
    name = forms.CharField(label=_("name of the home's representative"), max_length=40)
    post = forms.CharField(label=_("post"), max_length=60)
    agrees = forms.BooleanField(
        label=_("She has read the score and signs it"),
        help_text=_("Hand her the device; she ticks this herself. An objection doesn't prevent signing."),
    )
    objection = forms.CharField(
        label=_("objection, in her own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConfirmForm(forms.Form):
    due_on = _day(_("to be put right by"), required=False, help_text=_("Empty: within the days that the rubric gives."))


class ConflictForm(forms.Form):
    organization = forms.ModelChoiceField(label=_("school, kindergarten or county"), queryset=None)
    reason = forms.CharField(label=_("why"), max_length=200)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = places
        self.fields["organization"].label_from_instance = lambda one: one.name


class HandInForm(forms.Form):
    done = forms.CharField(label=_("what was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(
        label=_("photo or PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("At least one is needed. What the camera wrote into it is taken out."),
    )


class GiveBackForm(forms.Form):
    because = forms.CharField(label=_("what is missing"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = _day(_("new day"), required=False)


class InspectionFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("state"), choices=enums.InspectionState.choices)
    round = django_filters.ChoiceFilter(label=_("round"), choices=enums.Round.choices)
    passed = django_filters.ChoiceFilter(
        label=pgettext_lazy("inspection", "verdict"),
        choices=[("true", pgettext_lazy("inspection", "Passed")), ("false", pgettext_lazy("inspection", "Failed"))],
        method="by_verdict",
    )
    county = django_filters.CharFilter(label=_("county (code)"), field_name="home__county__code", max_length=40)
    mine = django_filters.ChoiceFilter(label=_("mine"), choices=[("true", _("mine"))], method="of_hers")

    third = django_filters.ChoiceFilter(
        label=_("mine to settle"), choices=[("true", _("mine to settle"))], method="to_settle"
    )

    class Meta:
        model = Inspection
        fields = []

    def by_verdict(self, queryset, name, value):
        return queryset.filter(passed=value == "true")

    def of_hers(self, queryset, name, value):
        return queryset.filter(inspectors__user=self.request.user) if value else queryset

    def to_settle(self, queryset, name, value):
        """Both sheets are in, and she is the third."""
        mine = queryset.filter(third=self.request.user, blind=True, state=enums.InspectionState.IN_FIELD)
        return mine.exclude(inspectors__handed_in_at__isnull=True) if value else queryset


class FindingFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("state"), choices=enums.RectificationState.choices)
    code = django_filters.CharFilter(label=pgettext_lazy("rubric", "criterion"), max_length=6)
    county = django_filters.CharFilter(label=_("county (code)"), field_name="home__county__code", max_length=40)
    home = django_filters.CharFilter(label=_("home (code)"), field_name="home__code", max_length=LONGEST_NAME)
    late = django_filters.ChoiceFilter(label=_("overdue"), choices=[("true", _("overdue"))], method="overdue")

    class Meta:
        model = Rectification
        fields = []

    def overdue(self, queryset, name, value):
        late = queryset.exclude(state=enums.RectificationState.ACCEPTED).filter(due_on__lt=clock.today())
        return late if value else queryset
