"""What an officer says when she excuses a missed place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import ExcuseReason


class ExcuseForm(forms.Form):
    """Why missed places no longer count. What kept her isn't written down."""

    reason = forms.ChoiceField(label=_("reason"), choices=ExcuseReason.choices, widget=forms.RadioSelect)
