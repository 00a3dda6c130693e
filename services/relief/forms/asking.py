"""At most six plain questions, one group a page: what a visitor says to learn what she can get."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.relief.enums import Cause, SchoolStage
from services.relief.forms.household import YuanField
from services.relief.rules.income import MONTHS
from services.relief.rules.outlook import Answers
from services.relief.rules.plausibility import BOUNDS

ALONE, NOTHING = "alone", "nothing"
_YES_NO = {"yes": True, "no": False}
EVENTS = (Cause.SERIOUS_ILLNESS, Cause.ACCIDENT, Cause.DISASTER)


class YouForm(forms.Form):
    member = forms.ChoiceField(
        label=_("Are you a union member?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I'm not sure"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are a union member.")},
    )


class HomeForm(forms.Form):
    persons = forms.IntegerField(
        label=_("How many people live in your household, you included?"),
        help_text=_("Count those who live together and share what comes in."),
        min_value=1,
        max_value=BOUNDS.persons,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"}),
        error_messages={
            "required": _("Enter how many people live together."),
            "invalid": _("Enter the number in digits."),
            "min_value": _("You yourself count: enter at least 1."),
            "max_value": _("Enter at most 20. For a larger household ask your union."),
        },
    )
    fits = forms.MultipleChoiceField(
        label=_("Which of these are true for you?"),
        help_text=_("Tick all that are true. None is an answer too."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stages = [
            (stage.value, _("A child of mine is in: %(stage)s") % {"stage": stage.label}) for stage in SchoolStage
        ]
        self.fields["fits"].choices = [(ALONE, _("I bring up a child on my own")), *stages]


class MoneyForm(forms.Form):
    monthly = YuanField(
        label=_("About how much comes in altogether in a month, in yuan?"),
        help_text=_(
            "Wages, pensions, allowances and other income of everybody at home. Leave it empty if you don't know."
        ),
        required=False,
    )
    rigid = YuanField(
        label=_("About how much did you pay yourselves in the last 12 months for illness, care and school, in yuan?"),
        help_text=_("What insurance didn't pay, tuition, cost of finding work. Nothing: enter 0."),
        required=False,
    )

    def clean_monthly(self):
        monthly = self.cleaned_data["monthly"]
        if monthly is not None and monthly * MONTHS > BOUNDS.line:
            raise forms.ValidationError(_("This is the income of a month. Check whether a digit is too many."))
        return monthly


class EventForm(forms.Form):
    event = forms.ChoiceField(
        label=_("Has one of these happened to your family in the last 12 months?"),
        choices=[(NOTHING, _("No")), *((event.value, event.label) for event in EVENTS)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    cost = YuanField(
        label=_("What did it cost you, in yuan?"),
        help_text=_("Only if something happened: after insurance and other help. Leave it empty if you don't know."),
        required=False,
    )


STEPS: dict[str, type[forms.Form]] = {"you": YouForm, "home": HomeForm, "money": MoneyForm, "event": EventForm}


def answers_of(said: dict, *, on_file: bool | None) -> Answers:
    """``said``: the valid answers of all steps as typed. What was left empty stays unknown."""
    event = said.get("event", "")
    fits = said.get("fits", [])
    monthly = _decimal(said.get("monthly"))
    return Answers(
        member=_YES_NO.get(said.get("member", "")),
        persons=said.get("persons"),
        yearly_income=None if monthly is None else monthly * MONTHS,
        rigid=_decimal(said.get("rigid")),
        event="" if event == NOTHING else event or None,
        cost=_decimal(said.get("cost")),
        single_parent=ALONE in fits,
        stages=tuple(one for one in fits if one in SchoolStage.values),
        on_file=on_file,
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
