"""How many places a programme has altogether."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.bookings.forms.places import MOST_PLACES, ledger_reason


class OpenPlacesForm(forms.Form):
    """How many places the programme has altogether, and why so many."""

    slots = forms.IntegerField(label=_("places in all"), min_value=1, max_value=MOST_PLACES)
    reason = ledger_reason()
