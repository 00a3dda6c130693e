"""A record that turned out to be a second one of the same woman (重复档案), after it became part of the other."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class MergedRecord(ScopedModel):
    """What is left of it: whose it was (``into``), under which ``token`` and key (``was``) it was known.

    Looks at it and lines of its history name ``was`` and stay as they are. Its identity number is kept sealed where it
    differs, so that the next roster with the same slip of the pen doesn't make her two again.
    """

    was = models.BigIntegerField(unique=True, editable=False)
    token = models.CharField(max_length=22, unique=True, editable=False)
    into = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="merged_records")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("union")
    )
    name = models.CharField(_("name"), max_length=60)
    dropped_number = SealedField(_("identity number that was given up"))
    dropped_index = BlindIndexField(db_index=True)
    reason = models.CharField(_("reason"), max_length=200)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("merged at"))

    objects = ScopedManager.over("into__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.was}"

    def save(self, *args, **kwargs):
        self.dropped_index = blind_index(self.dropped_number)
        super().save(*args, **kwargs)

    @property
    def masked_number(self) -> str:
        return masking.mask_identity(self.dropped_number)
