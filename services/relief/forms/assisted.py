"""What an officer sends in a woman's name with her application, beside papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms import assisted


class HandInForm(assisted.HandInForm):
    lets_check = forms.BooleanField(
        label=_("She lets the union check the income and property of her household for this application."),
        error_messages={"required": _("Without her leave to check it nothing can be decided.")},
    )
