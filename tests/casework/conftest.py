"""The tests' own service, registered for each test."""

import pytest

from services.foundation import clock
from tests.factories.casework import MONDAY, SHORT, WITH_NOTICE, allowance_service, casework_world


@pytest.fixture(autouse=True)
def allowance():
    with allowance_service() as service:
        yield service


@pytest.fixture
def world(db):
    """Verified by her union, decided by the county."""
    return casework_world(steps=SHORT)


@pytest.fixture
def noticed(db):
    """The same with a public notice by the township in between."""
    return casework_world(steps=WITH_NOTICE)


@pytest.fixture
def today_is(monkeypatch):
    """Sets the day of whoever asks the clock; it begins as the Monday of the world."""

    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: moment.date())

    set_to(MONDAY)
    return set_to
