"""What the staff of a site write down: a result, who came, a try to reach her."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.screening.enums import (
    CLOSED_BY_HAND,
    AttemptOutcome,
    BiRads,
    Conclusion,
    ContactChannel,
    Item,
    TbsClass,
)
from services.screening.rules.results import HIGH_RISK_HPV, NOTE_LENGTH, Findings, contradictions
from services.screening.wording import contradiction

_NOT_DONE = ("", _("Not done"))
# Nothing is chosen for her: a slip here would say that a woman was told.
_CHOOSE = ("", _("Please choose"))
REASON_LENGTH = 200


def _day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d")


class ResultForm(forms.Form):
    """One woman's result. ``on`` is the day she was examined, ``correcting`` wants the reason."""

    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=Conclusion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the conclusion of the report.")},
    )
    items = forms.MultipleChoiceField(
        label=_("What was examined"), choices=Item.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    tbs = forms.ChoiceField(label=_("Cytology (TBS)"), choices=[_NOT_DONE, *TbsClass.choices], required=False)
    hpv = forms.MultipleChoiceField(
        label=_("High-risk HPV types found"),
        choices=[(code, code) for code in HIGH_RISK_HPV],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-grid"}),
        required=False,
        help_text=_("None ticked: none found."),
    )
    birads = forms.ChoiceField(label=_("Breast (BI-RADS)"), choices=[_NOT_DONE, *BiRads.choices], required=False)
    note = forms.CharField(
        label=_("Remark of the hospital"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads it word for word."),
    )
    next_due = forms.DateField(
        label=_("Next examination from"),
        required=False,
        widget=_day_widget(),
        help_text=_("Left empty, it follows from the national intervals."),
    )
    reason = forms.CharField(label=_("Why it is corrected"), max_length=REASON_LENGTH, help_text=_("She reads it."))

    def __init__(self, *args, on: date, correcting: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        if not correcting:
            del self.fields["reason"]

    def clean_next_due(self):
        due = self.cleaned_data["next_due"]
        if due and due <= self.on:
            raise forms.ValidationError(_("The next examination must lie after this one."))
        return due

    def clean(self) -> dict:
        if "conclusion" in self.cleaned_data:
            for code in contradictions(self.findings().examined(self.on)):
                place, words = contradiction(code)
                self.add_error(place, words)
        return self.cleaned_data

    def findings(self) -> Findings:
        said = self.cleaned_data
        return Findings(
            conclusion=said["conclusion"],
            items=tuple(said.get("items", ())),
            tbs=said.get("tbs", ""),
            hpv=tuple(said.get("hpv", ())),
            birads=said.get("birads", ""),
            note=" ".join(said.get("note", "").split()),
            next_due=said.get("next_due"),
        )


class LookForm(forms.Form):
    """Why somebody has to see a result; she can read it."""

    look_reason = forms.CharField(
        label=_("Why do you have to see it?"), max_length=REASON_LENGTH, help_text=_("She can read your reason.")
    )


class AttendanceForm(forms.Form):
    """Who came, ticked on the list of a day. Choices are the tokens of bookings that are still expected."""

    came = forms.MultipleChoiceField(
        label=_("Who came"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one woman."),
            "invalid_choice": _("The list has changed meanwhile. Please look at it again."),
        },
    )

    def __init__(self, *args, expected, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(booking.token, str(booking.worker.masked_name)) for booking in expected]


class SheetForm(forms.Form):
    """A filled-in workbook of one day."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose the workbook."),
            "empty": _("The file is empty."),
            "invalid": _("Choose the workbook."),
        },
    )


class ResultSheetForm(SheetForm):
    reason = forms.CharField(
        label=_("Why results are corrected"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Only if the workbook changes results that were entered before. She reads it."),
    )


class AttemptForm(forms.Form):
    """One try to reach her; codes alone, so that nothing said on the telephone is kept."""

    on = forms.DateField(
        label=_("Day"), widget=_day_widget(), error_messages={"required": _("Give the day of the try.")}
    )
    channel = forms.ChoiceField(
        label=_("By"),
        choices=[_CHOOSE, *ContactChannel.choices],
        error_messages={"required": _("Say by which way.")},
    )
    outcome = forms.ChoiceField(
        label=pgettext_lazy("attempt to reach her", "What came of it"),
        choices=[_CHOOSE, *AttemptOutcome.choices],
        error_messages={"required": _("Say what came of it.")},
    )


class CloseForm(forms.Form):
    ended = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(outcome.value, outcome.label) for outcome in CLOSED_BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it ended.")},
    )
