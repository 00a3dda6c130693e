"""Fields that the forms of children's files share."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.foundation import spelling
from services.foundation.identifiers import parse_mobile
from services.foundation.sheets import CellRefused
from services.organizations.forms import DayInput


class PersonField(forms.CharField):
    """A name alone; spaces inside a Chinese name are dropped, so that one person has one name."""

    default_error_messages = {"shape": _("Enter the name alone, 2 to 30 characters: no number, title or bracket.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        try:
            return spelling.person_name(text)
        except CellRefused:
            raise forms.ValidationError(self.error_messages["shape"], code="shape") from None


class MobileField(forms.CharField):
    default_error_messages = {"mobile": _("Enter a mobile number of 11 digits.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        try:
            return parse_mobile(text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["mobile"], code="mobile") from None


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=DayInput, **kwargs)


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"], **kwargs)

    def prepare_value(self, value):
        return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


def why_field(label=None, *, required: bool = True, length: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label or _("Why"),
        max_length=length,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class YesNo(forms.TypedChoiceField):
    """Two answers side by side, neither chosen beforehand."""

    def __init__(self, *, yes, no, **kwargs):
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )
