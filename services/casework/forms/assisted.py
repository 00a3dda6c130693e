"""What an officer sends in a woman's name: papers, and her declaration."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from services.casework.forms.hers import ACCEPTED, FilesField
from services.casework.registry import Missing

OTHER = "other"


class PaperForm(forms.Form):
    """Photos or PDFs of one kind. A browser doesn't choose a file again after a mistake: where nobody said which paper
    it is, it is kept among the others, and ``unnamed`` says so."""

    kind = forms.ChoiceField(label=_("Which paper is it?"), required=False)
    files = FilesField(label=_("Photo or PDF"), error_messages={"required": _("Choose a photo or a PDF first.")})

    def __init__(self, *args, kinds: list[Missing], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *((kind.item, kind.text) for kind in kinds)]
        self.fields["files"].widget.attrs |= {"accept": ACCEPTED, "multiple": True}
        self.unnamed = False

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind:
            return kind
        if OTHER not in dict(self.fields["kind"].choices):
            raise forms.ValidationError(self.fields["kind"].error_messages["required"], code="required")
        self.unnamed = True
        return OTHER

    def said(self, kept: list) -> str:
        """What became of the files."""
        said = ngettext("%(count)s file is kept.", "%(count)s files are kept.", len(kept)) % {"count": len(kept)}
        if self.unnamed:
            said += " " + gettext("Nobody said which paper it is: it stands under “Other papers”.")
        return said


class HandInForm(forms.Form):
    """Her declaration as she signed it; ``seen`` is what was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    declares = forms.BooleanField(
        label=_("She has declared that what is stated is true and complete as far as she knows."),
        error_messages={"required": _("Without her declaration this can't be taken.")},
    )
