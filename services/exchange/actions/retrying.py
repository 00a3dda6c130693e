"""Starting again what a fault of the system has stopped, by whoever keeps the system and not the rows."""

from datetime import datetime

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from services.exchange import errors, policies
from services.exchange.actions import exports, jobs
from services.exchange.actions.progress import is_silent
from services.exchange.enums import RUNNING, UNFINISHED, ExportState, JobState
from services.exchange.models import Export, Job
from services.exchange.queries import STALE_AFTER
from services.foundation.background import after_commit


def may_go_again(work: Job | Export, *, now: datetime) -> bool:
    """Stopped by a fault of the system with its file still there, or without a sign of life. A workbook in clear isn't
    made again unasked: its owner gives her reason anew."""
    if work.state in (*RUNNING, *UNFINISHED):
        return is_silent(work, since=now - STALE_AFTER)
    if isinstance(work, Job):
        return work.state == JobState.FAILED and bool(work.source)
    return work.state == ExportState.FAILED and not work.opened


def retry_job(job: Job, *, by, now: datetime) -> Job:
    """Have an import taken up again. One that was stopped is checked anew, and writing it stays its owner's to decide;
    one whose worker fell silent goes on with what it was at.

    Locks the job. Raises ``PermissionDenied``, ``NotReady``, ``AnotherBegun``.
    """
    policies.may_retry_job(by, job).insist()
    try:
        with transaction.atomic():
            held = Job.objects.unscoped().select_for_update(of=("self",)).get(pk=job.pk)
            if not may_go_again(held, now=now):
                raise errors.NotReady()
            if held.state == JobState.FAILED:
                held.state, held.finished_at = JobState.QUEUED, None
                held.error_code, held.error_context = "", {}
            held.attempts, held.heartbeat_at = 0, now
            held.save(update_fields=["state", "finished_at", "error_code", "error_context", "attempts", "heartbeat_at"])
            log(instance=held, action="exchange.retry", user=by)
            after_commit(jobs.TASK, held.pk)
    except IntegrityError as error:  # another import of this sheet for this unit was begun meanwhile
        raise errors.AnotherBegun() from error
    return held


def retry_export(asked: Export, *, by, now: datetime) -> Export:
    """Have a workbook made again for whoever asked for it; what she may see is asked anew.

    Locks the export. Raises ``PermissionDenied``, ``NotReady``, ``AnotherBegun``.
    """
    policies.may_retry_export(by, asked).insist()
    try:
        with transaction.atomic():
            held = Export.objects.select_for_update(of=("self",)).get(pk=asked.pk)
            if not may_go_again(held, now=now):
                raise errors.NotReady()
            held.state, held.finished_at, held.expires_at = ExportState.QUEUED, None, None
            held.attempts, held.heartbeat_at = 0, now
            held.save(update_fields=["state", "finished_at", "expires_at", "attempts", "heartbeat_at"])
            log(instance=held, action="exchange.retry", user=by)
            after_commit(exports.TASK, held.pk)
    except IntegrityError as error:
        raise errors.AnotherBegun() from error
    return held
