"""Plain questions: a visitor's "can I take part?", and the one question the roster can't answer."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from services.screening.enums import Counts, MaritalRule, ProgrammeKind
from services.screening.models import ProgrammeTerms
from services.screening.rules import Facts
from services.workers.enums import EmploymentType, MaritalStatus

MOST_QUESTIONS = 4
NEVER, ON_A_DAY, NOT_KNOWN = "never", "day", "unknown"
_YES_NO = (("yes", _("Yes")), ("no", _("No")))


class LastScreeningForm(forms.Form):
    """When she was last screened: one question in two fields."""

    screened = forms.ChoiceField(
        label=_("Have you had a breast or cervical screening before?"),
        choices=((NEVER, _("No, never")), (ON_A_DAY, _("Yes, I know about when"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have had a screening before.")},
    )
    screened_on = forms.DateField(
        label=_("About when was the last one?"),
        help_text=_("Only if you answered yes. The day needn't be exact."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, for example 2024-05-31.")},
    )

    arranged_by = forms.ChoiceField(
        label=_("Who arranged it?"),
        help_text=_("Only if you answered yes."),
        choices=(
            ("", _("I don't know")),
            (ProgrammeKind.EMPLOYER_DUTY, _("My employer")),
            (ProgrammeKind.CHARITY, _("The union")),
            (ProgrammeKind.PUBLIC_HEALTH, _("The public-health programme")),
        ),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, today: date, terms: ProgrammeTerms, **kwargs):
        super().__init__(*args, **kwargs)
        self._today = today
        if terms.interval_counts != Counts.SAME:
            del self.fields["arranged_by"]

    def clean(self) -> dict:
        data = super().clean()
        day = data.get("screened_on")
        if data.get("screened") == ON_A_DAY and not day and "screened_on" not in self.errors:
            self.add_error("screened_on", _("Enter about when it was."))
        if day and day > self._today:
            self.add_error("screened_on", _("This date lies in the future."))
        if data.get("screened") != ON_A_DAY:
            data["screened_on"] = None
        return data


RESIDENT = {
    "label": _("Do you live in the area this programme is for?"),
    "choices": _YES_NO,
    "widget": forms.RadioSelect,
    "error_messages": {"required": _("Say whether you live in the area.")},
}


class OpenQuestionsForm(LastScreeningForm):
    """What the rules still want to know of her: her last screening, where she lives, or both."""

    resident = forms.ChoiceField(**RESIDENT)

    def __init__(self, *args, asks_screening: bool, asks_residence: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_residence:
            del self.fields["resident"]
        if not asks_screening:
            for name in ("screened", "screened_on", "arranged_by"):
                self.fields.pop(name, None)


class AnswersForm(LastScreeningForm):
    """At most four questions, only those the terms turn on. Nothing of it is kept."""

    age = forms.IntegerField(
        label=_("How old are you?"),
        help_text=_("In whole years."),
        min_value=16,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"}),
        error_messages={
            "required": _("Enter your age."),
            "invalid": _("Enter your age in digits."),
            "min_value": _("Enter an age between 16 and 100."),
            "max_value": _("Enter an age between 16 and 100."),
        },
    )
    member = forms.ChoiceField(
        label=_("Are you a union member?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are a union member.")},
    )
    marital = forms.ChoiceField(
        label=_("Your marital status"),
        choices=[choice for choice in MaritalStatus.choices if choice[0] != MaritalStatus.UNKNOWN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your marital status.")},
    )
    employment = forms.ChoiceField(
        label=_("Your form of employment"),
        choices=EmploymentType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your form of employment.")},
    )
    resident = forms.ChoiceField(**RESIDENT)
    field_order = ["age", "member", "resident", "screened", "screened_on", "arranged_by", "marital", "employment"]

    def __init__(self, *args, terms: ProgrammeTerms, **kwargs):
        super().__init__(*args, terms=terms, **kwargs)
        self.fields["screened"].choices = [*self.fields["screened"].choices, (NOT_KNOWN, _("I don't remember"))]
        turns_on = {
            "age": terms.age_min is not None or terms.age_max is not None or bool(terms.added_items),
            "member": terms.membership_required,
            "resident": terms.residence_required,
            "screened": bool(terms.interval_months),
            "marital": terms.marital_rule != MaritalRule.ANY,
            "employment": bool(terms.employment_types),
        }
        self.questions = [name for name, asked in turns_on.items() if asked][:MOST_QUESTIONS]
        for name in turns_on:
            if name not in self.questions:
                del self.fields[name]
        if "screened" not in self.questions:
            del self.fields["screened_on"]
            self.fields.pop("arranged_by", None)

    def facts(self) -> Facts:
        """Her answers as the rules read them; what wasn't asked or isn't remembered stays unknown."""
        said = self.cleaned_data
        names = {"age": "age", "member": "membership", "screened": "interval", "resident": "residence"}
        return Facts(
            age=said.get("age"),
            member=said["member"] == "yes" if "member" in said else None,
            last_screening=said.get("screened_on"),
            last_kind=said.get("arranged_by", ""),
            resident=said["resident"] == "yes" if "resident" in said else None,
            never_screened=True if said.get("screened") == NEVER else None,
            marital_status=said.get("marital"),
            employment_type=said.get("employment"),
            origins={names.get(name, name): "answer" for name in self.questions},
        )
