"""Work that proves that work is done: a beat through each queue, and the ledgers recounted every night."""

import logging

from celery import shared_task

from portal import ledgers, vital_signs
from services.foundation import clock

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def beat(queue: str) -> None:
    """The clock put this into the queue and a worker took it out: both live."""
    vital_signs.note_beat(queue, now=clock.now())


@shared_task(ignore_result=True)
def prove_ledgers() -> None:
    """Recount funds, figures and draws; how many disagree is kept for the graphs. Places have a task of their own."""
    for name, count in ledgers.differences_but_places(now=clock.now()).items():
        vital_signs.note_proof(name, count, now=clock.now())
        if count:
            logger.error("The recount of %s found %s differences.", name, count)
