"""A complaint about how an application was handled, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ComplaintAbout, ComplaintOutcome

LONGEST = 2000


class ComplaintForm(forms.Form):
    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ComplaintAbout.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("When, where and what was said, as far as you remember."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write what happened.")},
    )


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ComplaintOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    answer = forms.CharField(
        label=_("Answer, in words that she reads"),
        help_text=_("What you found, what is done about it, and what she can do now."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
