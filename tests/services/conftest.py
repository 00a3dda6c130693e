"""A real Celery worker beside the test: its own process, Redis between the two, PostgreSQL under both."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings

from portal import vital_signs
from portal.celery import app
from tests.races.conftest import database_url


@pytest.fixture(autouse=True)
def _real_services_only():
    postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if not (postgresql and settings.REDIS_URL and settings.CELERY_BROKER_URL.startswith("redis")):
        pytest.fail("These tests need PostgreSQL, Redis and Celery: run `make test-services`.", pytrace=False)


@pytest.fixture(autouse=True)
def _any_hour(settings):
    """Messages go out at once, at whatever hour the tests run."""
    settings.QUIET_HOURS = (0, 0)


@pytest.fixture
def queued():
    """Tasks go to the broker instead of running inside the test. What others left there is gone."""
    with app.connection_for_write() as connection:
        for queue in vital_signs.QUEUES:
            connection.default_channel.queue_purge(queue)
    eager = app.conf.task_always_eager
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = eager


@contextmanager
def celery_worker(**variables: str):
    """A worker process on the test database and the tests' files. What is queued waits until it is up."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
        "LOG_LEVEL": "WARNING",
        "QUIET_HOURS_FROM": "0",
        "QUIET_HOURS_TO": "0",
        **variables,
    }
    options = ["--pool", "prefork", "--concurrency", "1", "--queues", "interactive,bulk", "--loglevel", "WARNING"]
    command = [sys.executable, "-m", "celery", "--app", "portal", "worker", *options]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen) -> None:
    """Warmly, else coldly: how fast Celery leaves on a busy machine isn't what these tests are about."""
    for sign, seconds in ((signal.SIGTERM, 30), (signal.SIGQUIT, 30), (signal.SIGKILL, 10)):
        process.send_signal(sign)
        try:
            process.wait(timeout=seconds)
            return
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("The worker doesn't end.")
