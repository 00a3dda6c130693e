"""Background work: run an import, make an export, pick up what a killed worker left, delete files in time."""

from celery import shared_task

from services.exchange.actions import expire_files, resume_stale_jobs, run_job
from services.exchange.actions.exports import expire_exports, make_export, resume_stale_exports
from services.exchange.models import Export, Job
from services.foundation import clock


@shared_task(name="services.exchange.tasks.run")
def run(pk: int) -> None:
    """Check or write one job, whichever it waits for."""
    job = Job.objects.unscoped().select_related("organization", "owner").filter(pk=pk).first()
    if job is not None:
        run_job(job, now=clock.now())


@shared_task(name="services.exchange.tasks.export")
def export(pk: int) -> None:
    """Make the workbook of one export."""
    asked = Export.objects.select_related("owner").filter(pk=pk).first()
    if asked is not None:
        make_export(asked, now=clock.now())


@shared_task(name="services.exchange.tasks.sweep_stale_jobs")
def sweep_stale_jobs() -> None:
    resume_stale_jobs(now=clock.now())
    expire_files(now=clock.now())
    resume_stale_exports(now=clock.now())
    expire_exports(now=clock.now())
