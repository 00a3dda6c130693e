"""Background work of the plans' evaluation. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.plan_reviews.actions import issues


@shared_task(ignore_result=True)
def open_issues() -> int:
    """Every night: does the ledger hold what the locked years' evaluations find?"""
    return issues.open_all(now=clock.now())
