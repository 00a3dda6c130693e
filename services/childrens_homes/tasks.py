"""Background work of the homes. Safe to run twice."""

from celery import shared_task

from services.childrens_homes.actions import papers
from services.foundation import clock


@shared_task(ignore_result=True)
def purge_papers() -> None:
    papers.purge_strays(now=clock.now())
