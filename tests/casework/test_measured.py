"""The promise that is measured (D18): what everybody reads equals a recount, and says nothing about a few."""

from datetime import date
from math import ceil

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.casework.queries.measured import measured
from services.casework.rules.measured import percentile
from services.casework.wording import promise_said
from tests.factories.casework import casework_world
from tests.factories.measured import decided

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 10)
DECIDED = (("2025-05-31", 90), ("2025-06-01", 1), ("2025-12-03", 7), ("2026-01-05", 9), ("2026-04-30", 25))
LATER = (("2026-05-31", 12), ("2026-05-31", 12), ("2026-06-01", 80))


@pytest.fixture
def world():
    return casework_world(decision_days=20)


def _decide(world, cases) -> None:
    for day, took in cases:
        on = date.fromisoformat(day)
        decided(world.tree["unit_a"], world.route, on=on, decided_on=on, took=took, rounds=took % 3, subject="spring")


def _measured(today: date = TODAY):
    return measured("relief", ["spring"], today=today)["spring"]


def test_only_months_that_are_over_count_and_twelve_of_them(world):
    _decide(world, DECIDED + LATER)
    found = _measured()
    assert (found.since, found.until, found.cases) == (date(2025, 6, 1), date(2026, 5, 31), 6)
    assert _measured(date(2026, 7, 1)).until == date(2026, 6, 30)


def test_the_published_figure_equals_a_recount_from_the_events(world):
    _decide(world, DECIDED + LATER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.decision_took, c.rounds, c.decision_took <= r.decision_days FROM casework_case c"
            " JOIN casework_reviewroute r ON r.id = c.route_id"
            " JOIN (SELECT case_id, MIN(at) AS first FROM casework_caseevent WHERE verb IN ('approve', 'refuse')"
            " GROUP BY case_id) e ON e.case_id = c.id"
            " WHERE e.first >= '2025-05-31 16:00:00' AND e.first < '2026-05-31 16:00:00' ORDER BY 1"
        )
        rows = cursor.fetchall()
    took = [row[0] for row in rows]
    found = _measured()
    assert took == [1, 7, 9, 12, 12, 25]
    assert (found.median, found.ninetieth) == (took[ceil(0.5 * len(took)) - 1], took[ceil(0.9 * len(took)) - 1])
    assert (found.in_time, found.share_in_time) == (sum(bool(row[2]) for row in rows), 83)
    assert found.rounds == sorted(row[1] for row in rows)[2]


def test_fewer_than_five_say_nothing_but_how_few_they_are_is_not_said_either(world):
    _decide(world, DECIDED[1:])
    found = _measured()
    assert (found.cases, found.told, found.median, found.in_time) == (4, False, None, None)
    sentences = promise_said(world.route, found)
    assert "4" not in sentences[-1] and len(sentences) == 2


def test_what_was_published_stays_when_a_case_is_decided_anew(world):
    _decide(world, DECIDED + LATER)
    before = _measured()
    case = world.route.cases.order_by("pk").first()
    case.events.create(verb="approve", source="in_review", target="approved", at="2026-05-20T10:00:00+08:00")
    assert _measured() == before


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 300), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(values, per_cent):
    found = percentile(values, per_cent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= per_cent * len(values)
    assert 100 * sum(value < found for value in values) < per_cent * len(values)


def test_nothing_has_no_percentile():
    assert percentile([], 50) is None
