"""Pools of places: whose they are, how places move between them, and how unused ones go back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.models import Allocation, Booking, Pool
from services.bookings.queries import places_for
from services.bookings.queries.auditing import audit
from services.bookings.queries.pools import pools_of
from services.bookings.rules import Pot, payers
from services.bookings.tasks import return_unused_places
from services.organizations.enums import Role
from services.screening.actions.watching import ScreeningWatcher
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import OfferingFactory, PoolFactory, SessionFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
DRIVERS = {"posts": ["司机"]}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree):
    return AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user


@pytest.fixture
def offering(tree, officer):
    """Ten places for all; drivers are known by their post."""
    offering = OfferingFactory(organization=tree["city"])
    actions.open_places(offering, slots=10, by=officer)
    return offering


@pytest.fixture(autouse=True)
def known_by_post(monkeypatch):
    answer = lambda her: lambda conditions: her.position in conditions["posts"]  # noqa: E731
    monkeypatch.setattr(ScreeningWatcher, "draws", lambda self, offering, her, **on: answer(her))


def root(offering, pool=None):
    rows = Allocation.objects.unscoped().filter(offering=offering, parent=None)
    return rows.get(pool=pool) if pool else rows.get(pool__general=True)


def pool_with(offering, officer, count, **fields):
    """A pool of its own with places taken from the general one."""
    pool = actions.create_pool(offering, name="专用名额", position=10, by=officer, now=timezone.now(), **fields)
    actions.move_places(root(offering), to=pool, count=count, by=officer, reason="方案")
    return pool


def woman(unit, post="教师"):
    return WorkerFactory(organization=unit, user=WorkerUserFactory(), position=post)


def taken_from(booking) -> Pool:
    return Booking.objects.unscoped().select_related("allocation__pool").get(pk=booking.pk).allocation.pool


def test_the_narrowest_pool_pays_first_and_in_it_the_unit_before_those_above():
    pots = [
        Pot(1, "0001", 5, pool=1, position=50),
        Pot(2, "00010001", 5, pool=1, position=50),
        Pot(3, "0001", 5, pool=2, position=10, conditions=DRIVERS),
        Pot(4, "0001", 5, pool=3, position=20, withheld=True),
        Pot(5, "00010001", 5, pool=3, position=20),
        Pot(6, "00010002", 5, pool=3, position=20),
    ]
    assert [pot.pk for pot in payers("00010001", pots, remainder_open=True)] == [3, 5, 2, 1]
    assert [pot.pk for pot in payers("00010001", pots, remainder_open=False)] == [5, 2]


def test_a_woman_of_the_group_draws_on_its_pool_and_another_never(offering, tree, officer, now):
    pool = pool_with(offering, officer, 9, conditions=DRIVERS)
    session = SessionFactory(offering=offering)
    driver, teacher, third = woman(tree["unit_a"], "司机"), woman(tree["unit_a"]), woman(tree["unit_a"])
    assert taken_from(actions.hold_place(session, worker=driver, by=driver.user, now=now)) == pool
    assert taken_from(actions.hold_place(session, worker=teacher, by=teacher.user, now=now)).general
    with pytest.raises(errors.PoolNotHers):
        actions.hold_place(session, worker=third, by=third.user, now=now)
    assert places_for(offering, tree["unit_a"]) == 0
    assert places_for(offering, tree["unit_a"], fulfils=lambda conditions: True) == 8
    assert audit(offering) == []


def test_assigned_places_are_only_for_the_unions_they_were_given_to(offering, tree, officer, now):
    pool = pool_with(offering, officer, 10, assigned_only=True)
    session, hers, other = SessionFactory(offering=offering), woman(tree["unit_a"]), woman(tree["unit_c"])
    with pytest.raises(errors.NoPlacesForUnit):
        actions.hold_place(session, worker=hers, by=hers.user, now=now)
    actions.give_places(root(offering, pool), to=tree["county_a"], count=4, by=officer)
    assert taken_from(actions.hold_place(session, worker=hers, by=hers.user, now=now)) == pool
    with pytest.raises(errors.NoPlacesForUnit):
        actions.hold_place(session, worker=other, by=other.user, now=now)


def test_a_freed_place_goes_back_where_it_came_from_and_to_a_waiting_woman_of_the_group(offering, tree, officer, now):
    pool = pool_with(offering, officer, 10, conditions=DRIVERS)
    session = SessionFactory(offering=offering)
    driver, teacher, second = woman(tree["unit_a"], "司机"), woman(tree["unit_a"]), woman(tree["unit_c"], "司机")
    held = actions.hold_place(session, worker=driver, by=driver.user, now=now)
    actions.open_places(offering, slots=-9, by=officer, pool=pool)
    for her in (teacher, second):
        actions.join_waiting_list(offering, worker=her, by=her.user, now=now)
    actions.cancel_booking(held, by=driver.user, now=now)
    live = Booking.objects.unscoped().get(offering=offering, state="offered")
    assert (live.worker, taken_from(live)) == (second, pool)
    assert audit(offering) == []


def test_moving_lower_down_keeps_each_pool_a_tree_of_its_own(offering, tree, officer):
    county = actions.give_places(root(offering), to=tree["county_a"], count=8, by=officer)
    unit = actions.give_places(county, to=tree["unit_a"], count=5, by=officer)
    pool = PoolFactory(offering=offering)
    moved = actions.move_places(unit, to=pool, count=3, by=officer, reason="调剂给司机")
    rows = Allocation.objects.unscoped().filter(offering=offering).order_by("pool", "organization__path")
    assert [(r.organization.code, r.slots, r.passed_down) for r in rows] == [
        *(("T", 7, 5), ("T-A", 5, 2), ("T-A-1-1", 2, 0)),
        *(("T", 3, 3), ("T-A", 3, 3), ("T-A-1-1", 3, 0)),
    ]
    assert (moved.left, audit(offering)) == (3, [])


def test_what_cannot_be_moved_is_refused_with_reason_and_numbers(offering, tree, officer):
    pool, elsewhere = PoolFactory(offering=offering), PoolFactory()
    county = actions.give_places(root(offering), to=tree["county_a"], count=4, by=officer)
    with pytest.raises(errors.NotEnoughLeft) as refusal:
        actions.move_places(county, to=pool, count=5, by=officer, reason="调剂")
    assert refusal.value.context == {"left": 4, "asked": 5}
    for count, to, reason, refused in (
        (0, pool, "调剂", errors.CountNotPositive),
        (-3, pool, "调剂", errors.CountNotPositive),
        (1, pool, "  ", errors.NoReason),
        (1, county.pool, "调剂", errors.SamePool),
        (1, elsewhere, "调剂", errors.SamePool),
    ):
        with pytest.raises(refused):
            actions.move_places(county, to=to, count=count, by=officer, reason=reason)
    actions.reclaim_places(county, count=4, by=officer)
    with pytest.raises(errors.NotEnoughLeft) as twice:
        actions.reclaim_places(county, count=4, by=officer)
    assert twice.value.context == {"left": 0, "asked": 4}
    assert audit(offering) == []


def test_nobody_takes_from_another_district(offering, tree, officer):
    pool = PoolFactory(offering=offering)
    county = actions.give_places(root(offering), to=tree["county_a"], count=4, by=officer)
    neighbour = AssignmentFactory(organization=tree["county_b"], role=Role.FEDERATION_OFFICER).user
    clerk = AssignmentFactory(organization=tree["county_a"], role=Role.GRASSROOTS_OFFICER).user
    for stranger in (neighbour, clerk):
        with pytest.raises(PermissionDenied):
            actions.move_places(county, to=pool, count=1, by=stranger, reason="调剂")
        with pytest.raises(PermissionDenied):
            actions.create_pool(offering, name="自建", by=stranger, now=timezone.now())
    own = AssignmentFactory(organization=tree["county_a"], role=Role.FEDERATION_OFFICER).user
    assert actions.move_places(county, to=pool, count=1, by=own, reason="调剂").slots == 1


def test_unused_places_go_back_on_the_announced_day_once_and_reach_who_waits(offering, tree, officer, now):
    day = now + timedelta(days=3)
    pool = pool_with(offering, officer, 10, assigned_only=True, returns_at=day, returns_to=root(offering).pool)
    county = actions.give_places(root(offering, pool), to=tree["county_a"], count=6, by=officer)
    actions.give_places(county, to=tree["unit_a"], count=2, by=officer)
    session, hers, other = SessionFactory(offering=offering), woman(tree["unit_a"]), woman(tree["unit_c"])
    actions.confirm_booking(actions.hold_place(session, worker=hers, by=hers.user, now=now), by=hers.user, now=now)
    actions.join_waiting_list(offering, worker=other, by=other.user, now=now)
    assert actions.return_due(day - timedelta(seconds=1)) == 0
    assert (actions.return_due(day), actions.return_due(day)) == (9, 0)
    assert [(p.general, p.slots, p.used, p.left) for p in pools_of(offering)] == [(False, 1, 1, 0), (True, 9, 1, 8)]
    assert Booking.objects.unscoped().get(worker=other).state == "offered"
    assert audit(offering) == []


def test_a_pool_may_give_back_to_its_own_top(offering, tree, officer, now):
    general = root(offering).pool
    county = actions.give_places(root(offering), to=tree["county_a"], count=6, by=officer)
    actions.give_places(county, to=tree["unit_a"], count=4, by=officer)
    actions.edit_pool(general, by=officer, now=now, returns_at=now + timedelta(days=1), returns_to=general)
    assert actions.return_due(now + timedelta(days=2)) == 6
    assert (root(offering).left, places_for(offering, tree["unit_c"]), audit(offering)) == (10, 10, [])
    assert actions.return_due(now + timedelta(days=2)) == 0


def test_two_pools_never_return_to_each_other(offering, officer, now):
    general, day = actions.general_pool(offering), now + timedelta(days=1)
    said = {"by": officer, "now": now, "returns_at": day}
    first = actions.create_pool(offering, name="甲", returns_to=general, **said)
    second = actions.create_pool(offering, name="乙", returns_to=first, **said)
    for target in (first, second):
        with pytest.raises(errors.ReturnsInCircle):
            actions.edit_pool(general, returns_to=target, **said)
    actions.edit_pool(general, returns_to=general, **said)
    assert actions.edit_pool(second, returns_to=general, **said).returns_to == general


def test_pools_that_return_to_each_other_since_earlier_keep_what_they_have(offering, tree, officer, now):
    pool, general = pool_with(offering, officer, 4), actions.general_pool(offering)
    Pool.objects.filter(pk=pool.pk).update(returns_at=now, returns_to=general)
    Pool.objects.filter(pk=general.pk).update(returns_at=now, returns_to=pool)
    assert [actions.return_due(now) for _ in range(2)] == [0, 0]
    assert (root(offering).left, root(offering, pool).left) == (6, 4)


def test_the_task_returns_what_is_due(offering, officer):
    pool = PoolFactory(offering=offering)
    actions.move_places(root(offering), to=pool, count=3, by=officer, reason="方案")
    general = root(offering).pool
    Pool.objects.filter(pk=pool.pk).update(returns_at=timezone.now() - timedelta(hours=1), returns_to=general)
    assert (return_unused_places(), return_unused_places()) == (3, 0)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"name": " "}, errors.PoolNameMissing),
        ({"name": "已有"}, errors.PoolExists),
        ({"name": "新", "returns_at": "yesterday", "returns_to": "general"}, errors.ReturnTooSoon),
        ({"name": "新", "returns_at": "tomorrow"}, errors.ReturnIncomplete),
        ({"name": "新", "returns_at": "tomorrow", "returns_to": "elsewhere"}, errors.SamePool),
    ],
)
def test_a_pool_that_is_not_sound_is_not_made(offering, officer, now, fields, refused):
    PoolFactory(offering=offering, name="已有")
    known = {
        "yesterday": now - timedelta(days=1),
        "tomorrow": now + timedelta(days=1),
        "general": actions.general_pool(offering),
        "elsewhere": PoolFactory(),
    }
    given = {name: known.get(value, value) for name, value in fields.items()}
    with pytest.raises(refused):
        actions.create_pool(offering, by=officer, now=now, **given)
    assert offering.pools.count() == 2


def test_the_general_pool_stays_open_and_a_used_pool_stays(offering, officer, now):
    general, pool = actions.general_pool(offering), pool_with(offering, officer, 2)
    with pytest.raises(errors.GeneralPool):
        actions.edit_pool(general, by=officer, now=now, conditions=DRIVERS)
    with pytest.raises(errors.GeneralPool):
        actions.remove_pool(general, by=officer)
    with pytest.raises(errors.PoolInUse):
        actions.remove_pool(pool, by=officer)
    empty = PoolFactory(offering=offering)
    actions.remove_pool(empty, by=officer)
    assert list(offering.pools.order_by("pk")) == [general, pool]


def test_a_session_is_never_moved_into_the_past(offering, officer, now):
    session = SessionFactory(offering=offering)
    her = woman(offering.organization)
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    with pytest.raises(errors.IntoThePast) as refused:
        actions.edit_session(session, by=officer, now=now, starts_at=now - timedelta(hours=1))
    assert refused.value.bookings == [held]


def test_holding_asks_as_many_questions_of_many_pools_as_of_one(offering, tree, officer, now):
    session = SessionFactory(offering=offering)

    def asked() -> int:
        her = woman(tree["unit_a"])
        with CaptureQueriesContext(connection) as queries:
            actions.hold_place(session, worker=her, by=her.user, now=now)
        return len(queries)

    asked()
    with_one = asked()
    for number in range(3):
        pool = PoolFactory(offering=offering, position=60 + number, conditions=DRIVERS)
        actions.move_places(root(offering), to=pool, count=1, by=officer, reason="方案")
    assert asked() == with_one
