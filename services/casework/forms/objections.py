"""What the public, the applicant and the desk write about an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ObjectionAbout, ObjectionOutcome
from services.casework.rules.objection import LONGEST_EXTENSION

LONGEST_TEXT = 2000
REASON_LENGTH = 200


class NumberForm(forms.Form):
    """The number of a line of a notice."""

    number = forms.CharField(label=_("Number of the line"), max_length=46, required=False)


class ObjectionForm(forms.Form):
    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ObjectionAbout.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Only whoever examines it reads this. The applicant doesn't."),
        error_messages={"required": _("Write what is wrong.")},
    )
    contact = forms.CharField(
        label=_("Your name and how to reach you"),
        max_length=200,
        required=False,
        help_text=_("You may leave this empty. The applicant never learns it."),
    )
    form = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)


class StatusForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference"), max_length=40, error_messages={"required": _("Enter the reference.")}
    )
    code = forms.CharField(
        label=pgettext_lazy("objection", "Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": pgettext_lazy("objection", "Enter the code.")},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write your answer.")},
    )


class TakeDownForm(forms.Form):
    because = forms.CharField(label=_("Why it is taken down"), max_length=REASON_LENGTH, help_text=_("For colleagues."))
    told = forms.CharField(label=_("Words to the applicants"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class LookForm(forms.Form):
    look_reason = forms.CharField(
        label=_("Why do you have to read it?"),
        max_length=REASON_LENGTH,
        help_text=_("Every look is written down."),
    )


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("Question to the applicant"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads these words instead of the objection: nothing in them may point to whoever objected."),
    )


class ExtendForm(forms.Form):
    days = forms.IntegerField(label=_("Working days more"), min_value=1, max_value=LONGEST_EXTENSION)
    because = forms.CharField(label=_("Why more time is needed"), max_length=REASON_LENGTH)


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ObjectionOutcome.choices,
        widget=forms.RadioSelect,
        help_text=_("This is all that the objector learns."),
        error_messages={"required": _("Choose the outcome.")},
    )
    told = forms.CharField(
        label=_("Words to the applicant"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("She reads them. Nothing in them may point to whoever objected."),
    )
    go_on = forms.ChoiceField(
        label=_("What happens to the application?"),
        choices=[("on", _("It goes on")), ("refuse", _("It is refused"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to the application.")},
    )
