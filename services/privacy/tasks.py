"""Background work of privacy. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.privacy import actions


@shared_task(ignore_result=True)
def erase_ended() -> None:
    """Whatever its notice promised to keep no longer."""
    actions.erase_ended(now=clock.now())
