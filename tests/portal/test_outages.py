"""While the database can't be asked, pages say so, what is kept in copies is still read, and it ends by itself."""

import sqlite3

import psycopg
import pytest
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, connections
from django.test import Client
from psycopg import errors
from psycopg_pool import PoolTimeout

from portal.outages import outage
from tests.screening.her_world import text

pytestmark = pytest.mark.django_db


def by(cause: Exception, kind=OperationalError) -> Exception:
    """As Django wraps what its driver raised."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def of_sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (by(psycopg.OperationalError("connection refused")), "away"),
        (by(psycopg.InterfaceError("the connection is closed"), InterfaceError), "away"),
        (by(errors.AdminShutdown("terminating")), "away"),
        (by(errors.CannotConnectNow("starting up")), "away"),
        (by(errors.TooManyConnections("too many clients")), "away"),
        (by(PoolTimeout("no connection within 10 s")), "away"),
        (by(errors.DiskFull("could not extend file")), "full"),
        (by(of_sqlite("SQLITE_BUSY_SNAPSHOT")), "away"),
        (by(of_sqlite("SQLITE_FULL")), "full"),
        # Faults of ours, whatever they are called.
        (by(of_sqlite("SQLITE_ERROR")), ""),
        (by(errors.LockNotAvailable("lock timeout")), ""),
        (by(errors.UndefinedTable("no such table"), OperationalError), ""),
        (RuntimeError("other"), ""),
        (None, ""),
    ],
)
def test_an_outage_is_known_from_a_fault_of_ours(error, told):
    assert outage(error) == told


@pytest.fixture
def nobody_answers(monkeypatch):
    """A database whose every question ends as when its server is being restarted."""

    def refuse(*args, **kwargs):
        raise by(psycopg.OperationalError("connection to server at db.internal failed"))

    def begin():
        # A connection alone is replaced: what the test itself opened must still be rolled back.
        monkeypatch.setattr(connections["default"], "cursor", refuse)

    return begin


def test_a_page_says_that_it_passes_in_both_languages_and_names_no_server(nobody_answers):
    visitor = Client(raise_request_exception=False)
    nobody_answers()
    answer = visitor.get("/services/screening/")
    if answer.status_code == 404:
        pytest.fail("the page asks nothing of the database")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "过一分钟" in text(answer) and "db.internal" not in text(answer)
    visitor.cookies["language"] = "en"
    assert "Nothing is lost" in text(visitor.get("/services/screening/"))


def test_who_sent_something_is_told_to_look_before_she_sends_it_again(nobody_answers):
    visitor = Client(raise_request_exception=False)
    nobody_answers()
    answer = visitor.post("/accounts/sign-in/", {"phone": "19900001234"})
    assert answer.status_code == 503
    assert "最后这一步" in text(answer) and "19900001234" not in text(answer)


def test_copies_of_public_pages_are_still_read(nobody_answers, settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    visitor = Client(raise_request_exception=False)
    assert visitor.get("/").status_code == 200
    nobody_answers()
    assert visitor.get("/").status_code == 200
