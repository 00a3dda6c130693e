"""Work of the clock: posts that begin or end by date."""

from celery import shared_task

from services.organizations.actions import end_lapsed


@shared_task
def end_lapsed_posts() -> int:
    """Take people out of the groups of posts that are over, and into those that began. Safe to run again."""
    return end_lapsed()
