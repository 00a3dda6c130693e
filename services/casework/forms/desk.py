"""Forms of the desk: words she reads, words for colleagues, what is missing, who takes over."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from services.casework import queries
from services.casework.enums import Tie
from services.casework.models import CannedReason, Case

LONGEST_REASON, LONGEST_NOTE = 1000, 1000


class NoteForm(forms.Form):
    """``seen`` is the version of the case that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The applicant doesn't read it. No illness, no number of a person."),
    )


class ReasonForm(NoteForm):
    """Choose words or write your own; what stands in the text is what she reads."""

    canned = forms.ModelChoiceField(
        label=_("Words to begin with"),
        queryset=CannedReason.objects.none(),
        required=False,
        help_text=_("Chosen words are used when you write none of your own."),
    )
    reason = forms.CharField(
        label=_("Reason, in words that the applicant reads"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["seen", "canned", "reason", "note"]

    def __init__(self, *args, case: Case, verb: str, required: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.must = required
        self.fields["canned"].queryset = queries.canned_reasons(case, verb)

    def clean(self):
        data = super().clean()
        if not data.get("reason", "").strip() and data.get("canned"):
            data["reason"] = data["canned"].text
        if self.must and not data.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Say why: these are the words that the applicant reads."))
        return data


class ItemForm(forms.Form):
    """One kind of paper that may be asked for."""

    item = forms.CharField(widget=forms.HiddenInput, max_length=40)
    wanted = forms.BooleanField(required=False, label=_("Ask for it"))
    words = forms.CharField(label=_("What she should send, in words she understands"), required=False, max_length=300)
    again_because = forms.CharField(
        label=_("It is there already: why once more?"), required=False, max_length=300, help_text=_("She reads this.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.initial
        self.text, self.there = given.get("text", ""), given.get("there", False)
        if not self.there:
            del self.fields["again_because"]

    def clean(self):
        data = super().clean()
        if data.get("wanted") and not data.get("words", "").strip():
            data["words"] = str(self.text)
        if data.get("wanted") and self.there and not data.get("again_because", "").strip():
            self.add_error("again_because", _("Say why she should send it once more."))
        return data


class HandOverForm(NoteForm):
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=get_user_model().objects.none())
    field_order = ["seen", "to", "note"]

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues
        self.fields["to"].label_from_instance = lambda user: user.full_name
        self.fields["note"].label = _("How it stands, for your colleague")


class RecuseForm(NoteForm):
    """How she is related to the applicant; colleagues read it in the timeline, the applicant doesn't."""

    tie = forms.ChoiceField(
        label=_("How are you related to the applicant?"),
        choices=Tie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you are related to her.")},
    )
    field_order = ["seen", "tie", "note"]


class SignedPaperForm(forms.Form):
    file = forms.FileField(
        label=_("Photo or scan"),
        help_text=_("A photo (JPEG, PNG, HEIC, WebP) or a PDF."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )
