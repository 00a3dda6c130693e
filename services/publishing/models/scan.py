"""What the check of a document's contents found. A document is handed out only while its row here says it may be."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.publishing.enums import FileState


class FileScan(models.Model):
    """``file_name`` is the stored name that was read: another name means other bytes, not yet checked."""

    document = models.OneToOneField("wagtaildocs.Document", on_delete=models.CASCADE, related_name="scan")
    file_name = models.CharField(max_length=255, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    rules_version = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.WAITING, db_index=True)
    found = models.JSONField(default=list, editable=False)
    unread = models.JSONField(default=list, editable=False)
    left_out = models.PositiveIntegerField(default=0, editable=False)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("check of a document")
        verbose_name_plural = _("checks of documents")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"
