"""What an officer sends in a woman's name: papers, and her declaration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms.hers import ACCEPTED, FilesField
from services.casework.registry import Missing


class PaperForm(forms.Form):
    """Photos or PDFs of one kind."""

    kind = forms.ChoiceField(label=_("Which paper is it?"))
    files = FilesField(label=_("Photo or PDF"), error_messages={"required": _("Choose a photo or a PDF first.")})

    def __init__(self, *args, kinds: list[Missing], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *((kind.item, kind.text) for kind in kinds)]
        self.fields["files"].widget.attrs |= {"accept": ACCEPTED, "multiple": True}


class HandInForm(forms.Form):
    """Her declaration as she signed it; ``seen`` is what was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    declares = forms.BooleanField(
        label=_("She has declared that what is stated is true and complete as far as she knows."),
        error_messages={"required": _("Without her declaration this can't be taken.")},
    )
