"""A draw against everything that may happen beside it: another run, a withdrawal, an entry, bookings elsewhere."""

import pytest
from django.utils import timezone

from services.bookings import actions
from services.bookings.actions import giving
from services.bookings.enums import LIVE, BookingState, DrawOutcome, DrawState, EntryState
from services.bookings.models import Booking, Draw, DrawEntry, DrawLine, WaitingEntry
from services.bookings.queries.auditing import audit
from services.bookings.rules.draw import drawn_order
from services.foundation import background
from services.privacy.actions import give_consent, withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from tests.bookings.draw_world import DrawWorld, draw_world
from tests.factories.bookings import offering_with_places
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.races.scene import at_once
from tests.races.test_withdrawing import meanwhile

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The places are given by the threads of the test, in small batches."""
    monkeypatch.setattr(giving, "TASK", "tests.nobody")
    monkeypatch.setattr(background, "signature", lambda *args, **kwargs: Idle())
    monkeypatch.setattr(giving, "BATCH", 3)


class Idle:
    def delay(self):
        return None


def ready(*, women: int, capacity: int, **fields) -> DrawWorld:
    """The order is drawn and the places are to be given."""
    world = draw_world(capacity=capacity, **fields)
    world.enter(women)
    world.freeze()
    world.number()
    world.start()
    return world


def give(world: DrawWorld):
    return lambda: actions.give_drawn_places(world.draw.pk, now=world.day)


def differences(world: DrawWorld) -> list:
    return audit(world.offering)


def test_officers_who_give_the_places_at_once_give_each_one_once():
    world = ready(women=14, capacity=5)
    results = at_once([give(world) for _ in range(4)])
    assert set(results) <= {True, False, "busy"}
    while world.fresh().state != DrawState.DONE:
        give(world)()
    assert world.outcomes() == [DrawOutcome.PLACE] * 5 + [DrawOutcome.WAITING] * 9
    assert Booking.objects.unscoped().filter(offering=world.offering).count() == 5
    assert WaitingEntry.objects.unscoped().filter(offering=world.offering).count() == 9
    assert differences(world) == []


def test_two_numbers_entered_at_once_leave_one_and_its_order():
    world = draw_world()
    world.enter(12)
    world.freeze()
    enter = [
        lambda typed=typed, by=by: actions.enter_number(world.draw, typed=typed, by=by, now=world.day).public_number
        for typed, by in (("111111", world.officer), ("222222", world.second))
    ]
    results = at_once(enter)
    assert sorted(results, key=len)[1] == "number_fixed"
    world.fresh()
    kept = [line.entry.number for line in world.lines()]
    assert kept == drawn_order(world.draw.frozen_digest, world.draw.public_number, kept)


def test_who_leaves_a_moment_before_she_is_drawn_is_skipped():
    world = ready(women=3, capacity=3)
    gone = world.lines()[1].entry
    leave = lambda: actions.leave_draw(gone, by=gone.worker.user, now=world.day).state  # noqa: E731
    assert meanwhile(leave, give(world)) is True
    assert world.outcomes() == [DrawOutcome.PLACE, DrawOutcome.WITHDRAWN, DrawOutcome.PLACE]


def test_who_leaves_a_moment_after_she_was_drawn_is_told_so():
    world = ready(women=3, capacity=3)
    stays = world.lines()[1].entry
    late = lambda: actions.leave_draw(stays, by=stays.worker.user, now=world.day)  # noqa: E731
    assert meanwhile(give(world), late) == "drawn_already"
    assert world.outcomes() == [DrawOutcome.PLACE] * 3


def test_a_list_is_frozen_with_a_woman_or_before_her():
    world = draw_world()
    women = [world.woman() for _ in range(10)]
    enter = [
        lambda her=her: actions.enter_draw(world.offering, worker=her, by=her.user, now=world.now).number
        for her in women
    ]
    freeze = lambda: actions.freeze_draw(world.draw, by=None, now=world.freezes_at).state  # noqa: E731
    results = at_once([*enter, freeze])
    assert results[-1] == DrawState.FROZEN
    entered = sorted(number for number in results[:-1] if "-" in number)
    assert {number for number in results[:-1] if "-" not in number} <= {"entries_closed"}
    assert sorted(world.fresh().frozen_text.splitlines()[9:]) == entered
    assert sorted(DrawEntry.objects.unscoped().values_list("number", flat=True)) == entered


def test_a_withdrawn_consent_leaves_no_place_behind():
    world = draw_world(capacity=2)
    TermsFactory(programme=ProgrammeFactory(offering=world.offering), interval_months=None)
    (entry,) = world.enter(1)
    her = entry.worker.user
    give_consent(her, purpose=Purpose.SCREENING, notice=current_notice(Purpose.SCREENING), language="en", now=world.now)
    world.freeze()
    world.number()
    world.start()
    withdraw = lambda: withdraw_consent(  # noqa: E731
        standing_consent(her, Purpose.SCREENING), by=her, now=timezone.now()
    )
    meanwhile(give(world), withdraw)
    assert DrawLine.objects.unscoped().get().outcome == DrawOutcome.PLACE
    assert not Booking.objects.own(worker=entry.worker, state__in=LIVE).exists()
    assert not WaitingEntry.objects.own(worker=entry.worker, state="waiting").exists()
    assert differences(world) == []


def test_a_consent_withdrawn_first_is_seen_by_the_draw():
    world = draw_world(capacity=2)
    TermsFactory(programme=ProgrammeFactory(offering=world.offering), interval_months=None)
    (entry,) = world.enter(1)
    her = entry.worker.user
    give_consent(her, purpose=Purpose.SCREENING, notice=current_notice(Purpose.SCREENING), language="en", now=world.now)
    world.freeze()
    world.number()
    world.start()
    withdraw = lambda: withdraw_consent(  # noqa: E731
        standing_consent(her, Purpose.SCREENING), by=her, now=timezone.now()
    )
    assert meanwhile(withdraw, give(world)) is True
    assert DrawLine.objects.unscoped().get().outcome == DrawOutcome.WITHDRAWN
    assert DrawEntry.objects.unscoped().get().state == EntryState.LEFT


def test_bookings_elsewhere_and_places_declined_here_disturb_no_run():
    world = ready(women=12, capacity=6)
    offering, session, _root = offering_with_places(world.tree["city"], capacity=4)
    others = [world.woman() for _ in range(8)]
    elsewhere = [
        lambda her=her: actions.hold_place(session, worker=her, by=her.user, now=timezone.now()).state for her in others
    ]
    results = at_once([give(world), *elsewhere, give(world)])
    assert set(results) <= {True, False, BookingState.HELD, "session_full", "busy"}
    while world.fresh().state != DrawState.DONE:
        give(world)()
    assert world.placed() == list(range(1, 7))
    first, second = world.lines()[:2]
    declined = [
        lambda line=line: actions.cancel_booking(line.booking, by=line.entry.worker.user, now=world.day).state
        for line in (first, second)
    ]
    assert set(at_once(declined)) <= {BookingState.CANCELLED, "busy"}
    live = Booking.objects.unscoped().filter(offering=world.offering, state__in=LIVE)
    promoted = [line.place for line in world.lines() if line.entry.worker_id in live.values_list("worker", flat=True)]
    assert promoted == list(range(3, 9))
    assert differences(world) == []
    assert audit(offering) == []


def test_a_run_killed_in_every_batch_comes_to_the_same_end(monkeypatch):
    world = ready(women=10, capacity=4)
    decide, seen = giving._Batch._decide, set()

    def dies_once(batch, line, payers):
        if line.place % 3 == 2 and line.place not in seen:
            seen.add(line.place)
            raise ConnectionError("killed")
        decide(batch, line, payers)

    monkeypatch.setattr(giving._Batch, "_decide", dies_once)
    for _attempt in range(10):
        try:
            actions.give_drawn_places(world.draw.pk, now=world.day)
            break
        except ConnectionError:
            continue
    assert world.outcomes() == [DrawOutcome.PLACE] * 4 + [DrawOutcome.WAITING] * 6
    assert Draw.objects.get().state == DrawState.DONE
    assert differences(world) == []
