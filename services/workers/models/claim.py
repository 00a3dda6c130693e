"""A signed-in woman's tries at claiming her record, and her request to an officer when they failed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_WRITERS
from services.workers.enums import ClaimState


class RecordClaim(ScopedModel):
    """Goes to the officer of the union she names; the officer checks her papers and confirms or refuses."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="record_claims")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("union")
    )
    stated_name = models.CharField(_("name"), max_length=60)
    stated_id_number = SealedField(_("identity number"), blank=True, default="")
    stated_id_index = BlindIndexField(default="")
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.WAITING)
    worker = models.ForeignKey("workers.Worker", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=ROSTER_WRITERS)

    class Meta:
        verbose_name = _("record claim")
        verbose_name_plural = _("record claims")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=ClaimState.WAITING), name="workers_claim_waiting_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.stated_id_index = blind_index(self.stated_id_number)
        super().save(*args, **kwargs)

    @property
    def masked_id_number(self) -> str:
        return masking.mask_identity(self.stated_id_number) if self.stated_id_number else ""


class ClaimTry(models.Model):
    """One try at claiming a record online. Counted to stop guessing; says nothing about what was typed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("try at claiming a record")
        verbose_name_plural = _("tries at claiming a record")
        indexes = [models.Index(fields=["user", "at"])]
