"""Papers and photos of a case, and what was asked for."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ScanState
from services.foundation.crypto import SealedField
from services.foundation.references import unguessable


def private_storage():
    return storages["private"]


def document_path(document: "Document", filename: str) -> str:
    """Our own name, never hers: nothing of the person or of the file she chose stands in it."""
    return f"cases/{document.token[:2]}/{document.token}.{document.extension}"


class RequestedItem(models.Model):
    """One line of a request for more material. All lines of a round go out in one message (D16). What is asked for may
    name an illness."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="requested")
    round = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    words = SealedField(_("what is missing"))
    again_because = SealedField(_("asked for again because"), blank=True, default="")
    supplied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "round", "item"], name="casework_asked_once_a_round")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Document(models.Model):
    """One file. The original is never overwritten; a file that is taken back is purged later, its line stays.

    ``kind`` is a code of the service's. ``case`` is empty only while the signed paper of an authorisation is older
    than its case. ``digest`` (SHA-256 of what is stored) finds the same photo sent twice.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    case = models.ForeignKey("casework.Case", null=True, blank=True, on_delete=models.CASCADE, related_name="documents")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    request = models.ForeignKey(
        RequestedItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=document_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    warnings = models.JSONField(default=list, blank=True)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("paper of a case", "document")
        verbose_name_plural = pgettext_lazy("paper of a case", "documents")
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(fields=["case", "kind"]),
            models.Index(fields=["digest"]),
            models.Index(
                fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="casework_waiting_for_scan"
            ),
            models.Index(
                fields=["removed_at"],
                condition=Q(removed_at__isnull=False, purged_at__isnull=True),
                name="casework_waiting_for_purge",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def download_name(self) -> str:
        """Ours: nothing that she or her phone called it."""
        return f"{self.case.number if self.case else 'paper'}-{self.token[:6]}.{self.extension}"

    @property
    def is_picture(self) -> bool:
        return self.content_type == "image/jpeg"


class UploadInProgress(models.Model):
    """A file that arrives in parts. Its bytes lie in private storage until it is whole, then it becomes a document.

    ``parts`` are names in the storage, in the order of the file; ``received`` is the sum of their sizes. A part
    counts from the moment in which its name stands here.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text=_("Bytes that were announced."))
    digest = models.CharField(max_length=64, blank=True)
    received = models.PositiveIntegerField(default=0, help_text=_("Bytes that have arrived."))
    parts = models.JSONField(default=list, blank=True)
    request = models.ForeignKey(RequestedItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["touched_at"])]

    def __str__(self) -> str:
        return f"#{self.pk}"
