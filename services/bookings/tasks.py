"""Background work of the bookings app."""

from celery import shared_task

from services.bookings.actions import expire_due
from services.foundation import clock


@shared_task(ignore_result=True)
def expire_holds() -> int:
    """Lapse what is due and pass free places on; runs every minute, safe to run twice at once."""
    return expire_due(clock.now())
