"""What she fills in on the pages of her application: photos, a reason, an authorisation she ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or more files; each is judged by its bytes later, by the action."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        # An empty file has a message of its own, and the others beside it are kept.
        return [one for one in given if one is not None] or super().clean(None, initial)


class FilesForm(forms.Form):
    """Files for one kind of paper. Several of these stand on one page, told apart by ``prefix``."""

    use_required_attribute = False
    files = FilesField(label=_("Photo or PDF"), error_messages={"required": _("Choose a photo or a PDF first.")})

    def __init__(self, *args, label="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["files"]
        field.widget.attrs |= {"accept": ACCEPTED, "multiple": True}
        if label:
            field.label = label


class AppealForm(forms.Form):
    reason = forms.CharField(
        label=_("What should be looked at again?"),
        help_text=_("In your own words. Whoever looks at it has not decided about it before."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say what should be looked at again.")},
    )
