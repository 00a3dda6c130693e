"""Background work of screening: reminders, and the check of recalls. Safe to run twice at once."""

import logging

from celery import shared_task

from services.foundation import clock
from services.screening import actions

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def remind_of_appointments() -> int:
    return actions.remind_of_appointments(now=clock.now())


@shared_task(ignore_result=True)
def remind_of_unread() -> int:
    return actions.remind_of_unread(now=clock.now())


@shared_task(ignore_result=True)
def remind_of_next_round() -> int:
    return actions.remind_of_next_round(now=clock.now())


@shared_task(ignore_result=True)
def check_recalls() -> int:
    """No result that calls a woman back stays without a follow-up for more than 24 hours; the number alone is said."""
    opened = actions.open_forgotten(now=clock.now())
    if opened:
        logger.error("%s follow-ups were missing and have been opened", opened)
    return opened
