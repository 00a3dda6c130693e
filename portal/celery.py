"""The Celery application; every option comes from Django's settings under ``CELERY_``."""

import os

from celery import Celery
from celery.signals import task_prerun

from portal import queue_files
from portal.logs import current_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

queue_files.employ()
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def number_log_lines(task_id: str, **kwargs) -> None:
    """Each line that a worker logs bears the number of its task; what runs within a request keeps the request's."""
    if not app.conf.task_always_eager:
        current_id.set(task_id)
