"""Her account as it is typed: by her on a phone, or by an officer from her papers."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from services.payments.rules.accounts import NotAnAccount, account_number, holder_name, looks_mistyped

UNSEEN = {"autocomplete": "off", "spellcheck": "false"}
FAULTS = {
    "letters": _("An account number has digits only."),
    "length": _("A card or account number has 12 to 19 digits."),
}
# Which field an action's refusal belongs beside.
FIELD_OF = {"holder_invalid": "holder", "bank_missing": "bank", "account_invalid": "number"}


class AccountForm(forms.Form):
    holder = forms.CharField(
        label=_("Account holder"),
        max_length=60,
        help_text=_("The name as it stands on the card or passbook. Why we ask: the bank pays only if it fits."),
        error_messages={"required": _("Write the account holder's name.")},
    )
    bank = forms.CharField(
        label=_("Bank"), max_length=60, error_messages={"required": _("Write the name of the bank.")}
    )
    bank_branch = forms.CharField(
        label=_("Branch"), max_length=80, required=False, help_text=_("If you know it: some banks ask for it.")
    )
    number = forms.CharField(
        label=_("Card or account number"),
        max_length=40,
        widget=forms.TextInput(UNSEEN | {"inputmode": "numeric"}),
        help_text=_(
            "12 to 19 digits; blanks between them do no harm. Why we ask: so that the money reaches you and nobody "
            "else. It is kept encrypted and shown masked."
        ),
        error_messages={"required": _("Write the card or account number.")},
    )
    again = forms.CharField(
        label=_("The number once more"),
        max_length=40,
        widget=forms.TextInput(UNSEEN | {"inputmode": "numeric"}),
        error_messages={"required": _("Write the number once more, so that no digit is wrong.")},
    )

    def clean_holder(self) -> str:
        name = holder_name(self.cleaned_data["holder"])
        if not name:
            raise forms.ValidationError(_("Write the account holder's name as it stands at the bank: letters only."))
        return name

    def clean_number(self) -> str:
        try:
            number = account_number(self.cleaned_data["number"])
        except NotAnAccount as fault:
            raise forms.ValidationError(FAULTS[fault.code]) from None
        if looks_mistyped(number):
            raise forms.ValidationError(_("This card number has a wrong digit: compare it with the card."))
        return number

    def clean(self):
        data = super().clean()
        try:
            again = account_number(data.get("again", ""))
        except NotAnAccount:
            again = ""
        if data.get("number") and data.get("again") and again != data["number"]:
            self.add_error("again", _("The two numbers differ."))
        return data

    def given(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("holder", "bank", "bank_branch", "number")}


LOOK_REASONS = [
    ("papers", _("To compare with her papers")),
    ("bank", _("To answer a question of the bank")),
    ("call", _("To ask her about a returned payment")),
]


class LookForm(forms.Form):
    """Why an account number is opened: a ready-made reason, or her own words."""

    canned = forms.ChoiceField(
        label=_("Why do you need it?"), choices=[("", _("Other: write it below")), *LOOK_REASONS], required=False
    )
    words = forms.CharField(label=_("In your words"), max_length=150, required=False)

    def reason(self) -> str:
        """In the site's first language, whoever reads it later."""
        with translation.override(settings.LANGUAGE_CODE):
            ready = str(dict(LOOK_REASONS).get(self.cleaned_data["canned"], ""))
        return " · ".join(filter(None, [ready, self.cleaned_data["words"].strip()]))
