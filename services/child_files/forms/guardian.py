"""What a guardian fills in: a code, one fact, a few words. No answer is chosen beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.child_files.enums import RequestKind


class ConfirmForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits we sent to your phone"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    fact = forms.CharField(label=_("Your full name"), max_length=40)

    def __init__(self, *args, asked: str, **kwargs):
        super().__init__(*args, **kwargs)
        if asked == "birth_date":
            self.fields["fact"] = forms.DateField(
                label=_("Your child's birthday"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )

    @property
    def told(self) -> str:
        fact = self.cleaned_data["fact"]
        return fact if isinstance(fact, str) else fact.isoformat()


class WishForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=RequestKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("Tell us in a few words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
