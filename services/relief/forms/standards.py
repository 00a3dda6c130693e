"""Lines and income tests as staff type them; and the household for which the desk tries a programme."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.organizations.forms import DayInput
from services.relief.enums import EVENTS, Exclusion, IncomeKind, SchoolStage
from services.relief.forms.household import YuanField
from services.relief.models import IncomeTest, LivingLine
from services.relief.rules.plausibility import BOUNDS

HIGHEST_LINE = Decimal(20_000)


class LineForm(forms.Form):
    """``organizations``: the regions whose line she may set."""

    organization = forms.ModelChoiceField(label=_("region"), queryset=None, empty_label=None)
    valid_from = forms.DateField(label=_("valid from"), widget=DayInput)
    monthly = YuanField(label=_("yuan a person a month"))
    minimum_wage = YuanField(
        label=_("minimum wage, yuan a month"),
        required=False,
        help_text=_("Counted for a member who could work and doesn't, unless proven otherwise."),
    )
    source = forms.CharField(label=_("source"), max_length=200, help_text=_("The document that sets the figure."))

    def __init__(self, *args, organizations, line: LivingLine | None = None, **kwargs):
        initial = {name: getattr(line, name) for name in self.base_fields} if line else {}
        super().__init__(*args, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["organization"].queryset = organizations

    def clean(self):
        data = super().clean()
        for name in ("monthly", "minimum_wage"):
            value = data.get(name)
            if value is not None and not 0 < value <= HIGHEST_LINE:
                words = _("Enter an amount above 0 and at most %(most)s.") % {"most": f"{HIGHEST_LINE:,}"}
                self.add_error(name, words)
        return data


class IncomeTestForm(forms.ModelForm):
    not_counted = forms.MultipleChoiceField(
        label=_("kinds of income that don't count"),
        choices=IncomeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    exclusions = forms.MultipleChoiceField(
        label=_("exclusions to confirm"),
        choices=Exclusion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    BOUNDS = {
        "relative_multiple": (1, 10),
        "sudden_multiple": (1, 10),
        "sudden_cost_share": (Decimal("0.01"), 1),
        "exit_months": (1, 36),
        "recheck_months": (1, 36),
        "watch_months": (0, 60),
        "visit_months": (1, 12),
        "working_age_from": (14, 30),
        "working_age_to": (40, 75),
    }

    class Meta:
        model = IncomeTest
        fields = [
            "relative_multiple",
            "sudden_multiple",
            "sudden_cost_share",
            "not_counted",
            "working_age_from",
            "working_age_to",
            "exclusions",
            "exit_months",
            "recheck_months",
            "watch_months",
            "visit_months",
            "source",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True

    def clean(self):
        data = super().clean()
        for name, (least, most) in self.BOUNDS.items():
            value = data.get(name)
            if value is not None and not least <= value <= most:
                words = _("Enter a number between %(least)s and %(most)s.") % {"least": least, "most": most}
                self.add_error(name, words)
        relative, sudden = data.get("relative_multiple"), data.get("sudden_multiple")
        if relative and sudden and relative > sudden:
            self.add_error("sudden_multiple", _("It can't be below the multiple for relative hardship."))
        return data

    def _post_clean(self):
        """The action writes the version; nothing of the form's own instance is used."""


class TryForm(forms.Form):
    """What would a household get? Asked on the programme's page, kept nowhere."""

    persons = forms.IntegerField(label=_("persons living together"), min_value=1, max_value=BOUNDS.persons)
    income = YuanField(label=_("income, yuan a year"))
    rigid = YuanField(label=_("spending that can't be avoided, yuan a year"))
    cost = YuanField(label=_("cost of an event paid by herself, yuan"), required=False)
    event = forms.ChoiceField(
        label=_("what happened"),
        choices=[("", _("Nothing")), *((one.value, one.label) for one in EVENTS)],
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("student's stage of school"), choices=[("", _("No student")), *SchoolStage.choices], required=False
    )
    single_parent = forms.BooleanField(label=_("single mother"), required=False)
    on_file = forms.BooleanField(label=_("household on file"), required=False, initial=True)

    def clean(self):
        data = super().clean()
        if data.get("event") and data.get("cost") is None and "cost" not in self.errors:
            self.add_error("cost", _("Enter what it cost, or 0."))
        return data


class ConfirmForm(forms.Form):
    """One button and nothing to type."""
