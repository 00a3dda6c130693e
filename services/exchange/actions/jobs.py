"""The life of an import job. Every step can be run twice: what was done already is left alone."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from services.exchange import errors, policies
from services.exchange.actions.passes import Pass, read_through
from services.exchange.actions.progress import forget_progress, is_silent, note_progress
from services.exchange.actions.results import save_returned_workbook
from services.exchange.enums import OPEN, RUNNING, JobState
from services.exchange.models import Job
from services.exchange.queries import STALE_AFTER, open_job, running_jobs
from services.exchange.rules.systematic import is_explained
from services.exchange.workbooks.table import open_table
from services.foundation import clock
from services.foundation.background import after_commit
from services.foundation.pace import minutes_to_wait
from services.foundation.sheets import Fault, ImportContext, Outcome, SheetSpec, sheets
from services.foundation.spelling import plain
from services.foundation.stored import StoreUnreachable, put

logger = logging.getLogger(__name__)
TASK = "services.exchange.tasks.run"
MOST_ATTEMPTS = 3
FAULTS_ON_SCREEN = 200


class _RollBack(Exception):
    """Leaves the transaction with the account of what was refused."""

    def __init__(self, done: Pass):
        self.done = done


def _enqueue(job: Job) -> None:
    after_commit(TASK, job.pk)


def upload_sheet(*, spec: SheetSpec, organization, by, upload: BinaryIO, file_name: str, now: datetime) -> Job:
    """Keep an uploaded workbook and queue its check; on commit a worker takes it up.

    A workbook that can't be taken in at all is refused here and not kept. Raises ``PermissionDenied``,
    ``TooManyUploads`` (looking into a workbook costs, so those that were refused count), a
    ``WorkbookRefused``, ``NotKept``, or ``JobOpen``: the database admits one open import a sheet and unit.
    """
    policies.may_import(by, spec, organization).insist()
    if job := open_job(spec, organization):
        raise errors.JobOpen(file=job.file_name, token=job.token)
    if minutes := minutes_to_wait("upload", by, limit=settings.UPLOADS_PER_HOUR, now=now):
        raise errors.TooManyUploads(limit=settings.UPLOADS_PER_HOUR, minutes=minutes)
    open_table(upload, spec, max_bytes=settings.IMPORT_MAX_BYTES)
    upload.seek(0)
    job = Job(
        spec=spec.code,
        organization=organization,
        owner=by,
        file_name=plain(file_name)[-120:].lstrip("=+-@ ") or "roster.xlsx",
        digest=hashlib.file_digest(upload, "sha256").hexdigest(),
        expires_at=now + timedelta(days=settings.EXCHANGE_FILE_DAYS),
        heartbeat_at=now,
    )
    upload.seek(0)
    try:
        with transaction.atomic():
            job.save()
            put(job.source, "source.xlsx", upload)
            job.save(update_fields=["source"])
            _enqueue(job)
    except IntegrityError as error:
        other = open_job(spec, organization)
        raise errors.JobOpen(file=other.file_name if other else "", token=other.token if other else "") from error
    return job


def apply_job(job: Job, *, by, only_clean_rows: bool, now: datetime) -> Job:
    """Have a checked job written: all rows of a clean one, or the clean rows of a faulty one.

    Locks the job. Raises ``PermissionDenied``, ``RowsRefused`` (all rows asked for, some are faulty), ``NotReady``.
    Asking again for what runs or is done already changes nothing.
    """
    policies.may_handle(by, job).insist()
    with transaction.atomic():
        job = Job.objects.unscoped().select_for_update().get(pk=job.pk)
        if job.state in (JobState.APPLYING, JobState.DONE) and job.only_clean_rows == only_clean_rows:
            return job
        if job.state == JobState.FAULTY and not only_clean_rows:
            raise errors.RowsRefused()
        if job.state not in (JobState.CLEAN, JobState.FAULTY):
            raise errors.NotReady()
        job.state, job.only_clean_rows = JobState.APPLYING, only_clean_rows
        job.attempts, job.heartbeat_at = 0, now
        job.save(update_fields=["state", "only_clean_rows", "attempts", "heartbeat_at"])
        log(instance=job, action="exchange.apply", user=by, data={"only_clean_rows": only_clean_rows})
        _enqueue(job)
    return job


def discard_job(job: Job, *, by, now: datetime) -> Job:
    """Throw an unfinished job and its files away; not while it is being written. Raises ``NotReady``."""
    policies.may_handle(by, job).insist()
    with transaction.atomic():
        job = Job.objects.unscoped().select_for_update().get(pk=job.pk)
        if job.state == JobState.DISCARDED:
            return job
        if job.state not in OPEN or job.state == JobState.APPLYING:
            raise errors.NotReady()
        job.state, job.finished_at, job.faults = JobState.DISCARDED, now, []
        job.save(update_fields=["state", "finished_at", "faults"])
        log(instance=job, action="exchange.discard", user=by)
        transaction.on_commit(lambda: _delete_files(job), robust=True)
    forget_progress(job.token)
    return job


def _delete_files(job: Job) -> None:
    job.source.delete(save=False)
    job.result.delete(save=False)
    job.save(update_fields=["source", "result"])


def run_job(job: Job, *, now: datetime) -> Job:
    """What a worker does with a queued job: check it, or write it. Whatever breaks is recorded on the job; while the
    store of files can't be reached the job stays as it is, and the sweep takes it up again."""
    steps = {JobState.QUEUED: check_job, JobState.CHECKING: check_job, JobState.APPLYING: _write_job}
    step = steps.get(job.state)
    if step is None:
        return job
    try:
        job = step(job, now=now)
    except errors.WorkbookRefused as refused:
        _stop(job, JobState.REFUSED, code=refused.code, context=refused.context, now=now)
    except StoreUnreachable:
        logger.warning("import job %s waits: the store of files can't be reached", job.pk)
        return job
    except Exception:
        logger.exception("import job %s failed", job.pk)
        _stop(job, JobState.FAILED, code="system", context={}, now=now)
    forget_progress(job.token)
    job.refresh_from_db()
    return job


def check_job(job: Job, *, now: datetime) -> Job:
    """Dry run: judge and match every row, write nothing but the account. Raises a ``WorkbookRefused``."""
    if not _begin(job, {JobState.QUEUED, JobState.CHECKING}, JobState.CHECKING, now):
        return job
    spec = sheets[job.spec]
    done = _read(job, spec, write=False, keep_going=True, now=now)
    _account(job, done)
    job.state = JobState.FAULTY if done.refused else JobState.CLEAN
    if done.refused or done.notes:
        save_returned_workbook(job, spec, done)
    job.heartbeat_at = now
    _finish(job, while_in=JobState.CHECKING)
    return job


def _write_job(job: Job, *, now: datetime) -> Job:
    """Write the rows and the job's end in one transaction, so that a killed worker leaves nothing half done."""
    if not _begin(job, {JobState.APPLYING}, JobState.APPLYING, now):
        return job
    spec = sheets[job.spec]
    for attempt in range(MOST_ATTEMPTS):
        try:
            with transaction.atomic():
                job = Job.objects.unscoped().select_for_update(of=("self",)).get(pk=job.pk)
                if job.state != JobState.APPLYING:
                    return job
                done = _read(job, spec, write=True, keep_going=job.only_clean_rows, now=now)
                if done.refused and not job.only_clean_rows:
                    raise _RollBack(done)
                _account(job, done)
                job.state, job.finished_at = JobState.DONE, now
                job.save()
            return job
        except _RollBack as back:
            return _faulty_after_all(job, spec, back.done)
        except IntegrityError:
            # Somebody wrote one of these people in the same moment: plan again with her record in view.
            if attempt == MOST_ATTEMPTS - 1:
                raise
    return job


def _faulty_after_all(job: Job, spec: SheetSpec, done: Pass) -> Job:
    """Rows that were fine at the check no longer are: back to the preview, nothing was written."""
    _account(job, done)
    job.state = JobState.FAULTY
    save_returned_workbook(job, spec, done)
    _finish(job, while_in=JobState.APPLYING)
    return job


def _begin(job: Job, expected: set[str], state: str, now: datetime) -> bool:
    """Take the job up unless another worker finished it; counts the attempt."""
    with transaction.atomic():
        fresh = Job.objects.unscoped().select_for_update().get(pk=job.pk)
        if fresh.state not in expected:
            return False
        fresh.state, fresh.heartbeat_at, fresh.attempts = state, now, fresh.attempts + 1
        fresh.save(update_fields=["state", "heartbeat_at", "attempts"])
    job.refresh_from_db()
    return True


def _read(job: Job, spec: SheetSpec, *, write: bool, keep_going: bool, now: datetime) -> Pass:
    context = ImportContext(
        today=clock.today(),
        now=now,
        organization=job.organization,
        by=job.owner,
        write=write,
        allow_invented=settings.ALLOW_INVENTED_IDENTITIES,
    )
    try:
        stream = job.source.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise errors.FileGone() from error
    with stream:
        return read_through(spec, stream, context, keep_going=keep_going, progress=_noting(job.token))


def _noting(token: str) -> Callable[[float, Pass], None]:
    def note(fraction: float, done: Pass) -> None:
        note_progress(token, percent=int(fraction * 100), rows=done.rows, refused=done.refused, now=clock.now())

    return note


def _account(job: Job, done: Pass) -> None:
    job.total = job.done = done.rows
    job.new, job.changed = done.counts[Outcome.NEW], done.counts[Outcome.CHANGED]
    job.same, job.refused = done.counts[Outcome.SAME], done.counts[Outcome.REFUSED]
    common = done.common
    job.report = {name: getattr(done.report, name) for name in done.report.__slots__}
    job.report["common"] = [asdict(one) for one in common]
    job.report["noted"] = len(done.notes)
    job.report["notes"] = [_stored(row, f) for row in sorted(done.notes)[:FAULTS_ON_SCREEN] for f in done.notes[row]]
    # What the sentences at the top don't explain is kept first.
    rows = sorted(done.faults, key=lambda row: (bool(common) and is_explained(done.faults[row], common), row))
    job.faults = [_stored(row, f) for row in sorted(rows[:FAULTS_ON_SCREEN]) for f in done.faults[row]]


def _stored(row: int, fault: Fault) -> dict:
    return {"row": row, "column": fault.column, "code": fault.code, "context": fault.context, "shown": fault.shown}


def _finish(job: Job, *, while_in: str) -> None:
    """Store the account unless the job was thrown away meanwhile."""
    with transaction.atomic():
        current = Job.objects.unscoped().select_for_update().get(pk=job.pk)
        if current.state == while_in:
            job.save()


def _stop(job: Job, state: str, *, code: str, context: dict, now: datetime) -> None:
    Job.objects.unscoped().filter(pk=job.pk, state__in=RUNNING).update(
        state=state, error_code=code, error_context={k: str(v) for k, v in context.items()}, finished_at=now
    )


def resume_stale_jobs(*, now: datetime) -> list[Job]:
    """Queue again what a killed worker left behind; after three attempts record the failure. Gives the resumed."""
    resumed = []
    for job in running_jobs():
        if not is_silent(job, since=now - STALE_AFTER):
            continue
        if job.attempts >= MOST_ATTEMPTS:
            _stop(job, JobState.FAILED, code="system", context={}, now=now)
            continue
        with transaction.atomic():
            changed = Job.objects.unscoped().filter(pk=job.pk, state=job.state, heartbeat_at=job.heartbeat_at)
            if changed.update(heartbeat_at=now):
                _enqueue(job)
                resumed.append(job)
    return resumed
