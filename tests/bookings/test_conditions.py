"""Pools with conditions, and days on which a woman may come: who is given a place without asking for it this moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.enums import DrawOutcome, WaitingState
from services.bookings.models import Allocation, Booking, Pool, Session, WaitingEntry
from services.bookings.queries.auditing import audit
from services.organizations.enums import Role
from services.screening.actions.watching import ScreeningWatcher
from services.workers.models import Worker
from tests.bookings.draw_world import draw_world, later_session
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import OfferingFactory, SessionFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
DRIVERS = {"posts": ["司机"]}


def asked_by_post(monkeypatch, *, from_day=None) -> None:
    """Drivers meet the condition, from a day on."""

    def draws(self, offering, her, *, on, now):
        return lambda conditions: her.position in conditions["posts"] and (from_day is None or on >= from_day)

    monkeypatch.setattr(ScreeningWatcher, "draws", draws)


def admitted_from(monkeypatch, day=None, *, until=None) -> None:
    """Nobody may come before the first day or after the last one."""

    def admits(self, offering, her, *, on, now):
        return (day is None or on >= day) and (until is None or on <= until)

    monkeypatch.setattr(ScreeningWatcher, "admits", admits)
    monkeypatch.setattr(
        ScreeningWatcher,
        "admitted_days",
        lambda self, offering, her, *, days, now: frozenset(
            day for day in days if admits(self, offering, her, on=day, now=now)
        ),
    )


def pool_of_drivers(offering, root, officer, *, count: int) -> Pool:
    pool = actions.create_pool(offering, name="司机", position=10, conditions=DRIVERS, by=officer, now=timezone.now())
    actions.move_places(root, to=pool, count=count, by=officer, reason="方案")
    return pool


def pool_that_paid(booking: Booking) -> Pool:
    return Allocation.objects.unscoped().select_related("pool").get(pk=booking.allocation_id).pool


def test_a_draw_gives_nobody_a_place_of_a_group_she_is_not_of(monkeypatch):
    asked_by_post(monkeypatch)
    world = draw_world(capacity=3, slots=3)
    pool = pool_of_drivers(world.offering, world.root, world.officer, count=2)
    entries = world.enter(3)
    driver = entries[0].worker
    Worker.objects.unscoped().filter(pk=driver.pk).update(position="司机")
    world.run()
    lines = {line.entry.worker_id: line for line in world.lines()}
    assert pool_that_paid(lines.pop(driver.pk).booking) == pool
    assert sorted(line.outcome for line in lines.values()) == [DrawOutcome.PLACE, DrawOutcome.WAITING]
    assert [pool_that_paid(line.booking).general for line in lines.values() if line.booking] == [True]


def test_a_draw_asks_for_the_day_of_each_session_it_tries(monkeypatch):
    world = draw_world(capacity=3, slots=2)
    later = later_session(world)
    pool_of_drivers(world.offering, world.root, world.officer, count=2)
    asked_by_post(monkeypatch, from_day=timezone.localdate(later.starts_at))
    (entry,) = world.enter(1)
    Worker.objects.unscoped().filter(pk=entry.worker_id).update(position="司机")
    world.run()
    assert world.lines()[0].booking.session == later


@pytest.fixture
def hall():
    """Two days with room, and no place yet: whoever comes waits for any day."""
    tree = small_tree()
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    offering = OfferingFactory(organization=tree["city"])
    now = timezone.now()
    sessions = [
        SessionFactory(offering=offering, starts_at=now + timedelta(days=days), capacity=1) for days in (10, 20)
    ]
    actions.open_places(offering, slots=1, by=officer)
    actions.open_places(offering, slots=-1, by=officer)
    return tree, officer, offering, sessions


def waiting(tree, offering, count: int = 1, post: str = "教师") -> list[Worker]:
    women = [WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory(), position=post) for _ in range(count)]
    for her in women:
        actions.join_waiting_list(offering, worker=her, by=her.user, now=timezone.now())
    return women


def given(offering) -> list[tuple[int, int]]:
    rows = Booking.objects.unscoped().filter(offering=offering).order_by("pk")
    return list(rows.values_list("worker", "session"))


def test_who_takes_any_day_is_given_the_one_on_which_she_may_come(hall, monkeypatch):
    tree, officer, offering, (_early, late) = hall
    admitted_from(monkeypatch, timezone.localdate(late.starts_at))
    (her,) = waiting(tree, offering)
    actions.open_places(offering, slots=2, by=officer)
    assert given(offering) == [(her.pk, late.pk)]


def test_who_takes_any_day_is_given_none_on_which_she_may_not_come(hall, monkeypatch):
    tree, officer, offering, (early, _late) = hall
    admitted_from(monkeypatch, until=timezone.localdate(early.starts_at))
    first, second = waiting(tree, offering, 2)
    actions.open_places(offering, slots=2, by=officer)
    assert given(offering) == [(first.pk, early.pk)]
    assert WaitingEntry.objects.unscoped().get(worker=second).state == WaitingState.WAITING


def test_a_group_s_places_reach_who_waits_on_the_day_she_belongs_to_it(hall, monkeypatch):
    tree, officer, offering, (early, late) = hall
    asked_by_post(monkeypatch, from_day=timezone.localdate(late.starts_at))
    pool = actions.create_pool(offering, name="司机", position=10, conditions=DRIVERS, by=officer, now=timezone.now())
    waiting(tree, offering)
    (driver,) = waiting(tree, offering, post="司机")
    actions.open_places(offering, slots=2, by=officer, pool=pool)
    assert given(offering) == [(driver.pk, late.pk)]
    assert Session.objects.get(pk=early.pk).taken == 0
    assert audit(offering) == []


def test_who_came_after_all_is_not_counted_among_a_group_she_is_not_of(hall, monkeypatch):
    tree, officer, offering, (early, late) = hall
    asked_by_post(monkeypatch)
    actions.open_places(offering, slots=1, by=officer)
    root = Allocation.objects.unscoped().get(offering=offering)
    her, other = (WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory()) for _ in "ab")
    held = actions.hold_place(early, worker=her, by=her.user, now=timezone.now())
    booking = actions.confirm_booking(held, by=her.user, now=timezone.now())
    after = early.ends_at + timedelta(hours=1)
    actions.mark_no_show(booking, by=officer, now=after)
    actions.confirm_booking(actions.hold_place(late, worker=other, by=other.user, now=after), by=other.user, now=after)
    pool = actions.create_pool(offering, name="司机", position=10, conditions=DRIVERS, by=officer, now=after)
    actions.open_places(offering, slots=5, by=officer, pool=pool)
    assert root.pool.general
    with pytest.raises(errors.PlaceUsedMeanwhile):
        actions.undo_no_show(booking, by=officer, now=after)
