"""Background work of coverage. Safe to run twice at once."""

from celery import shared_task

from services.coverage.actions import papers, reminding, returns, standings
from services.foundation import clock


@shared_task(ignore_result=True)
def follow_the_day() -> None:
    """Standings move with the day; then whoever has to prepare the next term is told."""
    standings.derive_due(now=clock.now())
    reminding.remind_of_ends(now=clock.now())


@shared_task(ignore_result=True)
def derive_missing() -> int:
    """After a long list: its unions get their standings."""
    return standings.derive_missing(cause="imported", now=clock.now())


@shared_task(ignore_result=True)
def purge_papers() -> None:
    papers.purge_strays(now=clock.now())


@shared_task(ignore_result=True)
def tell_of_returns_due() -> int:
    return returns.tell_what_is_due(now=clock.now())
