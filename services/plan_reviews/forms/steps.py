"""Forms of goals, targets, problems and logs."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.indicators.enums import WRITERS, Direction, Domain
from services.organizations.forms import DayInput
from services.organizations.models import Organization
from services.plan_reviews import enums
from services.plan_reviews.models import PolicyInclusion, Publicity, Training
from services.plan_reviews.queries.plans import indicators_of_plan, units_of


def _words(label, *, rows: int = 3, most: int = 300, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


class PlaceField(forms.ModelChoiceField):
    """One of the places where she is an officer, chosen by code."""

    def __init__(self, **kwargs):
        kwargs = {"label": _("For which place"), "to_field_name": "code"} | kwargs
        super().__init__(Organization.objects.none(), **kwargs)

    def offer(self, user, *, below: str = "") -> None:
        rows = Organization.objects.visible_to(user, roles=WRITERS).open().filter(depth__lte=3)
        rows = rows.exclude(kind__in=["school", "kindergarten", "grassroots_union"])
        self.queryset = rows.filter(path__startswith=below) if below else rows
        first = self.queryset.order_by("depth", "path").first()
        self.initial = first and first.code


class PlanForm(forms.Form):
    audience = forms.ChoiceField(label=_("Plan"), choices=enums.Audience.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    first_year = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    midterm_year = forms.IntegerField(label=_("Year of the interim evaluation"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("Last year"), min_value=2000, max_value=2100)
    base_year = forms.IntegerField(label=_("Year of the base values"), min_value=1990, max_value=2100)
    at_risk_share = forms.IntegerField(
        label=_("At risk from (% of the way)"),
        min_value=0,
        max_value=100,
        initial=80,
        help_text=_("Of the way that should be behind it; below, an indicator is off track."),
    )
    issue_days = forms.IntegerField(label=_("Days to settle a problem"), min_value=1, max_value=1000, initial=90)


class GoalForm(forms.Form):
    domain = forms.ChoiceField(label=pgettext_lazy("monitoring", "Field"), choices=Domain.choices)
    code = forms.CharField(label=pgettext_lazy("goal", "Number"), max_length=12)
    title = forms.CharField(label=pgettext_lazy("goal", "Goal"), max_length=200)
    title_en = forms.CharField(label=_("Goal (English)"), max_length=200, required=False)
    lead = forms.CharField(label=_("Lead unit"), max_length=80)
    responsible = forms.CharField(
        label=_("Responsible units"), max_length=500, required=False, help_text=_("Separated by commas.")
    )
    qualitative = forms.BooleanField(label=_("A goal without a number"), required=False)

    def clean_responsible(self):
        text = self.cleaned_data["responsible"]
        # As Chinese keyboards write them, too: full-width comma and semicolon, the comma of lists.
        for mark in "，、;；\n":
            text = text.replace(mark, ",")
        return [part.strip()[:80] for part in text.split(",") if part.strip()]


class TargetForm(forms.Form):
    indicator = forms.ModelChoiceField(queryset=None, label=_("Indicator"))
    organization = PlaceField()
    due_year = forms.IntegerField(label=_("Due in"), min_value=2000, max_value=2100)
    comparator = forms.ChoiceField(
        label=_("Comparator"),
        choices=enums.Comparator.choices,
        help_text=_(
            "“以上”, “以下” and “以内” include the number; “不满”, “超过” and “以外” don't (Civil Code, article 1259)."
        ),
    )
    value = forms.DecimalField(label=_("Target"), max_digits=18, decimal_places=4, required=False)
    high = forms.DecimalField(label=_("Upper end of a range"), max_digits=18, decimal_places=4, required=False)
    base_year = forms.IntegerField(label=_("Year of the base value"), min_value=1990, max_value=2100, required=False)
    base = forms.DecimalField(
        label=_("Base value"),
        max_digits=18,
        decimal_places=4,
        required=False,
        help_text=_("Empty: the value that was reported for the base year."),
    )
    source = forms.CharField(label=_("Where the target comes from"), max_length=200, required=False)

    def __init__(self, *args, user, goal, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in indicators_of_plan(goal.plan) if one.direction != Direction.NONE}
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Indicator"), choices=[(key, f"{one.number} {one.name}") for key, one in self.known.items()]
        )
        self.order_fields(["indicator"])
        self.fields["organization"].offer(user, below=goal.plan.owner.path)

    def clean_indicator(self):
        return self.known[self.cleaned_data["indicator"]]


class JudgeForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    judgement = forms.ChoiceField(label=_("Judgement"), choices=enums.Judgement.choices, widget=forms.RadioSelect)
    words = _words(_("Grounds"))


class AssignForm(forms.Form):
    cause = _words(_("Cause"))
    lead = forms.ModelChoiceField(queryset=None, label=_("Lead unit"), required=False)
    owner_name = forms.CharField(label=_("Who answers for it"), max_length=40, required=False)
    measure = _words(_("Measure"), most=500)
    due_on = _day(_("Due on"))

    def __init__(self, *args, owner_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = units_of(owner_id)


class DoneForm(forms.Form):
    done = _words(pgettext_lazy("problem", "What was done"), most=500)


class WordsForm(forms.Form):
    words = _words(pgettext_lazy("problem", "Grounds"))


class StrikeForm(forms.Form):
    words = _words(_("Reason"))


class VisitForm(forms.Form):
    visited_on = _day(_("Visited on"))
    unit = forms.ModelChoiceField(queryset=None, label=_("Unit visited"), required=False)
    finding = _words(pgettext_lazy("supervision", "What was found"), most=500)
    due_on = _day(_("To be settled by"), required=False)

    def __init__(self, *args, owner_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(owner_id)


class _LogForm(forms.ModelForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"] = PlaceField(label=pgettext_lazy("organisation", "By"))
        self.fields["organization"].offer(user)
        self.fields["day"].widget = DayInput()


class TrainingForm(_LogForm):
    class Meta:
        model = Training
        fields = ["organization", "day", "title", "form", "attendees", "units", "hours", "result"]


class PublicityForm(_LogForm):
    class Meta:
        model = Publicity
        fields = ["organization", "day", "theme", "channel", "reach", "link"]


class InclusionForm(_LogForm):
    class Meta:
        model = PolicyInclusion
        fields = ["organization", "day", "kind", "evidence"]
