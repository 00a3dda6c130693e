"""A person who signs in: staff by user name and password, women workers by phone and one-time code."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.enums import UserKind
from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, blind_index, seal, unseal
from services.foundation.keys import Sealed, sealed_within
from services.foundation.references import unguessable

# Secrets of second factors lie in a table of allauth's.
FACTOR = sealed_within.register(
    "accounts.factor", Sealed("mfa_authenticator", "id", "data", "accounts.user.factor", within=True)
)


class User(AbstractUser):
    """``first_name`` holds a staff member's full name; a worker's name lives on her record, never here."""

    kind = models.CharField(_("kind"), max_length=10, choices=UserKind, default=UserKind.STAFF)
    phone = SealedField(_("mobile number"), blank=True, default="")
    phone_index = BlindIndexField(default="")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    password_changed_at = models.DateTimeField(_("password changed at"), null=True, blank=True, editable=False)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    added_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "phone_index"], condition=~Q(phone_index=""), name="accounts_user_phone_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_username() if self.kind == UserKind.STAFF else f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.phone_index = blind_index(self.phone)
        if not self.username:
            self.username = f"w-{unguessable(16)}"
        super().save(*args, **kwargs)

    @property
    def is_worker(self) -> bool:
        return self.kind == UserKind.WORKER

    @property
    def full_name(self) -> str:
        """A staff member's name; workers' names live on their records."""
        return self.first_name or self.get_username()

    def used_before(self, password: str) -> bool:
        """Whether ``password`` is her present one or one of those remembered."""
        if self.has_usable_password() and check_password(password, self.password):
            return True
        return any(check_password(password, past.encoded) for past in self.past_passwords.all())

    def remember_password(self, *, now, keep: int) -> None:
        """Note the present password's hash and date, and forget all but the ``keep`` newest hashes."""
        self.password_changed_at = now
        type(self).objects.filter(pk=self.pk).update(password_changed_at=now)
        self.past_passwords.create(encoded=self.password)
        kept = list(self.past_passwords.order_by("-at", "-pk").values_list("pk", flat=True)[: max(keep, 0)])
        self.past_passwords.exclude(pk__in=kept).delete()

    @staticmethod
    def seal_factor(text: str) -> str:
        """A second factor's secret as it lies in the database."""
        return seal(text, context=FACTOR.context)

    @staticmethod
    def open_factor(sealed: str) -> str:
        """The secret again. Raises ``Unreadable`` when no configured key fits."""
        return unseal(sealed, context=FACTOR.context)

    @property
    def masked_phone(self) -> str:
        return masking.mask_phone(self.phone)


class PastPassword(models.Model):
    """The hashes of a staff member's last passwords, so that she doesn't go round in a ring."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
