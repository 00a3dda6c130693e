"""Races need PostgreSQL and real connections: on anything else they fail and say so, they don't skip."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from services.bookings.models import Booking, Session

NOT_OVERSOLD = "bookings_session_not_oversold"


@pytest.fixture(autouse=True)
def _postgresql_only():
    insist_on_postgresql()


def insist_on_postgresql() -> None:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    pytest.fail(
        "The race suite needs PostgreSQL: set DATABASE_URL=postgres://… and run `make test-services`. "
        "`make test` leaves it out with -m 'not race'.",
        pytrace=False,
    )


@pytest.fixture
def without_the_constraint():
    """The database's own promise is lifted, for controls that show what it and the locks are for."""
    constraint = next(c for c in Session._meta.constraints if c.name == NOT_OVERSOLD)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Session, constraint)
    yield
    Booking.objects.unscoped().filter(session__taken__gt=0).update(state="cancelled")
    Session.objects.update(taken=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Session, constraint)


def database_url() -> str:
    """The test database, for processes of their own."""
    there = connection.settings_dict
    login = f"{there['USER']}:{there['PASSWORD']}@" if there["PASSWORD"] else f"{there['USER']}@"
    return f"postgres://{login}{there['HOST'] or '127.0.0.1'}:{there['PORT'] or 5432}/{there['NAME']}"


@contextmanager
def web_server(*, workers: int = 2, threads: int = 8, settings_module: str = "tests.races.settings"):
    """Real server processes on the test database; yields the base URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": settings_module}
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--backlog", "512", "--log-level", "warning"]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/robots.txt", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_up(address: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        assert server.poll() is None, "the web server died"
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the web server did not come up")
