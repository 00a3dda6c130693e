"""One-time codes and the sign-in log. Neither keeps a code or a phone number in clear."""

import hmac

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.accounts.enums import CodePurpose, SignInOutcome, SignInWay
from services.foundation.crypto import Unreadable, blind_index, seal, unseal


class OneTimeCode(models.Model):
    """A code sent to a phone: six digits, five minutes, one use, five tries, bound to purpose and browser."""

    phone_index = models.CharField(max_length=64, db_index=True)
    purpose = models.CharField(max_length=20, choices=CodePurpose)
    binding = models.CharField(max_length=64, help_text=_("Digest of the browser's secret."))
    digest = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64, blank=True, db_index=True)
    known_index = models.CharField(max_length=64, blank=True, help_text=_("Digest of a browser known for the phone."))
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        indexes = [models.Index(fields=["phone_index", "purpose", "binding"])]

    @staticmethod
    def index_of(value: str) -> str:
        """Keyed digest of a phone number or network address."""
        return blind_index(value)

    @staticmethod
    def known_index_of(browser: str, phone: str) -> str:
        """Keyed digest of a browser's random name with a phone number that was signed in there."""
        return blind_index(f"known:{browser}:{phone}")

    @staticmethod
    def binding_of(secret: str) -> str:
        """Keyed digest of the secret that a browser session holds."""
        return blind_index(f"binding:{secret}")

    @staticmethod
    def seal_phone(phone: str) -> str:
        """A phone number as it may lie in a session between two pages."""
        return seal(phone, context="accounts.onetimecode.session")

    @staticmethod
    def open_phone(sealed: str) -> str:
        """The number again; '' when the text isn't ours."""
        try:
            return unseal(sealed, context="accounts.onetimecode.session")
        except Unreadable:
            return ""

    def set_code(self, code: str) -> None:
        """Keep the keyed digest of a code, tied to its phone, purpose and browser."""
        self.digest = self._digest(code)

    def matches(self, code: str) -> bool:
        return hmac.compare_digest(self.digest, self._digest(code))

    def _digest(self, code: str) -> str:
        return blind_index(f"code:{self.purpose}:{self.binding}:{self.phone_index}:{code}")

    @classmethod
    def waste_time(cls, code: str) -> None:
        """Do the work of a comparison when there is nothing to compare with."""
        cls(digest="0" * 64).matches(code)


class SignInEvent(models.Model):
    """Who signed in or failed to, when and by which way. Append-only."""

    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(_("way"), max_length=20, choices=SignInWay)
    outcome = models.CharField(_("outcome"), max_length=20, choices=SignInOutcome)
    address_index = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        ordering = ["-at"]

    @property
    def who(self) -> str:
        """The account concerned: a staff member's user name, a woman's account as a bare number."""
        return str(self.user) if self.user else ""
