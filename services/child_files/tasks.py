"""Background work of children's files. Safe to run twice at once."""

from celery import shared_task

from services.child_files.actions import consents, keeping_up, papers, releasing, retention
from services.foundation import clock


@shared_task(ignore_result=True)
def follow_the_day() -> None:
    """Ages, reviews that fall due, agreements whose time is over, files of children who left."""
    now = clock.now()
    keeping_up.follow_ages(now=now)
    keeping_up.call_reviews(now=now)
    consents.expire_consents(now=now)
    retention.restrict_ended(now=now)


@shared_task(ignore_result=True)
def end_what_ends() -> None:
    """Drafts nobody agreed to, files whose term is over; then files on disk that no row names."""
    now = clock.now()
    releasing.end_overdue(now=now)
    retention.erase_drafts(now=now)
    retention.anonymise_due(by=None, now=now)
    papers.purge_strays(now=now)
