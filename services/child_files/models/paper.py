"""Photos and papers of a child, in private storage; never in a collection of the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ScanState
from services.casework.models import private_storage
from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import SealedField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedModel


def paper_path(paper: "ChildPaper", filename: str) -> str:
    """Our own name: nothing of the child or of the file that was chosen stands in it."""
    return f"children/{paper.token[:2]}/{paper.token}.{paper.extension}"


class ChildPaper(ScopedModel):
    """What the chosen file was called isn't kept: it may hold the child's name."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(pgettext_lazy("child's paper", "kind"), max_length=14, choices=enums.PaperKind)
    file = models.FileField(_("file"), storage=private_storage, upload_to=paper_path, blank=True)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    preview = SealedField(blank=True, default="", help_text=_("A photo shrunk to a blur: nobody is known by it."))
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = FileManager.over("child__home__host__path")

    class Meta:
        verbose_name = _("child's paper")
        verbose_name_plural = _("children's papers")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "digest"],
                condition=Q(removed_at__isnull=True),
                name="child_files_paper_once_a_child",
            )
        ]
        indexes = [
            models.Index(fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="child_files_to_scan")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
