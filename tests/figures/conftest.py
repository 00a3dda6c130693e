"""A city with a programme in which six women have an appointment."""

from datetime import date

import pytest

from services.figures.actions import keep_month_end
from services.screening.actions import give_many
from tests.factories.organizations import small_tree
from tests.figures.reports import NEXT_MONTH
from tests.screening.people import booked, post, programme_at


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    programme, session, root = programme_at(tree["city"], code="hers", year=2026)
    give_many(root, shares=[(tree["county_a"], 40)], by=post(tree["city"]))
    for place, state, number in (
        ("unit_a", "confirmed", 3),
        ("unit_b", "attended", 2),
        ("unit_c", "confirmed", 1),
    ):
        for _ in range(number):
            booked(session, tree[place], root, state=state)
    return programme


@pytest.fixture
def kept(running):
    """The end of November, kept in December."""
    return keep_month_end(date(2026, 11, 30), now=NEXT_MONTH)[0]
