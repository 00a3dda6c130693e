"""Handing work to the background once what it is about stands in the database."""

import logging

from celery import current_app, signature
from django.db import transaction
from kombu.exceptions import ChannelError, ConnectionError, OperationalError

_UNREACHABLE = (OSError, ChannelError, ConnectionError, OperationalError)
logger = logging.getLogger(__name__)


def after_commit(task: str, *arguments) -> None:
    """Queue ``task`` when the surrounding transaction has been committed.

    A queue that can't be reached is logged and loses nothing: whoever calls this keeps in a row what is to be done,
    and a task of the schedule (portal.settings.schedule) takes up the rows that were left.
    """

    def queue() -> None:
        if current_app.conf.task_always_eager and task not in current_app.tasks:
            # No worker: this very process carries it out, and has to know it by its name.
            current_app.loader.import_default_modules()
        try:
            signature(task, args=arguments).delay()
        except _UNREACHABLE as error:
            logger.error("%s could not be queued and waits for the schedule: %s", task, type(error).__name__)

    transaction.on_commit(queue)
