"""Background work of casework. Safe to run twice at once."""

from celery import shared_task

from services.casework.actions import purging, scanning
from services.casework.models import Document
from services.foundation import clock


@shared_task(name="services.casework.tasks.scan_document")
def scan_document(pk: int) -> None:
    document = Document.objects.select_related("case", "worker__user").filter(pk=pk).first()
    if document is not None:
        scanning.scan(document, now=clock.now())


@shared_task(name="services.casework.tasks.scan_waiting")
def scan_waiting() -> None:
    scanning.scan_waiting(now=clock.now())


@shared_task(name="services.casework.tasks.purge_files")
def purge_files() -> None:
    purging.purge(now=clock.now())
