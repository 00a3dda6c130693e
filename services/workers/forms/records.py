"""What officers type about a record: the edit form, the number to look up, the reason for a look."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import clock
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number, parse_mobile
from services.foundation.unchanged import TellsOfOthers
from services.organizations.enums import ROSTER_WRITERS
from services.organizations.forms import DayInput, OrganizationField
from services.organizations.models import Organization
from services.workers.models import Worker

NUMBER_FAULTS = {
    "shape": _("An identity number has 18 characters: 17 digits and a digit or X."),
    "fifteen": _("This is an old 15-digit number. Enter the 18 characters of her present card."),
    "area": _("The number begins with an area that doesn't exist."),
    "date": _("The date of birth inside the number isn't a real day."),
    "checksum": _("The last character doesn't fit the others: a digit is mistyped."),
}
_UNSEEN = {"autocomplete": "off", "spellcheck": "false"}


class RecordForm(TellsOfOthers, forms.ModelForm):
    """Numbers are never shown here: an empty box keeps what is stored."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    organization = OrganizationField(label=_("Union"))
    new_id_number = forms.CharField(
        label=_("New identity number"),
        max_length=40,
        required=False,
        help_text=_("Leave empty to keep the one stored."),
        widget=forms.TextInput(_UNSEEN),
    )
    new_phone = forms.CharField(
        label=_("New mobile number"),
        max_length=30,
        required=False,
        help_text=_("Leave empty to keep the one stored."),
        widget=forms.TextInput(_UNSEEN),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed when the identity number changes. Don't write numbers here."),
    )

    class Meta:
        model = Worker
        fields = ["name", "position", "employment_type", "hired_on", "joined_on", "marital_status", "note"]
        widgets = {"hired_on": DayInput, "joined_on": DayInput}

    field_order = ["name", "organization", "new_id_number", "new_phone", "position"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=ROSTER_WRITERS).open()
        self.initial["organization"] = self.instance.organization.code

    def clean_new_id_number(self) -> str:
        text = self.cleaned_data["new_id_number"]
        if not text:
            return ""
        allow = settings.ALLOW_INVENTED_IDENTITIES
        try:
            identity = parse_identity_number(text, today=clock.today(), allow_invented=allow)
        except InvalidIdentityNumber as fault:
            raise forms.ValidationError(NUMBER_FAULTS[fault.code]) from None
        if identity.sex != "F":
            raise forms.ValidationError(_("By its 17th digit this number is a man's."))
        return identity.number

    def clean_new_phone(self) -> str:
        text = self.cleaned_data["new_phone"]
        if not text:
            return ""
        try:
            return parse_mobile(text)
        except ValueError:
            raise forms.ValidationError(_("A mobile number has 11 digits and begins with 1.")) from None

    def changes(self) -> dict:
        """What the action is to change, under the model's own names."""
        data = self.cleaned_data
        changes = {name: data[name] for name in [*self.Meta.fields, "organization"]}
        if data["new_id_number"]:
            changes["id_number"] = data["new_id_number"]
        if data["new_phone"]:
            changes["phone"] = data["new_phone"]
        return changes


class FindForm(forms.Form):
    number = forms.CharField(
        label=_("Identity number or mobile number"),
        max_length=40,
        help_text=_("The whole number. It is not kept and never appears in the address bar."),
        widget=forms.TextInput(_UNSEEN),
    )


LOOK_REASONS = [
    ("call", _("To call her about a service")),
    ("papers", _("To compare with her papers")),
    ("correct", _("To correct her record")),
    ("enrol", _("To enrol her for a service")),
]


class LookForm(forms.Form):
    """Why a masked value is opened: a ready-made reason, or her own words."""

    field = forms.ChoiceField(choices=[("id_number", _("Identity number")), ("phone", _("Mobile number"))])
    canned = forms.ChoiceField(
        label=_("Why do you need it?"), choices=[("", _("Other: write it below")), *LOOK_REASONS], required=False
    )
    words = forms.CharField(label=_("In your words"), max_length=150, required=False)

    def reason(self) -> str:
        """In the site's first language, whoever reads it later."""
        with translation.override(settings.LANGUAGE_CODE):
            ready = str(dict(LOOK_REASONS).get(self.cleaned_data["canned"], ""))
        return " · ".join(filter(None, [ready, self.cleaned_data["words"].strip()]))


class LeaveForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Goes into the history of each record."))


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("She reads this. Say what she can do now."),
        widget=forms.Textarea({"rows": 3}),
    )
