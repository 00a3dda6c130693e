"""The test settings with the race suite's routes; messages stay in the outbox."""

from portal.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.races.urls"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
