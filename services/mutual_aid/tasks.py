"""Background work of joining. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.mutual_aid.actions import batch_papers
from services.mutual_aid.actions.batch_decisions import advance_batches
from services.mutual_aid.actions.leaving import end_covers_of_leavers
from services.mutual_aid.actions.reminding import remind_of_renewals


@shared_task(ignore_result=True)
def advance() -> None:
    """Batches begin and expire with their days; covers of women who left end where the terms say so."""
    advance_batches(today=clock.today())
    end_covers_of_leavers(today=clock.today(), now=clock.now())


@shared_task(ignore_result=True)
def remind_of_renewal() -> int:
    return remind_of_renewals(today=clock.today(), now=clock.now())


@shared_task(ignore_result=True)
def purge_papers() -> None:
    batch_papers.purge_strays(now=clock.now())
