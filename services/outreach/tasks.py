"""Sending in the background. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.outreach import actions
from services.outreach.enums import State
from services.outreach.models import Announcement


@shared_task(ignore_result=True)
def send_announcement(key: int) -> int:
    return actions.send(key, now=clock.now())


@shared_task(ignore_result=True)
def send_rest() -> int:
    """What a sender that died left unsent."""
    sending = Announcement.objects.unscoped().filter(state=State.SENDING).order_by("pk")
    return sum(actions.send(key, now=clock.now()) for key in list(sending.values_list("pk", flat=True)))
