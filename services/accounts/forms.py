"""What people type to come in: a phone number, a code, a user name and password."""

import re
import unicodedata

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from services.accounts.models import SignInEvent, User
from services.foundation.identifiers import parse_mobile

# Also found inside a whole pasted message, and when a keyboard puts a space in the middle.
_SIX_DIGITS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)", re.ASCII)


class PhoneForm(forms.Form):
    """A mainland mobile number, however she groups it."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        help_text=_("11 digits. We send a code to it by SMS; you need no password."),
        error_messages={"required": _("Enter your mobile number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national", "class": "is-short"}),
    )

    def clean_phone(self) -> str:
        try:
            return parse_mobile(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(_("Enter a mobile number of 11 digits that begins with 1."))


class CodeForm(forms.Form):
    """The six digits from the message, typed or pasted with whatever stands around them."""

    code = forms.CharField(
        label=_("Code from the SMS"),
        max_length=200,
        help_text=_("6 digits"),
        error_messages={"required": _("Enter the code from the SMS.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "is-code"}),
    )

    def clean_code(self) -> str:
        found = _SIX_DIGITS.findall(unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if len(found) != 1:
            raise forms.ValidationError(_("The code has 6 digits."))
        return "".join(found[0])


class StaffLoginForm(LoginForm):
    """User name and password, with labels instead of placeholders and no way to reset a password by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("User name")), ("password", _("Password"))):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)


class StaffPasswordForm(ChangePasswordForm):
    """The old password once, the new one twice; the rules stand beside the field before she types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Password until now"),
            "password1": _("New password"),
            "password2": _("New password again"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = lazy(password_validators_help_text_html, SafeString)()


class StaffAgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class _FactorField:
    """Shared by the three forms that ask for a second factor's code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].error_messages["required"] = _("Enter the code.")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "class": "is-code"}


class FactorForm(_FactorField, AuthenticateForm):
    """The second factor while signing in."""


class FactorOnceMoreForm(_FactorField, FactorAgainForm):
    """The second factor again, before something that matters."""


class NewFactorForm(_FactorField, ActivateTOTPForm):
    """The first code of a new authenticator app."""


class StaffAccountForm(forms.ModelForm):
    """A staff account as administrators see it; what she may do follows from her posts, not from here."""

    class Meta:
        model = User
        fields = ("username", "first_name", "email", "is_active")
        labels = {"username": _("User name"), "first_name": _("Full name"), "email": _("E-mail")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _ only. She signs in with it."),
            "is_active": _("A closed account can't sign in, and its open sessions end at once."),
        }

    def __init__(self, *args, may_close=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        if not may_close:
            del self.fields["is_active"]


class EndSessionForm(forms.Form):
    """Which session to end; left empty, all but the present one."""

    session = forms.IntegerField(required=False)


class SignInFilters(WagtailFilterSet):
    """What narrows the sign-in log."""

    class Meta:
        model = SignInEvent
        fields = {"way": ["exact"], "outcome": ["exact"], "at": ["gte", "lte"]}
