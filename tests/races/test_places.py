"""Cancel, confirm, lapse, move and transfer against one another: the counters always equal the bookings."""

import os
import random
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from services.bookings import actions
from services.bookings.enums import LIVE, BookingState
from services.bookings.models import Booking, MissedPlace, PriorityChange, Session, WaitingEntry
from services.organizations.enums import Role
from services.screening import actions as screening
from tests.factories.bookings import SessionFactory
from tests.factories.organizations import AssignmentFactory
from tests.races.conftest import database_url
from tests.races.scene import at_once, scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def errors_in(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def booked(stage, her, now, session=None) -> Booking:
    held = actions.hold_place(session or stage.session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


def test_confirming_races_with_lapsing_and_exactly_one_wins():
    stage, now = scene(capacity=20), timezone.now()
    held = [actions.hold_place(stage.session, worker=her, by=her.user, now=now) for her in stage.women(8)]
    at_the_edge = now + timedelta(minutes=10)
    jobs = [
        lambda b=b: actions.confirm_booking(b, by=b.worker.user, now=at_the_edge - timedelta(seconds=1)) for b in held
    ]
    results = at_once([*jobs, *(lambda: actions.expire_due(at_the_edge) for _ in range(4))])
    assert errors_in(results) == []
    states = list(Booking.objects.unscoped().filter(pk__in=[b.pk for b in held]).values_list("state", flat=True))
    assert set(states) <= {BookingState.CONFIRMED, BookingState.EXPIRED}
    stage.session.refresh_from_db()
    assert stage.session.taken == states.count(BookingState.CONFIRMED)
    assert stage.differences() == []


def test_two_cancellations_at_once_give_two_women_one_offer_each():
    stage, now = scene(capacity=2), timezone.now()
    other = SessionFactory(offering=stage.offering, capacity=1)
    mine = [booked(stage, her, now) for her in stage.women(2)] + [booked(stage, stage.women(1)[0], now, other)]
    entries = [
        actions.join_waiting_list(stage.offering, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate(stage.women(5, "unit_c"))
    ]
    results = at_once([lambda b=b: actions.cancel_booking(b, by=b.worker.user, now=now) for b in mine])
    assert errors_in(results) == []
    offered = WaitingEntry.objects.unscoped().filter(state="offered").order_by("created_at")
    assert [entry.pk for entry in offered] == [entry.pk for entry in entries[:3]]
    assert len({entry.booking_id for entry in offered}) == 3
    assert stage.differences() == []


@pytest.mark.parametrize("round", range(3))
def test_an_officer_moves_somebody_while_two_places_become_free_and_nobody_gets_two(round):
    """Whoever comes first, the moved woman is served or stays; each free place is offered to one woman."""
    stage, now = scene(capacity=2), timezone.now()
    officer = AssignmentFactory(organization=stage.tree["city"], role=Role.FEDERATION_OFFICER).user
    mine = [booked(stage, her, now) for her in stage.women(2)]
    entries = [
        actions.join_waiting_list(stage.offering, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate(stage.women(5, "unit_c"))
    ]
    jobs = [lambda b=b: actions.cancel_booking(b, by=b.worker.user, now=now) for b in mine]
    jobs += [
        lambda e=e: actions.change_priority(e, to=2, reason="urgent", text="不宜久等", by=officer, now=now)
        for e in entries[3:]
    ]
    results = at_once(jobs)
    assert errors_in(results) == []
    after = WaitingEntry.objects.unscoped().filter(offering=stage.offering)
    offered = after.filter(state="offered")
    assert (offered.count(), offered.values("booking").distinct().count(), after.count()) == (2, 2, 5)
    written = set(PriorityChange.objects.unscoped().values_list("entry", flat=True))
    assert written == set(after.filter(priority=2).values_list("pk", flat=True))
    assert stage.differences() == []


def test_marking_absent_races_with_the_night_and_with_a_correction():
    stage, now = scene(capacity=9), timezone.now()
    officer = AssignmentFactory(organization=stage.tree["city"], role=Role.FEDERATION_OFFICER).user
    absent = [booked(stage, her, now) for her in stage.women(4)]
    when = stage.session.ends_at + timedelta(hours=1)
    jobs = [lambda b=b: actions.mark_no_show(b, by=officer, now=when) for b in absent for _ in range(2)]
    jobs += [lambda b=b: actions.undo_no_show(b, by=officer, now=when) for b in absent[:2]]
    results = at_once(jobs)
    assert errors_in(results) == []
    states = dict(Booking.objects.unscoped().values_list("pk", "state"))
    missed = set(MissedPlace.objects.unscoped().values_list("booking", flat=True))
    assert missed == {key for key, state in states.items() if state == BookingState.NO_SHOW}
    assert {states[booking.pk] for booking in absent[2:]} == {BookingState.NO_SHOW}
    assert stage.differences() == []


def test_two_expiry_workers_lapse_each_hold_once():
    stage, now = scene(capacity=20), timezone.now()
    for her in stage.women(10):
        actions.hold_place(stage.session, worker=her, by=her.user, now=now)
    later = now + timedelta(minutes=11)
    results = at_once([lambda: actions.expire_due(later) for _ in range(4)])
    assert errors_in(results) == []
    stage.session.refresh_from_db()
    assert (sum(results), stage.session.taken) == (10, 0)
    assert stage.differences() == []


def test_the_last_place_of_a_unit_goes_to_one_woman():
    stage, now = scene(capacity=50, slots=1), timezone.now()
    stage.give("unit_a", 1)
    women = stage.women(12)
    jobs = [
        lambda her=her: screening.book(stage.programme, session=stage.session, worker=her, by=her.user, now=now)
        for her in women
    ]
    results = at_once(jobs)
    assert errors_in(results) == []
    assert sum(isinstance(result, Booking) for result in results) == 1
    assert {result for result in results if isinstance(result, str)} == {"no_places_for_unit"}
    assert stage.differences() == []


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_actions_deadlocks_or_loses_a_place(seed, monkeypatch):
    """Random histories over three sessions and four pots: T48. A broken deadlock would surface as ``busy``, and a
    machine too slow for the product's short waits would too: here waits are long."""
    monkeypatch.setattr("services.bookings.actions.locking.LOCK_TIMEOUT", "60s")
    chance = random.Random(seed)
    stage, now = scene(capacity=4, slots=11), timezone.now()
    sessions = [stage.session, *(SessionFactory(offering=stage.offering, capacity=4) for _ in range(2))]
    for unit in ("unit_a", "unit_b", "unit_c"):
        stage.give(unit, 2)
    women = [her for unit in ("unit_a", "unit_b", "unit_c") for her in stage.women(5, unit)]
    chance.shuffle(women)
    mine = [booked(stage, her, now, chance.choice(sessions[1:])) for her in women[:4]]
    for her in women[4:8]:
        actions.join_waiting_list(stage.offering, worker=her, by=her.user, now=now)
    jobs = [lambda b=b: actions.cancel_booking(b, by=b.worker.user, now=now) for b in mine[:2]]
    jobs += [lambda b=b: actions.move_booking(b, to=stage.session, by=b.worker.user, now=now) for b in mine[2:]]
    jobs += [
        lambda her=her, s=session: actions.hold_place(s, worker=her, by=her.user, now=now)
        for her, session in zip(women[8:], chance.choices(sessions, k=len(women) - 8), strict=True)
    ]
    jobs += [lambda: actions.expire_due(now + timedelta(days=2)) for _ in range(2)]
    chance.shuffle(jobs)
    results = at_once(jobs)
    assert errors_in(results) == []
    assert "busy" not in results
    for session in sessions:
        session.refresh_from_db()
        live = Booking.objects.unscoped().filter(session=session, state__in=LIVE).count()
        assert live == session.taken <= session.capacity
    assert stage.differences() == []


def test_a_worker_killed_between_hold_and_confirm_leaks_nothing():
    """Two deaths: before the commit nothing was taken, after it the hold lapses by itself."""
    stage = scene(capacity=3)
    before, after = stage.women(2)
    code = (
        "import django, sys, time; django.setup()\n"
        "from django.db import transaction\n"
        "from services.bookings.actions import hold_place\n"
        "from services.bookings.models import Session\n"
        "from services.workers.models import Worker\n"
        "from django.utils import timezone\n"
        "her = Worker.objects.unscoped().select_related('user', 'organization').get(pk=int(sys.argv[1]))\n"
        "session = Session.objects.get(pk=int(sys.argv[2]))\n"
        "def hold(): hold_place(session, worker=her, by=her.user, now=timezone.now())\n"
        "def linger(): print('held', flush=True); time.sleep(60)\n"
        "if sys.argv[3] == 'inside':\n"
        "    with transaction.atomic(): hold(); linger()\n"
        "else: hold(); linger()\n"
    )
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for her, where in ((before, "inside"), (after, "outside")):
        command = [sys.executable, "-c", code, str(her.pk), str(stage.session.pk), where]
        doomed = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert doomed.stdout.readline() == "held\n"
        doomed.send_signal(signal.SIGKILL)
        doomed.wait(timeout=10)
    held = Booking.objects.unscoped().filter(session=stage.session)
    assert list(held.values_list("worker", "state")) == [(after.pk, BookingState.HELD)]
    assert actions.expire_due(timezone.now() + timedelta(minutes=11)) == 1
    stage.session.refresh_from_db()
    assert stage.session.taken == 0
    assert stage.differences() == []


def test_a_lock_that_is_not_granted_in_time_says_that_nothing_was_taken():
    stage, now = scene(capacity=3), timezone.now()
    her = stage.women(1)[0]
    locked, done = threading.Event(), threading.Event()

    def sit_on_the_row():
        with transaction.atomic():
            list(Session.objects.select_for_update().filter(pk=stage.session.pk))
            locked.set()
            done.wait(timeout=30)
        connection.close()

    sitter = threading.Thread(target=sit_on_the_row)
    sitter.start()
    assert locked.wait(timeout=10)
    try:
        results = at_once([lambda: actions.hold_place(stage.session, worker=her, by=her.user, now=now)])
    finally:
        done.set()
        sitter.join()
    assert results == ["busy"]
    assert not Booking.objects.unscoped().filter(worker=her).exists()
    assert stage.differences() == []
