"""Taking, confirming, moving and giving back places."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, BookingEvent, WaitingEntry
from services.bookings.queries.auditing import audit
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import AllocationFactory, SessionFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tree():
    return small_tree()


def woman(unit):
    return WorkerFactory(organization=unit, user=WorkerUserFactory())


def booked(session, worker, now) -> Booking:
    held = actions.hold_place(session, worker=worker, by=worker.user, now=now)
    return actions.confirm_booking(held, by=worker.user, now=now)


def counts(session, *allocations):
    session.refresh_from_db()
    for allocation in allocations:
        allocation.refresh_from_db()
    return [session.taken, *(allocation.used for allocation in allocations)]


def test_a_hold_takes_one_place_of_the_session_and_one_of_the_allocation(tree, now):
    _offering, session, root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    booking = actions.hold_place(session, worker=her, by=her.user, now=now)
    assert (booking.state, booking.held_until) == (BookingState.HELD, now + timedelta(minutes=10))
    assert counts(session, root) == [1, 1]
    assert Message.objects.count() == 0


def test_a_second_click_returns_the_same_booking(tree, now):
    _offering, session, root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    first = actions.hold_place(session, worker=her, by=her.user, now=now)
    again = actions.hold_place(session, worker=her, by=her.user, now=now + timedelta(seconds=2))
    confirmed = actions.confirm_booking(first, by=her.user, now=now)
    twice = actions.confirm_booking(first, by=her.user, now=now + timedelta(seconds=2))
    back = actions.hold_place(session, worker=her, by=her.user, now=now + timedelta(seconds=9))
    assert {b.number for b in (first, again, confirmed, twice, back)} == {first.number}
    assert counts(session, root) == [1, 1]
    assert BookingEvent.objects.filter(booking=first).count() == 2
    assert Message.objects.filter(key="bookings-booked", channel="in_site").count() == 1


def test_choosing_another_session_moves_the_hold(tree, now):
    offering, session, root = offering_with_places(tree["city"])
    other = SessionFactory(offering=offering, capacity=3)
    her = woman(tree["unit_a"])
    first = actions.hold_place(session, worker=her, by=her.user, now=now)
    second = actions.hold_place(other, worker=her, by=her.user, now=now)
    assert (second.pk, second.session) == (first.pk, other)
    assert counts(session, root) == [0, 1]
    assert counts(other) == [1]


def test_a_confirmed_booking_elsewhere_is_not_replaced_silently(tree, now):
    offering, session, _root = offering_with_places(tree["city"])
    other = SessionFactory(offering=offering)
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    with pytest.raises(errors.AlreadyBooked) as refusal:
        actions.hold_place(other, worker=her, by=her.user, now=now)
    assert refusal.value.booking == mine


def test_a_full_session_refuses_and_takes_nothing(tree, now):
    _offering, session, root = offering_with_places(tree["city"], capacity=1)
    first, second = woman(tree["unit_a"]), woman(tree["unit_b"])
    actions.hold_place(session, worker=first, by=first.user, now=now)
    with pytest.raises(errors.SessionFull):
        actions.hold_place(session, worker=second, by=second.user, now=now)
    assert counts(session, root) == [1, 1]


def test_her_own_unit_pays_first_then_the_nearest_above(tree, now):
    offering, session, root = offering_with_places(tree["city"], slots=5)
    town = AllocationFactory(offering=offering, organization=tree["town_a"], parent=root, slots=1)
    unit = AllocationFactory(offering=offering, organization=tree["unit_a"], parent=town, slots=1)
    paid = [booked(session, woman(tree["unit_a"]), now).allocation for _ in range(3)]
    assert paid == [unit, town, root]


def test_places_kept_above_are_closed_when_the_remainder_is_not_open(tree, now):
    offering, session, root = offering_with_places(tree["city"], remainder_open=False)
    her = woman(tree["unit_a"])
    with pytest.raises(errors.NoPlacesForUnit):
        actions.hold_place(session, worker=her, by=her.user, now=now)
    AllocationFactory(offering=offering, organization=tree["unit_a"], parent=root, slots=1)
    actions.hold_place(session, worker=her, by=her.user, now=now)


def test_places_of_another_county_are_out_of_reach(tree, now):
    offering, session, _root = offering_with_places(tree["city"], slots=0)
    AllocationFactory(offering=offering, organization=tree["county_b"], slots=9)
    her = woman(tree["unit_a"])
    with pytest.raises(errors.NoPlacesForUnit):
        actions.hold_place(session, worker=her, by=her.user, now=now)
    assert counts(session) == [0]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"opens_at": 1, "closes_at": 2}, errors.WindowNotOpen),
        ({"opens_at": -2, "closes_at": -1}, errors.WindowClosed),
        ({"opens_at": -2, "closes_at": 0}, errors.WindowClosed),
    ],
)
def test_outside_the_window_nothing_is_held(tree, now, fields, error):
    moments = {name: now + timedelta(hours=hours) for name, hours in fields.items()}
    _offering, session, _root = offering_with_places(tree["city"], **moments)
    her = woman(tree["unit_a"])
    with pytest.raises(error):
        actions.hold_place(session, worker=her, by=her.user, now=now)
    assert counts(session) == [0]


def test_a_session_that_began_is_refused(tree, now):
    _offering, session, _root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    with pytest.raises(errors.SessionPast):
        actions.hold_place(session, worker=her, by=her.user, now=session.starts_at)


def test_a_session_given_another_time_meanwhile_is_refused(tree, now):
    _offering, session, _root = offering_with_places(tree["city"])
    seen = type(session).objects.get(pk=session.pk)
    session.starts_at -= timedelta(hours=1)
    session.save()
    her = woman(tree["unit_a"])
    with pytest.raises(errors.SessionGone):
        actions.hold_place(seen, worker=her, by=her.user, now=now)


def test_nobody_books_for_a_stranger(tree, now):
    _offering, session, _root = offering_with_places(tree["city"])
    her, stranger = woman(tree["unit_a"]), woman(tree["unit_a"])
    for outsider in (stranger.user, StaffFactory()):
        with pytest.raises(PermissionDenied):
            actions.hold_place(session, worker=her, by=outsider, now=now)
    assert (Booking.objects.unscoped().count(), counts(session)) == (0, [0])


def test_a_lapsed_hold_cannot_be_confirmed_and_can_be_taken_up_again(tree, now):
    _offering, session, root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    later = now + timedelta(minutes=10)
    with pytest.raises(errors.HoldLapsed):
        actions.confirm_booking(held, by=her.user, now=later)
    again = actions.hold_place(session, worker=her, by=her.user, now=later)
    assert (again.pk, again.held_until) == (held.pk, later + timedelta(minutes=10))
    assert counts(session, root) == [1, 1]


def test_expiry_frees_lapsed_holds_only(tree, now):
    offering, session, root = offering_with_places(tree["city"])
    lapsing, kept, running = (woman(tree["unit_a"]) for _ in range(3))
    held = actions.hold_place(session, worker=lapsing, by=lapsing.user, now=now)
    booked(session, kept, now)
    actions.hold_place(session, worker=running, by=running.user, now=now + timedelta(minutes=5))
    assert actions.expire_due(now + timedelta(minutes=10)) == 1
    assert actions.expire_due(now + timedelta(minutes=10)) == 0
    held.refresh_from_db()
    assert held.state == BookingState.EXPIRED
    assert counts(session, root) == [2, 2]
    assert audit_of(offering) == []


def audit_of(offering):
    return audit(offering)


def test_cancelling_twice_frees_once(tree, now):
    _offering, session, root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    for _ in range(2):
        assert actions.cancel_booking(mine, by=her.user, now=now).state == BookingState.CANCELLED
    assert counts(session, root) == [0, 0]
    assert Message.objects.filter(key="bookings-cancelled", channel="in_site").count() == 1


def test_after_the_cutoff_only_staff_can_cancel_and_with_a_reason(tree, now):
    from services.organizations.enums import Role
    from tests.factories.organizations import AssignmentFactory

    _offering, session, root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    late = session.starts_at - timedelta(hours=48)
    with pytest.raises(errors.PastCutoff):
        actions.cancel_booking(mine, by=her.user, now=late)
    officer = AssignmentFactory(organization=tree["town_a"], role=Role.GRASSROOTS_OFFICER).user
    with pytest.raises(errors.ReasonMissing):
        actions.cancel_booking(mine, by=officer, now=late, reason=" ")
    actions.cancel_booking(mine, by=officer, now=late, reason="called in sick")
    event = BookingEvent.objects.filter(booking=mine).last()
    said = {"reason": "called in sick", "allocation": mine.allocation_id}
    assert (event.verb, event.by_staff, event.details) == ("cancelled", True, said)
    assert counts(session, root) == [0, 0]


def test_a_move_takes_the_new_place_before_it_frees_the_old(tree, now):
    offering, session, root = offering_with_places(tree["city"])
    full = SessionFactory(offering=offering, capacity=1)
    booked(full, woman(tree["unit_b"]), now)
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    with pytest.raises(errors.SessionFull):
        actions.move_booking(mine, to=full, by=her.user, now=now)
    mine.refresh_from_db()
    assert (mine.session, *counts(session, root)) == (session, 1, 2)
    free = SessionFactory(offering=offering, capacity=1)
    for _ in range(2):
        moved = actions.move_booking(mine, to=free, by=her.user, now=now)
    assert (moved.session, *counts(session, root)) == (free, 0, 2)
    assert counts(free) == [1]
    assert BookingEvent.objects.filter(booking=mine, verb="moved").count() == 1


def test_a_move_into_another_offering_is_refused(tree, now):
    _offering, session, _root = offering_with_places(tree["city"])
    _other, elsewhere, _other_root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    with pytest.raises(errors.WrongOffering):
        actions.move_booking(mine, to=elsewhere, by=her.user, now=now)


def waiting(offering, worker, now, **kwargs):
    return actions.join_waiting_list(offering, worker=worker, by=worker.user, now=now, **kwargs)


def test_a_cancelled_place_is_offered_to_the_head_of_the_list(tree, now):
    offering, session, root = offering_with_places(tree["city"], capacity=1)
    her, first, second = (woman(tree["unit_a"]) for _ in range(3))
    mine = booked(session, her, now)
    head, tail = waiting(offering, first, now), waiting(offering, second, now + timedelta(seconds=1))
    actions.cancel_booking(mine, by=her.user, now=now)
    head.refresh_from_db(), tail.refresh_from_db()
    assert (head.state, tail.state) == (WaitingState.OFFERED, WaitingState.WAITING)
    assert (head.booking.state, head.booking.held_until) == (BookingState.OFFERED, now + timedelta(hours=24))
    assert counts(session, root) == [1, 1]
    assert Message.objects.filter(key="bookings-offered", recipient=first.user).exists()
    accepted = actions.accept_offer(head.booking, by=first.user, now=now)
    head.refresh_from_db()
    assert (accepted.state, head.state) == (BookingState.CONFIRMED, WaitingState.PROMOTED)


def test_without_an_offer_time_the_head_is_booked_at_once(tree, now):
    offering, session, _root = offering_with_places(tree["city"], capacity=1, offer_hours=0)
    her, first = woman(tree["unit_a"]), woman(tree["unit_b"])
    mine = booked(session, her, now)
    entry = waiting(offering, first, now)
    actions.cancel_booking(mine, by=her.user, now=now)
    entry.refresh_from_db()
    assert (entry.state, entry.booking.state) == (WaitingState.PROMOTED, BookingState.CONFIRMED)


def test_an_offer_that_lapses_passes_to_the_next(tree, now):
    offering, session, root = offering_with_places(tree["city"], capacity=1)
    her, first, second = (woman(tree["unit_a"]) for _ in range(3))
    mine = booked(session, her, now)
    head, tail = waiting(offering, first, now), waiting(offering, second, now + timedelta(seconds=1))
    actions.cancel_booking(mine, by=her.user, now=now)
    assert actions.expire_due(now + timedelta(hours=24)) == 1
    head.refresh_from_db(), tail.refresh_from_db()
    assert (head.state, tail.state) == (WaitingState.LAPSED, WaitingState.OFFERED)
    assert counts(session, root) == [1, 1]
    assert Message.objects.filter(key="bookings-lapsed", recipient=first.user).exists()


def test_the_list_passes_over_those_who_cannot_use_the_place(tree, now):
    offering, session, root = offering_with_places(tree["city"], capacity=1, slots=1, remainder_open=False)
    unit_a = AllocationFactory(offering=offering, organization=tree["unit_a"], parent=root, slots=1)
    other = SessionFactory(offering=offering, capacity=1)
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    no_places = waiting(offering, woman(tree["unit_b"]), now)
    other_session = waiting(offering, woman(tree["unit_a"]), now + timedelta(seconds=1), session=other)
    fitting = waiting(offering, woman(tree["unit_a"]), now + timedelta(seconds=2))
    actions.cancel_booking(mine, by=her.user, now=now)
    states = [WaitingEntry.objects.unscoped().get(pk=e.pk).state for e in (no_places, other_session, fitting)]
    assert states == [WaitingState.WAITING, WaitingState.WAITING, WaitingState.OFFERED]
    assert counts(session, unit_a) == [1, 1]


def test_priority_comes_before_time(tree, now):
    offering, session, _root = offering_with_places(tree["city"], capacity=1)
    her = woman(tree["unit_a"])
    mine = booked(session, her, now)
    early = waiting(offering, woman(tree["unit_a"]), now)
    first = waiting(offering, woman(tree["unit_b"]), now + timedelta(hours=1), priority=1)
    actions.cancel_booking(mine, by=her.user, now=now + timedelta(hours=2))
    early.refresh_from_db(), first.refresh_from_db()
    assert (first.state, early.state) == (WaitingState.OFFERED, WaitingState.WAITING)


def test_leaving_the_list_declines_a_standing_offer(tree, now):
    offering, session, root = offering_with_places(tree["city"], capacity=1)
    her, first = woman(tree["unit_a"]), woman(tree["unit_a"])
    mine = booked(session, her, now)
    entry = waiting(offering, first, now)
    actions.cancel_booking(mine, by=her.user, now=now)
    for _ in range(2):
        left = actions.leave_waiting_list(entry, by=first.user, now=now)
    assert (left.state, left.booking.state) == (WaitingState.LEFT, BookingState.CANCELLED)
    assert counts(session, root) == [0, 0]


def test_joining_twice_is_joining_once_and_booking_leaves_the_list(tree, now):
    offering, session, _root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    entry = waiting(offering, her, now)
    assert waiting(offering, her, now) == entry
    actions.hold_place(session, worker=her, by=her.user, now=now)
    entry.refresh_from_db()
    assert entry.state == WaitingState.PROMOTED
    with pytest.raises(errors.AlreadyBooked):
        waiting(offering, her, now)


def test_places_given_to_a_union_reach_its_waiting_women_with_the_next_run(tree, now):
    offering, _session, root = offering_with_places(tree["city"], remainder_open=False)
    entry = waiting(offering, woman(tree["unit_a"]), now)
    assert actions.expire_due(now) == 0
    entry.refresh_from_db()
    assert entry.state == WaitingState.WAITING
    AllocationFactory(offering=offering, organization=tree["unit_a"], parent=root, slots=1)
    actions.expire_due(now)
    entry.refresh_from_db()
    assert entry.state == WaitingState.OFFERED


def test_no_hold_outlives_the_session_it_is_moved_to(tree, now):
    offering, session, _root = offering_with_places(tree["city"], offer_hours=24)
    her = woman(tree["unit_a"])
    offered = actions.hold_place(session, worker=her, by=her.user, now=now)
    Booking.objects.unscoped().filter(pk=offered.pk).update(
        state=BookingState.OFFERED, held_until=now + timedelta(hours=24)
    )
    soon = SessionFactory(offering=offering, starts_at=now + timedelta(hours=3))
    moved = actions.move_booking(offered, to=soon, by=her.user, now=now)
    assert moved.held_until == soon.starts_at
    moved.refresh_from_db()
    assert moved.held_until == soon.starts_at


def test_no_hold_outlives_a_session_that_is_put_earlier(tree, now):
    _offering, session, _root = offering_with_places(tree["city"], hold_minutes=600)
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    her, other = woman(tree["unit_a"]), woman(tree["unit_a"])
    held, kept = actions.hold_place(session, worker=her, by=her.user, now=now), booked(session, other, now)
    begin = now + timedelta(hours=2)
    actions.edit_session(session, by=officer, now=now, starts_at=begin, ends_at=begin + timedelta(hours=3))
    held.refresh_from_db()
    kept.refresh_from_db()
    assert (held.held_until, kept.held_until, kept.state) == (begin, None, BookingState.CONFIRMED)
    with pytest.raises(errors.HoldLapsed):
        actions.confirm_booking(held, by=her.user, now=begin)


def test_nobody_confirms_a_place_in_a_session_that_has_begun(tree, now):
    _offering, session, _root = offering_with_places(tree["city"])
    her = woman(tree["unit_a"])
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    Booking.objects.unscoped().filter(pk=held.pk).update(held_until=session.starts_at + timedelta(days=1))
    with pytest.raises(errors.SessionPast):
        actions.confirm_booking(held, by=her.user, now=session.starts_at)
