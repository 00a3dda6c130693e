"""Codes of import and export jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    IMPORT = "import", _("Import")
    EXPORT = "export", _("Export")


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting to start")
    CHECKING = "checking", _("Being checked")
    CLEAN = "clean", _("Checked: every row is fine")
    FAULTY = "faulty", _("Checked: some rows need repair")
    APPLYING = "applying", _("Being written")
    DONE = "done", _("Finished")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Stopped by a fault of the system")
    DISCARDED = "discarded", _("Thrown away")


class ExportState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("export", "Waiting to start")
    RUNNING = "running", pgettext_lazy("export", "Being made")
    DONE = "done", pgettext_lazy("export", "Ready")
    EMPTY = "empty", pgettext_lazy("export", "Nothing to export")
    REFUSED = "refused", pgettext_lazy("export", "Not allowed any more")
    FAILED = "failed", pgettext_lazy("export", "Stopped by a fault of the system")
    DELETED = "deleted", pgettext_lazy("export", "Deleted")


UNFINISHED = (ExportState.QUEUED, ExportState.RUNNING)
RUNNING = (JobState.QUEUED, JobState.CHECKING, JobState.APPLYING)
OPEN = (*RUNNING, JobState.CLEAN, JobState.FAULTY)
