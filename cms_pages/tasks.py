"""What happens to pages by the clock."""

from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)
def publish_scheduled() -> None:
    """Publish and expire pages whose time has come. Safe to run twice."""
    call_command("publish_scheduled", verbosity=0)
