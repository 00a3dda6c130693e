"""What happens to pages by the clock."""

from celery import shared_task
from django.core.management import call_command

from cms_pages.finding import indexing


@shared_task(ignore_result=True)
def publish_scheduled() -> None:
    """Publish and expire pages whose time has come. Safe to run twice."""
    call_command("publish_scheduled", verbosity=0)


@shared_task(ignore_result=True)
def follow_pages() -> None:
    """Mend what the index of search missed: pages changed without a signal. Safe to run twice."""
    indexing.follow()
