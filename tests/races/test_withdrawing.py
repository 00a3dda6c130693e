"""Withdrawing consent against everything that rests on it: no booking stands on a consent that has ended."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from services.bookings import actions as places
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.privacy.actions import give_consent, withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from services.screening import actions
from services.screening.enums import OPEN_FOLLOW_UPS
from services.screening.errors import ResultConsentMissing
from services.screening.models import FollowUp, Result
from tests.factories.bookings import SessionFactory
from tests.races.scene import at_once, scene
from tests.screening.clinic_world import ABNORMAL, clinic_world

MISSING = ResultConsentMissing.code
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@contextmanager
def uncommitted(act: Callable[[], object]):
    """``act`` done in a transaction of another connection, which is committed when the block is left."""
    done, leave = threading.Event(), threading.Event()
    faults: list[Exception] = []

    def run():
        try:
            with transaction.atomic():
                act()
                done.set()
                leave.wait(timeout=30)
        except Exception as fault:
            faults.append(fault)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(timeout=30)
    try:
        yield
    finally:
        leave.set()
        thread.join(timeout=30)
    assert faults == []


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> object:
    """What ``second`` comes to when it begins before ``first`` is committed; it must wait for that."""
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.extend(at_once([second])))
    with uncommitted(first):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    return results[0]


def until_locks_are_waited_for(thread: threading.Thread, *, by: int = 1) -> None:
    """Until so many connections wait for a lock; ``thread`` must be one of them."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= by:
                return
        thread.join(timeout=0.02)
    raise AssertionError("it did not wait for the other transaction")


def withdraw(her, now):
    return withdraw_consent(standing_consent(her.user, Purpose.SCREENING), by=her.user, now=now)


def hold(stage, her, now) -> Booking:
    return actions.book(stage.programme, session=stage.session, worker=her, by=her.user, now=now)


def state_of_hers(her) -> list[str]:
    return list(Booking.objects.own(worker=her).values_list("state", flat=True))


def test_a_hold_the_withdrawal_did_not_see_cannot_be_confirmed_after_it():
    stage, now = scene(capacity=5), timezone.now()
    her = stage.women(1)[0]
    withdrawing = standing_consent(her.user, Purpose.SCREENING)
    held = []

    def hold_while_it_runs():
        withdraw_consent(withdrawing, by=her.user, now=now)
        held.extend(at_once([lambda: hold(stage, her, now)]))

    result = meanwhile(hold_while_it_runs, lambda: actions.confirm(held[0], by=her.user, now=now))
    assert result == "consent_missing"
    assert state_of_hers(her) == [BookingState.HELD]
    assert places.expire_due(now + timedelta(hours=1)) == 1
    assert stage.differences() == []


def test_a_booking_confirmed_first_is_cancelled_by_the_withdrawal_that_waited_for_it():
    stage, now = scene(capacity=5), timezone.now()
    her = stage.women(1)[0]
    withdrawn = meanwhile(
        lambda: actions.confirm(hold(stage, her, now), by=her.user, now=now), lambda: withdraw(her, now)
    )
    assert withdrawn.withdrawn_at == now
    assert state_of_hers(her) == [BookingState.CANCELLED]
    stage.session.refresh_from_db()
    assert stage.session.taken == 0
    assert stage.differences() == []


def test_an_offer_is_not_accepted_once_she_is_withdrawing():
    stage, now = scene(capacity=1), timezone.now()
    her = stage.women(1)[0]
    actions.join_waiting_list(stage.programme, worker=her, by=her.user, now=now)
    (offered,) = places.waiting.pass_on(stage.offering, now=now)
    result = meanwhile(lambda: withdraw(her, now), lambda: actions.accept(offered, by=her.user, now=now))
    assert result == "consent_missing"
    assert state_of_hers(her) == [BookingState.CANCELLED]


def test_nobody_joins_the_waiting_list_on_a_consent_that_is_ending():
    stage, now = scene(capacity=5), timezone.now()
    her = stage.women(1)[0]
    joining = lambda: actions.join_waiting_list(stage.programme, worker=her, by=her.user, now=now)  # noqa: E731
    assert meanwhile(lambda: withdraw(her, now), joining) == "consent_missing"
    assert not WaitingEntry.objects.own(worker=her).exists()


def test_a_place_that_reaches_her_from_the_waiting_list_meanwhile_is_given_back():
    """The promotion neither knows of the withdrawal nor waits for it; the withdrawal waits and looks again."""
    stage, now = scene(capacity=1, offer_hours=0), timezone.now()
    her = stage.women(1)[0]
    entry = actions.join_waiting_list(stage.programme, worker=her, by=her.user, now=now)
    withdrawn = meanwhile(lambda: places.waiting.pass_on(stage.offering, now=now), lambda: withdraw(her, now))
    assert withdrawn.withdrawn_at == now
    entry.refresh_from_db()
    stage.session.refresh_from_db()
    assert (entry.state, state_of_hers(her), stage.session.taken) == (
        WaitingState.PROMOTED,
        [BookingState.CANCELLED],
        0,
    )
    assert stage.differences() == []


def test_a_promotion_finds_a_withdrawn_entry_closed():
    stage, now = scene(capacity=1, offer_hours=0), timezone.now()
    her = stage.women(1)[0]
    entry = actions.join_waiting_list(stage.programme, worker=her, by=her.user, now=now)
    assert meanwhile(lambda: withdraw(her, now), lambda: places.waiting.pass_on(stage.offering, now=now)) == []
    entry.refresh_from_db()
    assert (entry.state, state_of_hers(her)) == (WaitingState.LEFT, [])


def test_many_at_one_moment_leave_no_booking_without_a_consent():
    """Booking, moving, withdrawing and agreeing again, all at once: no deadlock, nothing stands on nothing."""
    stage, now = scene(capacity=30), timezone.now()
    other = SessionFactory(offering=stage.offering, capacity=30)
    women = stage.women(12)
    movers = [actions.confirm(hold(stage, her, now), by=her.user, now=now) for her in women[:4]]
    notice = current_notice(Purpose.SCREENING)

    def agree(her):
        return give_consent(her.user, purpose=Purpose.SCREENING, notice=notice, language="zh-hans", now=now)

    jobs = [lambda her=her: withdraw(her, now) for her in women]
    jobs += [lambda b=b: actions.move(b, to=other, by=b.worker.user, now=now) for b in movers]
    jobs += [lambda her=her: actions.confirm(hold(stage, her, now), by=her.user, now=now) for her in women[4:]]
    jobs += [lambda her=her: agree(her) for her in women[:2]]
    results = at_once(jobs)
    assert [result for result in results if isinstance(result, Exception)] == []
    booked = Booking.objects.unscoped().filter(state=BookingState.CONFIRMED).select_related("worker__user")
    assert [b.pk for b in booked if standing_consent(b.worker.user, Purpose.SCREENING) is None] == []
    assert stage.differences() == []


def test_a_result_is_entered_wholly_before_a_withdrawal_or_not_at_all(monkeypatch):
    """Whichever comes first: afterwards no follow-up is open and nothing was written without consent."""
    world = clinic_world(monkeypatch)
    world.came()
    consent = standing_consent(world.hers.user, Purpose.SCREENING)
    withdrawn, entered = at_once(
        [
            lambda: withdraw_consent(consent, by=world.hers.user, now=world.later),
            lambda: world.enter(ABNORMAL),
        ]
    )
    assert not isinstance(withdrawn, Exception)
    assert entered == MISSING or isinstance(entered, Result)
    open_ones = FollowUp.objects.unscoped().filter(state__in=OPEN_FOLLOW_UPS)
    assert not open_ones.exists()
    assert Result.objects.unscoped().count() == (0 if entered == MISSING else 1)


def test_a_withdrawal_under_way_is_waited_for_and_then_nothing_is_entered(monkeypatch):
    world = clinic_world(monkeypatch)
    world.came()
    consent = standing_consent(world.hers.user, Purpose.SCREENING)
    answer = meanwhile(
        lambda: withdraw_consent(consent, by=world.hers.user, now=world.later), lambda: world.enter(ABNORMAL)
    )
    assert answer == MISSING
    assert not Result.objects.unscoped().exists()
