"""Background work of coverage. Safe to run twice at once."""

from celery import shared_task

from services.coverage.actions import returns
from services.foundation import clock


@shared_task(ignore_result=True)
def tell_of_returns_due() -> int:
    return returns.tell_what_is_due(now=clock.now())
