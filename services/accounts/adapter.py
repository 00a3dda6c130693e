"""How allauth treats our staff: no sign-up, the desk after signing in, sealed second factors."""

import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.accounts.models import User
from services.foundation.pace import counts_are_kept


class StaffAccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. A platform administrator can tell you more."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Signing in is locked for 15 minutes, even with the right password. "
            "If you forgot your password, ask a platform administrator to reset it."
        ),
        "attempts_uncounted": _(
            "Signing in isn't possible for the moment, as failed attempts can't be counted. Your password is all "
            "right. Try again in a few minutes."
        ),
        "username_password_mismatch": _("The user name or the password is wrong."),
        "enter_current_password": _("That isn't your password until now."),
        "incorrect_password": _("The password is wrong."),
    }

    def validation_error(self, code, *args):
        """Where nothing can be counted allauth takes an attempt for one too many: it is told as what it is."""
        if code == "too_many_login_attempts" and not counts_are_kept():
            code = "attempts_uncounted"
        return super().validation_error(code, *args)

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """A password typed within the last minutes needn't be typed again to set up a second factor."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > fresh for record in records)

    def get_login_redirect_url(self, request):
        return resolve_home(request.user)

    def get_password_change_redirect_url(self, request):
        return reverse("account_login")

    def get_logout_redirect_url(self, request):
        return reverse("account_login")


class SealedMFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong. Use the newest one your app shows."),
        "cannot_delete_authenticator": _(
            "A second factor is required for staff. A platform administrator can remove it if you lost your phone."
        ),
    }

    def encrypt(self, text: str) -> str:
        return User.seal_factor(text)

    def decrypt(self, encrypted_text: str) -> str:
        return User.open_factor(encrypted_text)

    def can_delete_authenticator(self, authenticator) -> bool:
        return not settings.STAFF_SECOND_FACTOR_REQUIRED

    def get_totp_label(self, user) -> str:
        return user.get_username()


def resolve_home(user) -> str:
    """Where a person lands after signing in: women on their own page, staff on the desk."""
    return settings.LOGIN_REDIRECT_URL if user.is_worker else reverse("wagtailadmin_home")
