"""Background work of inspections. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.home_inspections.actions import photos, sealing


@shared_task(ignore_result=True)
def check_chains() -> int:
    """Every night: does each draw's record still follow from its chain?"""
    return len(sealing.check_all(now=clock.now()))


@shared_task(ignore_result=True)
def purge_photos() -> None:
    photos.purge_strays(now=clock.now())
