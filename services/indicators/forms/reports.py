"""The forms of a report: values of one field at a time, signature, words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.indicators.enums import ValueStatus
from services.indicators.rules.values import Entered, amount_of
from services.indicators.wordings import plain, wrong_in_words
from services.organizations.forms import DayInput


class AmountField(forms.CharField):
    """A number as people write it; what isn't one is said beside it and stays."""

    def to_python(self, value):
        try:
            return amount_of(super().to_python(value))
        except ValueError:
            raise forms.ValidationError(_("This isn't a number. Write digits, with a point for decimals.")) from None


def field_names(element_id: int, cut: str) -> tuple[str, str, str]:
    base = f"{element_id}-{cut}" if cut else str(element_id)
    return f"amount-{base}", f"status-{base}", f"note-{base}"


class ValuesForm(forms.Form):
    """Three fields a value: number, status, note. ``rows`` are ``(element, cut, label, stated)`` in their order."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for element, cut, label, one in rows:
            amount, status, note = field_names(element.pk, cut)
            self.fields[amount] = AmountField(
                label=label,
                required=False,
                initial=plain(one.amount).replace(",", "") if one.amount is not None else "",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[status] = forms.ChoiceField(
                label=_("Status of %(what)s") % {"what": label},
                required=False,
                initial=one.status,
                choices=[("", _("by the number")), *ValueStatus.choices],
            )
            self.fields[note] = forms.CharField(
                label=_("Note on %(what)s") % {"what": label},
                required=False,
                initial=one.note,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def entered(self) -> dict[tuple[int, str], Entered]:
        found = {}
        for element, cut, _label, _one in self.rows:
            amount, status, note = field_names(element.pk, cut)
            data = self.cleaned_data
            found[element.pk, cut] = Entered(data[amount], data[status], data[note])
        return found

    def put(self, faults) -> None:
        """What the action refused, beside what it is about."""
        keys = {(element.code, cut): element.pk for element, cut, _label, _one in self.rows}
        for (code, cut), wrongs in faults.items():
            amount, status, _note = field_names(keys[code, cut], cut)
            for wrong in wrongs:
                self.add_error(amount if wrong.field == "amount" else status, wrong_in_words(wrong))


class SignForm(forms.Form):
    name = forms.CharField(
        label=_("Who answers for the figures"),
        max_length=40,
        required=False,
        help_text=_("Her name stands under the report (statistics law, article 24)."),
    )
    gap_words = forms.CharField(
        label=_("Why reports below are missing"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, gaps: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not gaps:
            del self.fields["gap_words"]


class WordsForm(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("monitoring report", "Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OpenRoundForm(forms.Form):
    year = forms.IntegerField(label=_("Year that is reported"), min_value=2000, max_value=2100)
    due_on = forms.DateField(label=_("Last day"), widget=DayInput())
