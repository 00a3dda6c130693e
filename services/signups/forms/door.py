"""What the organiser types at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.bookings.forms import CodeForm


class SignupCodeForm(CodeForm):
    """A scanned code, or the number of a sign-up read out by the woman."""

    code = forms.CharField(
        label=_("Code or number of the sign-up"),
        max_length=200,
        help_text=_("Scan the code with the phone's camera, or type the number, for example HD-26-000184-7."),
        error_messages={"required": _("Scan the code or type the number.")},
        widget=CodeForm.base_fields["code"].widget,
    )
