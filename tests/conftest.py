"""Fixtures of every test. The database is migrated once, kept as a template, and copied for each run."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import database, emptying, halves
from tests.midnight import pytest_runtest_setup  # noqa: F401 -- hook
from tests.nothing_skipped import pytest_sessionfinish, pytest_terminal_summary  # noqa: F401 -- hooks

# How fast a machine is today says nothing about the rules: an example that takes long is no counterexample.
examples.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("suite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and Django's ORM share a thread


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Tests that flush the database run last: its initial rows are put back when the next of them begins, and not
    before. pytest-django sorts so; pytest itself may then move a journey to whatever else names a browser fixture."""
    if left := set(halves.of_the_other_half(items)):
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=list(left))
    items.sort(key=lambda item: "live_server" in item.fixturenames or _flushes(item.get_closest_marker("django_db")))


def _flushes(mark) -> bool:
    return bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Point the test database at a copy of the migrated template."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(database.private_copy(database.sqlite_template()))
    else:
        default["TEST"]["TEMPLATE"] = database.postgres_template(default)
        default["TEST"]["NAME"] = f"test_mumian_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The SQLite copy exists already and is migrated; PostgreSQL makes its own from the template."""
    from django.conf import settings

    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let every connection put the initial rows back: a test that drives a browser runs in a context, and so on a
    connection, of its own, and would find the database empty after another test has flushed it. Django asks each
    connection for what it once read from it; ``emptying`` knows the rows, so any answer will do."""
    from django.db import connections

    connection = connections["default"]
    type(connection)._test_serialized_contents = ""
    with django_db_blocker.unblock():
        emptying.install(connection)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: run `make browser` (or: apt-get install chromium fonts-noto-cjk)"
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-quic",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(autouse=True)
def _initial_rows(django_db_serialized_rollback):
    """Every test that empties the database puts the initial rows back, not only the browser's."""


@pytest.fixture(autouse=True)
def _clean_caches(settings):
    """No rate limit, page, scope or language survives from one test to the next."""
    from django.core.cache import caches
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)

    for alias in caches:
        caches[alias].clear()


@pytest.fixture
def shared_data() -> Path:
    """The sample workbooks that ship with the tests."""
    return Path(__file__).parent / "data"
