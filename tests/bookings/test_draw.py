"""A draw: entering, freezing, the public number, the order, the places; who may do what, and what is left unchanged."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.enums import (
    AfterDraw,
    BookingState,
    DrawOutcome,
    DrawState,
    EntryState,
    OfferingState,
    SignUpMode,
    WaitingState,
)
from services.bookings.models import Booking, DrawEntry, DrawLine, Offering, Session, WaitingEntry
from services.bookings.queries import waiting_list
from services.bookings.queries.auditing import audit
from services.messaging.models import Message
from tests.bookings.draw_world import NUMBER, announce, draw_world, later_session
from tests.factories.bookings import AllocationFactory

pytestmark = pytest.mark.django_db


def test_nobody_books_directly_before_the_draw_and_everybody_may_after_it():
    world = draw_world()
    worker = world.woman()
    with pytest.raises(errors.DrawDecides):
        actions.hold_place(world.session, worker=worker, by=worker.user, now=world.now)
    world.enter(1)
    world.run()
    booking = actions.hold_place(world.session, worker=worker, by=worker.user, now=world.day)
    assert booking.state == BookingState.HELD


def test_asking_for_the_mode_costs_the_booking_no_query(django_assert_num_queries):
    world = draw_world()
    worker = world.woman()
    with django_assert_num_queries(1), pytest.raises(errors.DrawDecides):
        actions.hold_place(world.session, worker=worker, by=worker.user, now=world.now)


def test_what_is_left_can_be_kept_for_the_waiting_list():
    world = draw_world(after_draw=AfterDraw.WAITING)
    world.enter(1)
    world.run()
    late = world.woman()
    with pytest.raises(errors.WaitingListOnly):
        actions.hold_place(world.session, worker=late, by=late.user, now=world.day)
    entry = actions.join_waiting_list(world.offering, worker=late, by=late.user, now=world.day)
    assert entry.state == WaitingState.WAITING


def test_places_are_given_in_the_drawn_order_and_the_rest_wait_in_it():
    world = draw_world(capacity=3)
    world.enter(7)
    world.run()
    assert world.outcomes() == [DrawOutcome.PLACE] * 3 + [DrawOutcome.WAITING] * 4
    waiting = list(waiting_list(world.offering).unscoped())
    assert [entry.worker_id for entry in waiting] == [line.entry.worker_id for line in world.lines()[3:]]
    offered = [line.booking for line in world.lines()[:3]]
    assert {booking.state for booking in offered} == {BookingState.OFFERED}
    assert audit(world.offering) == []


def test_without_an_offer_time_the_places_are_booked_at_once():
    world = draw_world(offer_hours=0)
    world.enter(1)
    world.run()
    assert Booking.objects.unscoped().get().state == BookingState.CONFIRMED


def test_a_declined_place_goes_to_the_first_who_waits_as_drawn():
    world = draw_world(capacity=1)
    world.enter(3)
    world.run()
    first, second, _third = world.lines()
    actions.cancel_booking(first.booking, by=first.entry.worker.user, now=world.day)
    assert Booking.objects.unscoped().get(worker=second.entry.worker).state == BookingState.OFFERED


def test_nobody_who_joins_later_comes_before_the_drawn():
    world = draw_world(capacity=1)
    world.enter(2)
    world.freeze()
    late = world.woman()
    actions.join_waiting_list(world.offering, worker=late, priority=1, by=late.user, now=world.freezes_at)
    world.number()
    world.start()
    world.give()
    waiting = [entry.worker_id for entry in waiting_list(world.offering).unscoped()]
    assert waiting == [world.lines()[1].entry.worker_id, late.pk]


def test_who_comes_between_the_list_and_the_draw_is_served_after_the_drawn_and_before_newcomers():
    world = draw_world(capacity=3, mode=SignUpMode.DRAW_WINDOW)
    world.enter(2)
    world.freeze()
    late = world.woman()
    actions.join_waiting_list(world.offering, worker=late, by=late.user, now=world.freezes_at)
    actions.expire_due(world.freezes_at)
    assert not Booking.objects.unscoped().exists()
    world.number()
    world.start()
    world.give()
    assert Booking.objects.unscoped().filter(worker=late, state=BookingState.OFFERED).exists()
    assert Session.objects.get(pk=world.session.pk).left == 0


def test_her_times_are_tried_in_her_order():
    world = draw_world(capacity=1)
    second, third = later_session(world, days=11, capacity=1), later_session(world, days=12, capacity=1)
    (entry,) = world.enter(1, choices=[third, second], any_session=False)
    world.run()
    assert Booking.objects.unscoped().get(worker=entry.worker).session == third


def test_a_woman_whose_times_are_full_waits_for_her_first_one():
    world = draw_world(capacity=1)
    later_session(world, days=11, capacity=5)
    world.enter(2, choices=[world.session], any_session=False)
    world.run()
    placed, waiting = world.lines()
    assert placed.booking.session == world.session
    assert (waiting.outcome, waiting.waiting.session) == (DrawOutcome.WAITING, world.session)


def test_a_woman_who_takes_any_time_gets_another_when_hers_is_full():
    world = draw_world(capacity=1)
    other = later_session(world, capacity=1)
    world.enter(2, choices=[world.session])
    world.run()
    assert [line.booking.session for line in world.lines()] == [world.session, other]


def test_only_allocations_of_her_union_pay():
    world = draw_world(capacity=5, remainder_open=False)
    AllocationFactory(offering=world.offering, organization=world.tree["unit_a"], parent=world.root, slots=1)
    world.enter(2, unit="unit_a")
    world.enter(1, unit="unit_b")
    world.run()
    of_unit = {line.entry.worker.organization_id: [] for line in world.lines()}
    for line in world.lines():
        of_unit[line.entry.worker.organization_id].append(line.outcome)
    assert of_unit[world.tree["unit_a"].pk] == [DrawOutcome.PLACE, DrawOutcome.WAITING]
    assert of_unit[world.tree["unit_b"].pk] == [DrawOutcome.WAITING]


def test_a_late_withdrawal_is_skipped_and_nobody_else_moves():
    world = draw_world(capacity=3)
    world.enter(6)
    world.freeze()
    world.number()
    order = [line.entry_id for line in world.lines()]
    gone = world.lines()[1].entry
    actions.leave_draw(gone, by=gone.worker.user, now=world.day)
    world.start()
    world.give()
    assert [line.entry_id for line in world.lines()] == order
    assert world.outcomes() == [
        DrawOutcome.PLACE,
        DrawOutcome.WITHDRAWN,
        DrawOutcome.PLACE,
        DrawOutcome.PLACE,
        DrawOutcome.WAITING,
        DrawOutcome.WAITING,
    ]


def test_a_second_run_changes_nothing():
    world = draw_world(capacity=2)
    world.enter(4)
    world.run()
    before = [(line.pk, line.place, line.outcome, line.booking_id, line.waiting_id) for line in world.lines()]
    messages = Message.objects.count()
    actions.start_giving(world.draw, by=world.second, now=world.day)
    assert actions.give_drawn_places(world.draw.pk, now=world.day) is False
    actions.carry_on_giving(world.day)
    assert [(line.pk, line.place, line.outcome, line.booking_id, line.waiting_id) for line in world.lines()] == before
    assert Message.objects.count() == messages


def test_a_killed_run_goes_on_where_it_stopped_and_ends_the_same(monkeypatch):
    from services.bookings.actions import giving

    monkeypatch.setattr(giving, "BATCH", 2)
    world = draw_world(capacity=3)
    world.enter(7)
    world.freeze()
    world.number()
    world.start()
    decide, seen = giving._Batch._decide, []

    def dies(batch, line, payers):
        seen.append(line.place)
        if len(seen) == 4:
            raise KeyboardInterrupt
        decide(batch, line, payers)

    monkeypatch.setattr(giving._Batch, "_decide", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.give_drawn_places(world.draw.pk, now=world.day)
    assert [line.outcome != DrawOutcome.PENDING for line in world.lines()] == [True] * 2 + [False] * 5
    monkeypatch.setattr(giving._Batch, "_decide", decide)
    assert actions.carry_on_giving(world.day) == 1
    assert world.outcomes() == [DrawOutcome.PLACE] * 3 + [DrawOutcome.WAITING] * 4
    assert world.fresh().state == DrawState.DONE


def test_a_place_that_comes_back_during_the_run_goes_to_whoever_was_drawn_first(monkeypatch):
    from services.bookings.actions import giving

    monkeypatch.setattr(giving, "BATCH", 2)
    world = draw_world(capacity=1)
    world.enter(3)
    world.freeze()
    world.number()
    world.start()
    undecided = giving._undecided
    monkeypatch.setattr(giving, "_undecided", lambda draw: undecided(draw) if not _decided(draw) else [])
    monkeypatch.setattr(giving, "_finish", lambda draw, now: None)
    actions.give_drawn_places(world.draw.pk, now=world.day)
    first, second, third = world.lines()
    assert third.outcome == DrawOutcome.PENDING
    actions.cancel_booking(first.booking, by=first.entry.worker.user, now=world.day)
    monkeypatch.undo()
    world.give()
    assert Booking.objects.unscoped().filter(worker=second.entry.worker, state=BookingState.OFFERED).exists()
    assert world.lines()[2].outcome == DrawOutcome.WAITING


def _decided(draw) -> bool:
    return DrawLine.objects.unscoped().filter(draw=draw).exclude(outcome=DrawOutcome.PENDING).exists()


def test_entering_twice_is_once_and_the_number_stays():
    world = draw_world()
    (entry,) = world.enter(1)
    again = actions.enter_draw(world.offering, worker=entry.worker, by=entry.worker.user, now=world.now)
    actions.leave_draw(entry, by=entry.worker.user, now=world.now)
    back = actions.enter_draw(world.offering, worker=entry.worker, by=entry.worker.user, now=world.now)
    assert {entry.number, again.number, back.number} == {entry.number}
    assert DrawEntry.objects.unscoped().get().state == EntryState.ENTERED


def test_the_list_takes_nobody_after_its_moment():
    world = draw_world()
    worker = world.woman()
    with pytest.raises(errors.EntriesClosed):
        actions.enter_draw(world.offering, worker=worker, by=worker.user, now=world.freezes_at)


def test_while_the_list_is_open_she_enters_the_draw_and_joins_no_waiting_list():
    world = draw_world()
    worker = world.woman()
    with pytest.raises(errors.DrawDecides):
        actions.join_waiting_list(world.offering, worker=worker, by=worker.user, now=world.now)


def test_once_drawn_she_answers_the_offer_instead_of_leaving_the_draw():
    world = draw_world()
    (entry,) = world.enter(1)
    world.run()
    with pytest.raises(errors.DrawnAlready):
        actions.leave_draw(entry, by=entry.worker.user, now=world.day)


def test_who_leaves_her_unit_leaves_the_draw():
    world = draw_world()
    (entry,) = world.enter(1)
    actions.give_up_all(entry.worker, by=None, now=world.now, reason="left_unit")
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT


def test_strangers_and_officers_of_other_unions_can_neither_enter_her_nor_run_the_draw():
    world = draw_world()
    (entry,) = world.enter(1)
    stranger = world.woman("unit_b").user
    for attempt in (
        lambda: actions.enter_draw(world.offering, worker=entry.worker, by=stranger, now=world.now),
        lambda: actions.leave_draw(entry, by=stranger, now=world.now),
        lambda: actions.freeze_draw(world.draw, by=stranger, now=world.freezes_at),
        lambda: actions.enter_number(world.draw, typed=NUMBER, by=stranger, now=world.day),
        lambda: actions.start_giving(world.draw, by=stranger, now=world.day),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_each_woman_is_told_once_what_came_of_her_entry():
    world = draw_world(capacity=1)
    world.enter(2)
    world.run()
    told = list(Message.objects.order_by("pk").values_list("key", flat=True))
    assert {key: told.count(key) // 2 for key in set(told)} == {
        "bookings-draw-entered": 2,
        "bookings-drawn-offered": 1,
        "bookings-drawn-waiting": 1,
    }


def test_a_batch_costs_no_more_with_many_waiting_than_with_few(django_assert_max_num_queries):
    world = draw_world(capacity=0)
    world.enter(25)
    world.freeze()
    world.number()
    world.start()
    with django_assert_max_num_queries(25 * 6 + 30):
        world.give()


def test_a_closed_offering_gives_nothing_until_it_opens_again():
    world = draw_world()
    world.enter(1)
    world.freeze()
    world.number()
    world.start()
    Offering.objects.filter(pk=world.offering.pk).update(state=OfferingState.CLOSED)
    assert actions.give_drawn_places(world.draw.pk, now=world.day) is False
    Offering.objects.filter(pk=world.offering.pk).update(state=OfferingState.OPEN)
    assert actions.carry_on_giving(world.day) == 1


def test_an_empty_list_is_drawn_and_opens_the_places():
    world = draw_world()
    world.run()
    assert world.draw.state == DrawState.DONE
    assert not world.offering.draw_ahead
    assert not WaitingEntry.objects.unscoped().exists()


def test_announcing_again_before_anybody_entered_corrects_what_was_announced():
    world = draw_world()
    announce(world.offering, world.second, now=world.now, freezes_at=world.now + timedelta(days=2), digits=4)
    assert (world.fresh().number, world.draw.digits) == (1, 4)
    assert timezone.localdate(world.draw.freezes_at) < world.draw.number_on
