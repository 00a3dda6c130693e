"""The fields of an annual return as a form, and the small forms of its steps."""

from datetime import date

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from services.coverage import return_wording as wording
from services.coverage.enums import Form
from services.coverage.models import AnnualReturn
from services.coverage.rules import return_checks
from services.coverage.rules.return_fields import CHOICE, DAY, Field, of_form
from services.coverage.rules.return_numbers import EARLIEST, LATEST, Untypable, read_number
from services.foundation.unchanged import TellsOfOthers

REASON = "reason_"
_LONGEST_REASON = 200


class NumberTyped(forms.CharField):
    """A whole number; empty is "not stated" and never nought."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=30, widget=widget, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return read_number(text)
        except Untypable as fault:
            raise forms.ValidationError(wording.FAULTS[fault.code], code=fault.code) from None

    def has_changed(self, initial, data):
        try:
            return read_number(data or "") != initial
        except Untypable:
            return True


class DayTyped(forms.DateField):
    """A day as the figures keep it: an ISO text."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=AdminDateInput(), **kwargs)

    def prepare_value(self, value):
        return date.fromisoformat(value) if isinstance(value, str) and _is_day(value) else value

    def clean(self, value):
        day = super().clean(value)
        if day is None:
            return None
        if not EARLIEST <= day < LATEST:
            raise forms.ValidationError(_("This day can't be right."))
        return day.isoformat()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _input(field: Field):
    named = {"label": wording.label(field.code), "help_text": wording.MEANINGS.get(field.code, "")}
    if field.kind == CHOICE:
        return forms.ChoiceField(required=False, choices=[("", _("Not stated")), *Form.choices], **named)
    return DayTyped(**named) if field.kind == DAY else NumberTyped(**named)


class FiguresForm(TellsOfOthers, forms.Form):
    """``prefill`` are values that the system knows; they stand in the fields until the unit has saved for the first
    time. ``reason_<field>`` is the word beside a field."""

    def __init__(self, *args, annual_return: AnnualReturn, prefill: dict | None = None, **kwargs):
        self.instance = annual_return
        self.asked = of_form(annual_return.form)
        initial = {**(prefill or {}), **annual_return.figures}
        initial |= {f"{REASON}{code}": words for code, words in annual_return.reasons.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.asked:
            self.fields[field.code] = _input(field)
            label = _("Why (%(field)s)") % {"field": wording.full_label(field.code)}
            self.fields[f"{REASON}{field.code}"] = forms.CharField(
                required=False, max_length=_LONGEST_REASON, label=label
            )

    def _digest(self) -> str:
        """Every write of a return counts, also one that changed nothing that stands in a field."""
        return salted_hmac("coverage.return", f"{self.instance.pk}:{self.instance.changes}").hexdigest()

    def figures(self) -> dict:
        found = {field.code: self.cleaned_data.get(field.code) for field in self.asked}
        return {code: value for code, value in found.items() if value not in (None, "")}

    def reasons(self) -> dict:
        return {field.code: self.cleaned_data.get(f"{REASON}{field.code}", "") for field in self.asked}

    def clean(self):
        data = super().clean()
        for finding in return_checks.blocking(
            return_checks.findings(self.asked, self.figures(), known={}, last_year={})
        ):
            self.add_error(finding.figures["field"], wording.finding(finding))
        return data


class SeenForm(forms.Form):
    """Carries which state of the return the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SignForm(SeenForm):
    """``because`` only where returns below are missing."""

    name = forms.CharField(label=_("Name of the head of the union"), max_length=40, required=False)
    because = forms.CharField(
        label=_("Why returns below are missing"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, incomplete: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not incomplete:
            del self.fields["because"]


class WordsForm(SeenForm):
    words = forms.CharField(
        label=_("What has to be corrected"),
        help_text=_("The unit's officers read this."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why there has to be a new version"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )


class YearForm(forms.Form):
    year = forms.IntegerField(
        label=_("Year in which the period ends"), help_text=_("The period runs from 1 October to 30 September.")
    )
