"""Random histories of places in pools: whatever is done, in whatever order, the book balances after every line.

LEDGER_HISTORIES sets how many are tried.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.bookings import actions
from services.bookings.enums import LIVE
from services.bookings.models import Allocation, Booking, Offering, Pool, Session
from services.bookings.queries.auditing import audit
from services.bookings.queries.ledger import book_of
from services.bookings.rules import ledger
from services.foundation import clock
from services.foundation.errors import Refused
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.screening.actions.watching import ScreeningWatcher
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import OfferingFactory, SessionFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
HISTORIES, STEPS = int(os.environ.get("LEDGER_HISTORIES", "15")), 25
DRIVERS = {"posts": ["司机"]}
COUNT = st.integers(1, 6)
SLOTS = 8


@dataclass
class Stage:
    """A city with places for all, for assigned unions and for drivers; two of the pools give back on one day."""

    offering: Offering
    officer: object
    tree: dict[str, Organization]
    sessions: list[Session]
    women: list[Worker]
    pools: list[Pool]
    now: datetime


@pytest.fixture
def stage(monkeypatch) -> Stage:
    now, tree = timezone.now(), small_tree()
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    offering = OfferingFactory(organization=tree["city"])
    general = actions.general_pool(offering)
    day = {"returns_at": now + timedelta(minutes=12), "returns_to": general, "by": officer, "now": now}
    assigned = actions.create_pool(offering, name="分配名额", position=20, assigned_only=True, **day)
    drivers = actions.create_pool(offering, name="司机专用", position=10, conditions=DRIVERS, **day)
    for pool in (general, assigned, drivers):
        root = actions.open_places(offering, slots=SLOTS, pool=pool, by=officer, now=now)
        county = actions.give_places(root, to=tree["county_a"], count=6, by=officer, now=now)
        actions.give_places(county, to=tree["unit_a"], count=3, by=officer, now=now)
    women = [
        WorkerFactory(organization=tree[unit], user=WorkerUserFactory(), position=post)
        for unit, post in [("unit_a", "司机"), ("unit_a", "教师"), ("unit_b", "司机"), ("unit_c", "教师")] * 2
    ]
    sessions = [SessionFactory(offering=offering, capacity=2) for _ in range(2)]
    monkeypatch.setattr(ScreeningWatcher, "draws", lambda self, offering, her, **on: drives(her))
    return Stage(offering, officer, tree, sessions, women, [general, assigned, drivers], now)


def drives(her: Worker):
    return lambda conditions: her.position in conditions["posts"]


class Histories(RuleBasedStateMachine):
    stage: Stage

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now, self.opened = self.stage.now, 3 * SLOTS
        clock.now = lambda: self.now

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def rows(self):
        return list(Allocation.objects.unscoped().filter(offering=self.stage.offering).order_by("pk"))

    def attempt(self, act) -> bool:
        """A minute later somebody tries it; what is refused has changed nothing."""
        self.now += timedelta(minutes=1)
        before = [(row.pk, row.slots, row.passed_down, row.used) for row in self.rows()]
        try:
            with transaction.atomic():
                act({"by": self.stage.officer})
        except Refused:
            assert [(r.pk, r.slots, r.passed_down, r.used) for r in self.rows() if r.slots or r.used] == [
                row for row in before if row[1] or row[3]
            ]
            return False
        return True

    @rule(pool=st.integers(0, 2), slots=st.integers(-5, 9))
    def open(self, pool, slots):
        offering, pool = self.stage.offering, self.stage.pools[pool]
        if self.attempt(lambda by: actions.open_places(offering, slots=slots, pool=pool, **by)):
            self.opened += slots

    @precondition(lambda self: self.rows())
    @rule(data=st.data(), to=st.sampled_from(["county_a", "town_a", "unit_a", "unit_b", "county_b", "unit_c"]), n=COUNT)
    def give(self, data, to, n):
        row = data.draw(st.sampled_from(self.rows()))
        self.attempt(lambda by: actions.give_places(row, to=self.stage.tree[to], count=n, reason="计划", **by))

    @precondition(lambda self: self.rows())
    @rule(data=st.data(), n=COUNT, how=st.sampled_from([actions.return_places, actions.reclaim_places]))
    def back(self, data, n, how):
        row = data.draw(st.sampled_from([row for row in self.rows() if row.parent_id] or self.rows()))
        if row.parent_id:
            self.attempt(lambda by: how(row, count=n, reason="用不完", **by))

    @precondition(lambda self: self.rows())
    @rule(data=st.data(), pool=st.integers(0, 2), n=COUNT)
    def move(self, data, pool, n):
        row = data.draw(st.sampled_from(self.rows()))
        self.attempt(lambda by: actions.move_places(row, to=self.stage.pools[pool], count=n, reason="调剂", **by))

    @rule(number=st.integers(0, 7), session=st.integers(0, 1))
    def hold(self, number, session):
        her = self.stage.women[number]
        self.attempt(lambda by: actions.hold_place(self.stage.sessions[session], worker=her, by=her.user, now=self.now))

    @rule(number=st.integers(0, 7))
    def wait(self, number):
        her = self.stage.women[number]
        self.attempt(lambda by: actions.join_waiting_list(self.stage.offering, worker=her, by=her.user, now=self.now))

    @precondition(lambda self: self.live().exists())
    @rule(data=st.data())
    def cancel(self, data):
        booking = data.draw(st.sampled_from(list(self.live().order_by("pk"))))
        self.attempt(lambda by: actions.cancel_booking(booking, reason="请假", now=self.now, **by))

    @rule()
    def time_passes(self):
        self.attempt(lambda by: actions.expire_due(self.now))

    @rule()
    def the_day_has_come(self):
        self.attempt(lambda by: actions.return_due(self.now))
        if self.now >= self.stage.now + timedelta(minutes=12):
            assert not any(row.left for row in self.rows() if row.pool_id != self.stage.pools[0].pk)
        assert not self.attempt_returns_more()

    def attempt_returns_more(self) -> int:
        return actions.return_due(self.now)

    @rule(number=st.integers(0, 1))
    def remove(self, number):
        """What goes away releases nothing: neither a session nor a pool takes bookings or places with it."""
        held = self.live().count()
        self.attempt(lambda by: actions.remove_session(self.stage.sessions[number], now=self.now, **by))
        self.attempt(lambda by: actions.remove_pool(self.stage.pools[number + 1], **by))
        assert self.live().count() == held
        self.bring_back()

    def bring_back(self):
        for session in self.stage.sessions:
            if not Session.objects.filter(pk=session.pk).exists():
                session.save(force_insert=True)
            Session.objects.filter(pk=session.pk).update(capacity=2)
        for pool in self.stage.pools:
            if not Pool.objects.filter(pk=pool.pk).exists():
                pool.save(force_insert=True)

    def live(self):
        return Booking.objects.unscoped().filter(offering=self.stage.offering, state__in=LIVE)

    @invariant()
    def every_counter_equals_its_recount_and_the_replay(self):
        assert audit(self.stage.offering) == []

    @invariant()
    def the_pools_hold_what_was_opened_at_every_line(self):
        book, entered = book_of(self.stage.offering), 0
        for step in book.balanced():
            entered += ledger.opened([step.line])
            assert step.total == entered
            assert min([0, *(left for left in (step.source_left, step.target_left) if left is not None)]) == 0
        assert entered == self.opened == sum(row.slots for row in self.rows() if row.parent_id is None)

    @invariant()
    def nothing_is_oversold_and_only_drivers_sit_on_places_for_drivers(self):
        assert all(row.left >= 0 for row in self.rows())
        drawn = self.live().filter(allocation__pool=self.stage.pools[2]).values_list("worker__position", flat=True)
        assert set(drawn) <= {"司机"}
        assert not self.live().filter(allocation__pool=self.stage.pools[1], allocation__parent=None).exists()


def test_the_book_balances_after_any_history(stage, monkeypatch):
    monkeypatch.setattr(clock, "now", clock.now)
    Histories.stage = stage
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
