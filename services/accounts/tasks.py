"""Housekeeping of one-time codes."""

from celery import shared_task

from services.accounts import actions
from services.foundation import clock


@shared_task(name="services.accounts.tasks.forget_codes")
def forget_codes() -> int:
    """Delete codes that count for nothing any more. Safe to run twice."""
    return actions.forget_old_codes(now=clock.now())
