"""Pools under fire: a transfer, a day of return and a reclaim against women booking, and against each other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.bookings import actions
from services.bookings.models import Allocation, Booking, Pool
from services.bookings.queries.auditing import audit
from services.organizations.enums import Role
from services.screening import actions as screening
from tests.factories.bookings import PoolFactory
from tests.factories.organizations import AssignmentFactory
from tests.races.scene import at_once, scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def stage_of(places: int, monkeypatch):
    """Places opened by the action, so that there is a ledger; a second pool beside the general one; long waits."""
    monkeypatch.setattr("services.bookings.actions.locking.LOCK_TIMEOUT", "60s")
    stage = scene(capacity=100, slots=0)
    officer = AssignmentFactory(organization=stage.tree["city"], role=Role.FEDERATION_OFFICER).user
    root = actions.open_places(stage.offering, slots=places, by=officer)
    return stage, officer, root, PoolFactory(offering=stage.offering, assigned_only=True)


def errors_in(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def bookings_of(stage, women, now) -> list:
    return [
        lambda her=her: screening.book(stage.programme, session=stage.session, worker=her, by=her.user, now=now)
        for her in women
    ]


def total(stage) -> int:
    rows = Allocation.objects.unscoped().filter(offering=stage.offering, parent=None)
    return sum(rows.values_list("slots", flat=True))


def test_a_transfer_races_with_bookings_and_no_place_is_sold_twice(monkeypatch):
    stage, officer, root, pool = stage_of(8, monkeypatch)
    moves = [lambda: actions.move_places(root, to=pool, count=2, by=officer, reason="调剂") for _ in range(3)]
    results = at_once([*bookings_of(stage, stage.women(8), timezone.now()), *moves])
    assert errors_in(results) == []
    sold = sum(isinstance(result, Booking) for result in results)
    moved = sum(isinstance(result, Allocation) for result in results)
    assert 2 <= sold == 8 - 2 * moved
    assert (total(stage), audit(stage.offering)) == (8, [])


def test_the_day_of_return_races_with_bookings_and_runs_once(monkeypatch):
    stage, officer, root, pool = stage_of(6, monkeypatch)
    now = timezone.now()
    held = actions.move_places(root, to=pool, count=6, by=officer, reason="方案")
    actions.give_places(held, to=stage.tree["unit_a"], count=6, by=officer)
    Pool.objects.filter(pk=pool.pk).update(returns_at=now - timedelta(minutes=1), returns_to=root.pool)
    women = [*stage.women(4), *stage.women(4, "unit_c")]
    jobs = [lambda: actions.return_due(now) for _ in range(4)]
    results = at_once([*bookings_of(stage, women, now), *jobs])
    assert errors_in(results) == []
    rows = Allocation.objects.unscoped().filter(offering=stage.offering, pool=pool)
    assert sum(result for result in results if isinstance(result, int)) == 6 - sum(rows.values_list("used", flat=True))
    assert not any(row.left for row in rows)
    assert (total(stage), audit(stage.offering)) == (6, [])


def test_of_two_reclaims_at_once_one_is_refused(monkeypatch):
    stage, officer, root, _pool = stage_of(6, monkeypatch)
    unit = actions.give_places(root, to=stage.tree["unit_a"], count=5, by=officer)
    results = at_once([lambda: actions.reclaim_places(unit, count=3, by=officer, reason="用不完") for _ in range(2)])
    assert errors_in(results) == []
    assert sorted(isinstance(result, Allocation) for result in results) == [False, True]
    assert "not_enough_left" in results
    unit.refresh_from_db()
    assert (unit.slots, audit(stage.offering)) == (2, [])


def test_transfers_both_ways_at_once_never_deadlock(monkeypatch):
    stage, officer, root, pool = stage_of(20, monkeypatch)
    other = actions.move_places(root, to=pool, count=10, by=officer, reason="方案")
    there = [lambda: actions.move_places(root, to=pool, count=1, by=officer, reason="去") for _ in range(5)]
    back = [lambda: actions.move_places(other, to=root.pool, count=1, by=officer, reason="回") for _ in range(5)]
    results = at_once([job for pair in zip(there, back, strict=True) for job in pair])
    assert [result for result in results if not isinstance(result, Allocation)] == []
    assert (total(stage), audit(stage.offering)) == (20, [])
