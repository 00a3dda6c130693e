"""Codes of import and export jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


RUNNING = (JobState.QUEUED, JobState.CHECKING, JobState.APPLYING)
OPEN = (*RUNNING, JobState.CLEAN, JobState.FAULTY)
