"""What publishing does by the clock. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.publishing.actions import expiring, files, guard, links


@shared_task(name="services.publishing.tasks.scan_document", ignore_result=True)
def scan_document(pk: int) -> None:
    files.look_into(pk, now=clock.now())


@shared_task(ignore_result=True)
def scan_waiting() -> int:
    """Documents that nobody looked into yet, or only by older rules."""
    return files.look_into_waiting(now=clock.now())


@shared_task(ignore_result=True)
def look_again() -> int:
    """Everything public, by today's rules; what is found is told at once."""
    now = clock.now()
    files.look_into_waiting(now=now, limit=5_000)
    return guard.look_again(now=now)


@shared_task(ignore_result=True)
def check_links() -> int:
    return links.check_links(now=clock.now())


@shared_task(ignore_result=True)
def tell_of_ending() -> int:
    return expiring.tell_of_ending(now=clock.now())
