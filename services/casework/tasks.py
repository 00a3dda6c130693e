"""Background work of casework. Safe to run twice at once."""

from celery import shared_task

from services.casework.actions import purging, reminding, scanning
from services.casework.actions.notices import end_due_notices
from services.casework.actions.objections import close_without_case
from services.foundation import clock


@shared_task(name="services.casework.tasks.scan_paper")
def scan_paper(label: str, pk: int) -> None:
    scanning.scan_one(label, pk, now=clock.now())


@shared_task(name="services.casework.tasks.scan_waiting")
def scan_waiting() -> None:
    scanning.scan_waiting(now=clock.now())


@shared_task(name="services.casework.tasks.purge_files")
def purge_files() -> None:
    purging.purge(now=clock.now())


@shared_task(ignore_result=True)
def end_notices() -> int:
    """Notices whose last day is over, and objections to cases that nobody decides any more."""
    now = clock.now()
    close_without_case(now=now)
    return end_due_notices(now=now)


@shared_task(ignore_result=True)
def remind() -> int:
    """Whoever's turn it is, once: applications that wait for her, cases that became overdue."""
    now = clock.now()
    return reminding.remind_of_her_turn(now=now) + reminding.tell_of_overdue(now=now)
