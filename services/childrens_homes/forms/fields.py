"""Fields that several forms share: names of people, days, areas, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from services.foundation import spelling
from services.foundation.sheets import CellRefused
from services.organizations.forms import DayInput

LARGEST = 9_999_999


class PersonField(forms.CharField):
    """A name as lists of people have it: spaces inside a Chinese name are dropped, so that one person has one name."""

    default_error_messages = {
        "shape": _("Enter the name alone, 2 to 30 characters: no number, title or bracket."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=40, label=pgettext_lazy("person", "Name"), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        try:
            return spelling.person_name(text)
        except CellRefused:
            raise forms.ValidationError(self.error_messages["shape"], code="shape") from None


class DayField(forms.DateField):
    """A day of our time: no typing error such as the year 0026."""

    def __init__(self, **kwargs):
        super().__init__(widget=DayInput, **kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not 2000 <= day.year < 2100:
            raise forms.ValidationError(_("This day can't be right."))
        return day


class AreaField(forms.DecimalField):
    """Square metres. What is too large to be meant, the programme says."""

    def __init__(self, **kwargs):
        super().__init__(max_digits=8, decimal_places=2, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"


class CountField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=kwargs.pop("max_value", LARGEST), **kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not stated."""

    def __init__(self, **kwargs):
        choices = [("", pgettext_lazy("fact", "not stated")), ("yes", _("yes")), ("no", _("no"))]
        super().__init__(choices=choices, required=False, empty_value=None, coerce=lambda v: v == "yes", **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


def reason_field(**kwargs) -> forms.CharField:
    words = {"label": _("Why"), "max_length": 300, "widget": forms.Textarea(attrs={"rows": 3})}
    return forms.CharField(**(words | {"error_messages": {"required": _("Say why.")}} | kwargs))


class ReasonForm(forms.Form):
    reason = reason_field()


class PaperForm(forms.Form):
    file = forms.FileField(
        label=_("Photo or PDF"),
        error_messages={"required": _("Choose the file first.")},
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class ActivityPhotoForm(PaperForm):
    """``without``: children of the home whose guardians don't agree to photos; None where nobody knows."""

    agreed = forms.BooleanField(
        label=_("The guardian of every child that can be recognised in it agrees to photos"),
        error_messages={"required": _("Check the consent to photos before photos are added.")},
    )

    def __init__(self, *args, without: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Photo")
        self.fields["file"].widget.attrs["accept"] = "image/*"
        if without:
            self.fields["agreed"].help_text = ngettext(
                "%(count)s child of this home has no yes to photos: it may not be in the picture. Its file says so.",
                "%(count)s children of this home have no yes to photos: they may not be in the picture. Their files "
                "say so.",
                without,
            ) % {"count": without}
