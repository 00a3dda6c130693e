"""Scanned papers of a union's women workers' organisation, in private storage."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ScanState
from services.casework.models import private_storage
from services.coverage import enums
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


def paper_path(paper: "Paper", filename: str) -> str:
    """Our own name: nothing of the union or of the file that was chosen stands in it."""
    return f"coverage/{paper.token[:2]}/{paper.token}.{paper.extension}"


class Paper(ScopedModel):
    """Request, record of an election, approval, minutes. Never overwritten: one that is taken back keeps its line, its
    file is deleted. A file that isn't ``clean`` is shown to nobody."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(
        "coverage.Term", null=True, blank=True, on_delete=models.PROTECT, related_name="papers", verbose_name=_("term")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=enums.PaperKind)
    file = models.FileField(_("file"), storage=private_storage, upload_to=paper_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("women workers' organisation", "paper")
        verbose_name_plural = pgettext_lazy("women workers' organisation", "papers")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "digest"],
                condition=Q(removed_at__isnull=True),
                name="coverage_paper_once_a_union",
            )
        ]
        indexes = [
            models.Index(
                fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="coverage_waiting_for_scan"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
