"""One new woman: the columns of a roster's line as fields. What they may hold, the roster's own rules say."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import ROSTER_WRITERS
from services.organizations.forms import DayInput, OrganizationField
from services.organizations.models import Organization
from services.workers.enums import EmploymentType, MaritalStatus

_UNSEEN = {"autocomplete": "off", "spellcheck": "false"}


class HireForm(forms.Form):
    organization = OrganizationField(label=_("Union"))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    id_number = forms.CharField(label=_("Identity number"), max_length=40, widget=forms.TextInput(_UNSEEN))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        required=False,
        help_text=_("11 digits; she signs in with it."),
        widget=forms.TextInput(_UNSEEN),
    )
    position = forms.CharField(label=_("Post"), max_length=60, required=False)
    employment_type = forms.ChoiceField(
        label=_("Form of employment"), choices=[("", "—"), *EmploymentType.choices], required=False
    )
    hired_on = forms.DateField(label=_("Hired on"), widget=DayInput, required=False)
    joined_on = forms.DateField(label=_("Member since"), widget=DayInput, required=False)
    marital_status = forms.ChoiceField(label=_("Marital status"), choices=MaritalStatus.choices, required=False)
    note = forms.CharField(label=pgettext_lazy("column", "Note"), max_length=200, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        hers = Organization.objects.visible_to(user, roles=ROSTER_WRITERS).open()
        self.fields["organization"].choices = hers
        self.fields["marital_status"].initial = MaritalStatus.UNKNOWN
        few = list(hers[:2])
        if len(few) == 1:
            self.fields["organization"].initial = few[0]

    def cells(self) -> dict:
        """As a line of the roster would hold them; what was left empty is no cell."""
        return {key: value for key, value in self.cleaned_data.items() if key != "organization" and value}
