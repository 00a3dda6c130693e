"""The guardian's one-time link, and what she asks for with it."""

import hmac

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.foundation.crypto import SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import Role


class GuardianLink(models.Model):
    """Only a keyed digest of the link's secret is kept. It opens with a code to the registered phone and a known fact,
    once, for the browser that confirmed."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    guardianship = models.ForeignKey("child_files.GuardianshipLink", on_delete=models.CASCADE, related_name="link_rows")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    session_digest = models.CharField(max_length=64, blank=True)
    session_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("guardian's link")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def digest_of(secret: str) -> str:
        return blind_index(f"child-link:{secret}")

    def set_code(self, code: str) -> None:
        self.code_digest = blind_index(f"child-code:{self.digest}:{code}")

    def code_is(self, code: str) -> bool:
        offered = blind_index(f"child-code:{self.digest}:{code}")
        return bool(self.code_digest) and hmac.compare_digest(self.code_digest, offered)

    @staticmethod
    def session_of(secret: str) -> str:
        return blind_index(f"child-session:{secret}")


class SubjectRequest(ScopedModel):
    """What a guardian asks for: answered within fifteen working days, refused only in writing (PIPL 44-50)."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="requests")
    guardianship = models.ForeignKey("child_files.GuardianshipLink", on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(pgettext_lazy("request", "kind"), max_length=10, choices=enums.RequestKind)
    words = SealedField(_("what she asks"), blank=True, default="")
    state = models.CharField(
        pgettext_lazy("request", "state"),
        max_length=18,
        choices=enums.RequestState,
        default=enums.RequestState.RECEIVED,
    )
    received_at = models.DateTimeField(_("received"))
    due_on = models.DateField(_("to be answered by"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = SealedField(_("written answer"), blank=True, default="")
    has_answer = models.BooleanField(default=False, editable=False)
    appeal = models.CharField(_("where she can appeal"), max_length=200, blank=True)

    objects = ScopedManager.over("child__home__host__path", roles=frozenset({Role.PRIVACY_OFFICER}))

    class Meta:
        verbose_name = _("guardian's request")
        verbose_name_plural = _("guardians' requests")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | (Q(has_answer=True, decided_at__isnull=False) & ~Q(appeal="")),
                name="child_files_refused_in_writing",
                violation_error_message=_("A refusal is written, with where she can appeal."),
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="child_files_requests_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.has_answer = bool(self.answer.strip())
        super().save(*args, **kwargs)
