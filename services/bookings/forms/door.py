"""What site staff type and tick at the door."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.bookings.enums import ScanOutcome
from services.bookings.models import CheckInScan
from services.foundation.references import is_human_number


class CodeForm(forms.Form):
    """A scanned code, or a booking number read out by the woman."""

    code = forms.CharField(
        label=_("Code or booking number"),
        max_length=200,
        help_text=_("Scan the code with the phone's camera, or type the number, for example TJ-26-000184-7."),
        error_messages={"required": _("Scan the code or type the booking number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """A scanner that types may type the whole address: what counts is its last part."""
        return self.cleaned_data["code"].strip().rstrip("/").rsplit("/", 1)[-1]


class DoorForm(forms.Form):
    """The one button; a number that was typed also wants the name compared, since a number proves nothing."""

    typed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    name_checked = forms.BooleanField(
        label=_("I have compared the name with her identity card."),
        required=False,
    )

    def clean(self) -> dict:
        if self.cleaned_data.get("typed") and not self.cleaned_data.get("name_checked"):
            self.add_error("name_checked", _("A number can be read out by anybody: please compare the name first."))
        return self.cleaned_data


class KeptScanForm(forms.Form):
    """A scan that the phone kept without a network: ``ago`` in seconds by its own clock, so that it may be wrong.

    ``compared``: whoever typed a number compared the name on the day's list with the identity card.
    """

    MOST_AGO = 7 * 24 * 3600
    code = forms.CharField(max_length=200)
    ago = forms.FloatField(
        min_value=0, max_value=MOST_AGO, error_messages={"max_value": _("It was scanned more than a week ago.")}
    )
    compared = forms.BooleanField(required=False)

    clean_code = CodeForm.clean_code

    def clean(self) -> dict:
        data = self.cleaned_data
        if is_human_number(data.get("code", "")) and not data.get("compared"):
            self.add_error("compared", _("A number can be read out by anybody: please compare the name first."))
        return data

    @property
    def called(self) -> str:
        """What the phone's user knows the scan by: the number, or that it was a scanned code."""
        code = self.cleaned_data.get("code", "")
        return code.upper() if is_human_number(code) else str(_("A scanned code"))


class EntryNumberForm(forms.Form):
    """An entry number that somebody looks up in a published order."""

    entry = forms.CharField(
        label=_("Entry number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_entry(self) -> str:
        """As it is published: capitals, four and four."""
        bare = "".join(char for char in self.cleaned_data["entry"].upper() if char.isalnum())
        return f"{bare[:4]}-{bare[4:]}" if bare else ""


class ScanFilters(WagtailFilterSet):
    """What narrows the scans at the door."""

    day = django_filters.DateFilter(label=_("Day"), field_name="at", lookup_expr="date")
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=ScanOutcome)

    class Meta:
        model = CheckInScan
        fields = []
