"""Background work of figures: fold every minute, keep a month when it has ended."""

from celery import shared_task

from services.figures import actions
from services.figures.actions.keeping import month_end_before
from services.foundation import clock


@shared_task(name="services.figures.tasks.fold")
def fold() -> None:
    actions.fold()


@shared_task(name="services.figures.tasks.keep_month_end")
def keep_month_end() -> None:
    """Runs every hour, so that a month end that passed while the worker stood still is kept when it runs again."""
    actions.keep_month_end(month_end_before(clock.today()), now=clock.now())
