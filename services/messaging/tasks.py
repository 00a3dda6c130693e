"""Delivery in the background: once after each commit, and every half minute for what was left."""

from celery import shared_task

from services.foundation import clock
from services.messaging import actions


@shared_task(name="services.messaging.tasks.deliver_now")
def deliver_now(ids: list[int]) -> int:
    """Deliver these messages if they are due. Safe to run twice."""
    return actions.deliver(ids, now=clock.now())


@shared_task(name="services.messaging.tasks.deliver_due")
def deliver_due() -> int:
    """Deliver everything that is due: retries, what quiet hours held back, what a dead worker left."""
    return actions.deliver(now=clock.now())
