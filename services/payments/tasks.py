"""Background work of payments. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.payments import actions


@shared_task(ignore_result=True)
def expire_files() -> int:
    return actions.expire_files(now=clock.now())


@shared_task(ignore_result=True)
def sweep_files() -> int:
    return actions.sweep_files(now=clock.now())
