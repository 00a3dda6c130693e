"""One upload, or one workbook made of a list, with its progress and outcome. Files lie in private storage."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.exchange.enums import OPEN, UNFINISHED, Direction, ExportState, JobState
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_WRITERS


def private_storage():
    return storages["private"]


def source_path(job, filename: str) -> str:
    return f"exchange/{job.token}/source.xlsx"


def result_path(job, filename: str) -> str:
    return f"exchange/{job.token}/result.xlsx"


class Job(ScopedModel):
    """``spec`` names the registered sheet; counts obey rows = new + changed + same + refused."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.IMPORT)
    spec = models.CharField(_("sheet"), max_length=40)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("started by")
    )
    state = models.CharField(_("state"), max_length=12, choices=JobState, default=JobState.QUEUED)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    source = models.FileField(storage=private_storage, upload_to=source_path, blank=True)
    result = models.FileField(storage=private_storage, upload_to=result_path, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    options = models.JSONField(default=dict, blank=True)
    report = models.JSONField(
        default=dict, blank=True, help_text="What the reader noticed: sheet, header row, columns."
    )
    only_clean_rows = models.BooleanField(default=False)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    faults = models.JSONField(default=list, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_context = models.JSONField(default=dict, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=ROSTER_WRITERS)

    class Meta:
        verbose_name = _("import or export")
        verbose_name_plural = _("imports and exports")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["spec", "organization"],
                condition=Q(state__in=[str(s) for s in OPEN], direction=Direction.IMPORT),
                name="exchange_one_open_import",
            )
        ]

    def __str__(self) -> str:
        return f"{self.spec} #{self.pk}"


def export_path(export, filename: str) -> str:
    return f"exchange/{export.token}/export.xlsx"


class Export(models.Model):
    """A workbook made of a list for one person. ``query`` holds the list's address parameters, never a number of a
    person; who may see what is asked anew when the file is made."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    listing = models.CharField(_("list"), max_length=40)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports", verbose_name=_("asked for by")
    )
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    opened = models.BooleanField(_("in clear"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.QUEUED)
    expected = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=private_storage, upload_to=export_path, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listing", "query", "opened"],
                condition=Q(state__in=[str(s) for s in UNFINISHED]),
                name="exchange_same_export_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing} #{self.pk}"
