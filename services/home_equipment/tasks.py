"""Background work of equipment. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.home_equipment.actions import photos


@shared_task(ignore_result=True)
def purge_photos() -> None:
    photos.purge_strays(now=clock.now())
