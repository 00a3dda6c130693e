"""Sessions, allocations and their ledger."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.actions import checking
from services.bookings.enums import BookingState, EntryKind, OfferingState, WaitingState
from services.bookings.models import Allocation, AllocationEntry, Booking, PlacesFault, Session
from services.bookings.queries import places_for, places_left
from services.bookings.queries.auditing import Difference, audit
from services.bookings.tasks import audit_all_places, audit_places
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import OfferingFactory, SessionFactory, VenueFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


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
def offering(tree):
    return OfferingFactory(organization=tree["city"])


def woman(unit):
    return WorkerFactory(organization=unit, user=WorkerUserFactory())


def booked(session, her, now):
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


def balances(offering):
    rows = Allocation.objects.unscoped().filter(offering=offering).order_by("organization__path")
    return [(row.organization.code, row.slots, row.passed_down, row.used) for row in rows]


def test_places_go_down_and_come_back_and_the_ledger_rebuilds_them(offering, tree, officer):
    root = actions.open_places(offering, slots=100, by=officer)
    county = actions.give_places(root, to=tree["county_a"], count=60, by=officer, reason="by members")
    unit = actions.give_places(county, to=tree["unit_a"], count=25, by=officer)
    actions.return_places(unit, count=5, by=officer)
    actions.reclaim_places(county, count=10, by=officer, reason="not used in time")
    assert balances(offering) == [("T", 100, 50, 0), ("T-A", 50, 20, 0), ("T-A-1-1", 20, 0, 0)]
    lines = AllocationEntry.objects.filter(allocation=county).values_list("kind", "change", "slots_after")
    assert list(lines) == [
        (EntryKind.RECEIVED, 60, 60),
        (EntryKind.GIVEN, 25, 60),
        (EntryKind.RETURNED, -5, 60),
        (EntryKind.RECLAIMED, -10, 50),
    ]
    assert audit(offering) == []
    replayed = sum(AllocationEntry.objects.filter(allocation=unit).values_list("change", flat=True))
    assert replayed == Allocation.objects.unscoped().get(pk=unit.pk).slots


def test_nothing_can_be_given_twice_sideways_or_upward(offering, tree, officer):
    root = actions.open_places(offering, slots=10, by=officer)
    county = actions.give_places(root, to=tree["county_a"], count=6, by=officer)
    with pytest.raises(errors.NotEnoughLeft) as refusal:
        actions.give_places(root, to=tree["county_b"], count=5, by=officer)
    assert refusal.value.context == {"left": 4, "asked": 5}
    for target in (tree["unit_c"], tree["county_a"], tree["city"]):
        with pytest.raises(errors.NotBelow):
            actions.give_places(county, to=target, count=1, by=officer)
    with pytest.raises(errors.NotBelow):
        actions.return_places(root, count=1, by=officer)
    with pytest.raises(errors.CountNotPositive):
        actions.give_places(county, to=tree["unit_a"], count=0, by=officer)
    assert balances(offering) == [("T", 10, 6, 0), ("T-A", 6, 0, 0)]


def test_used_places_are_out_of_reach_of_reclaiming(offering, tree, officer, now):
    root = actions.open_places(offering, slots=2, by=officer)
    unit = actions.give_places(root, to=tree["unit_a"], count=2, by=officer)
    booked(SessionFactory(offering=offering), woman(tree["unit_a"]), now)
    with pytest.raises(errors.NotEnoughLeft):
        actions.reclaim_places(unit, count=2, by=officer)
    actions.reclaim_places(unit, count=1, by=officer)
    with pytest.raises(errors.NotEnoughLeft):
        actions.open_places(offering, slots=-2, by=officer)
    assert (places_for(offering, tree["unit_a"]), places_for(offering, tree["unit_c"])) == (1, 1)


def test_only_officers_over_the_giving_organisation_give(offering, tree, officer):
    root = actions.open_places(offering, slots=10, by=officer)
    county = actions.give_places(root, to=tree["county_a"], count=5, by=officer)
    local = AssignmentFactory(organization=tree["county_b"], role=Role.FEDERATION_OFFICER).user
    grassroots = AssignmentFactory(organization=tree["county_a"], role=Role.GRASSROOTS_OFFICER).user
    for stranger in (local, grassroots, StaffFactory()):
        with pytest.raises(PermissionDenied):
            actions.give_places(county, to=tree["unit_a"], count=1, by=stranger)
        with pytest.raises(PermissionDenied):
            actions.reclaim_places(county, count=1, by=stranger)
    actions.return_places(county, count=1, by=grassroots)
    assert balances(offering) == [("T", 10, 4, 0), ("T-A", 4, 0, 0)]


def test_a_union_receives_from_one_giver_only(offering, tree, officer):
    root = actions.open_places(offering, slots=10, by=officer)
    county = actions.give_places(root, to=tree["county_a"], count=5, by=officer)
    actions.give_places(root, to=tree["unit_a"], count=1, by=officer)
    with pytest.raises(errors.AnotherGiver) as refusal:
        actions.give_places(county, to=tree["unit_a"], count=1, by=officer)
    assert refusal.value.context == {"giver": "示例市总工会"}


def test_the_audit_finds_a_wrong_counter_and_the_command_fails(offering, tree, officer, capsys):
    root = actions.open_places(offering, slots=10, by=officer)
    session = SessionFactory(offering=offering)
    call_command("audit_places")
    Session.objects.filter(pk=session.pk).update(taken=1)
    Allocation.objects.unscoped().filter(pk=root.pk).update(used=2)
    assert [(d.kind, d.counter, d.stored, d.counted) for d in audit(offering)] == [
        ("session", "taken", 1, 0),
        ("allocation", "used", 2, 0),
        ("allocation", "used in the ledger's replay", 2, 0),
    ]
    with pytest.raises(CommandError) as failure:
        call_command("audit_places")
    assert failure.value.returncode == 1


def test_beat_finds_a_wrong_counter_says_so_in_the_log_and_remembers_it_until_it_is_right(
    offering, tree, officer, now, caplog
):
    """Every hour, by keys and numbers alone."""
    actions.open_places(offering, slots=10, by=officer)
    session = SessionFactory(offering=offering)
    assert settings.CELERY_BEAT_SCHEDULE["audit-places"] == {
        "task": "services.bookings.tasks.audit_places",
        "schedule": 3600.0,
    }
    assert audit_places() == 0
    assert (PlacesFault.objects.count(), caplog.records) == (0, [])
    Session.objects.filter(pk=session.pk).update(taken=1)
    assert [audit_places() for _ in range(2)] == [1, 1]
    fault = PlacesFault.objects.get()
    assert (fault.offering, fault.count, fault.since < fault.checked_at) == (offering, 1, True)
    said = caplog.records[0]
    assert said.levelname == "ERROR"
    assert said.getMessage() == (
        f"Counters of places disagree: offering {offering.pk}, session {session.pk}: taken is 1, counted 0"
    )
    Session.objects.filter(pk=session.pk).update(taken=0)
    assert audit_places() == 0
    assert not PlacesFault.objects.exists()


def test_a_difference_that_a_second_look_does_not_find_is_no_fault(offering, monkeypatch):
    """A booking was being made while the counters were read."""
    passing, lasting = Difference("session", 1, "taken", 1, 0), Difference("session", 2, "taken", 1, 0)
    looks = iter([{offering.pk: [passing, lasting]}, {offering.pk: [lasting]}])
    monkeypatch.setattr(checking, "audit_many", lambda offerings: next(looks))
    assert checking.lasting_differences([offering.pk]) == {offering.pk: [lasting]}


def test_every_hour_what_moved_is_recounted_and_every_night_everything(offering, tree, officer, now, monkeypatch):
    """What nothing tells of, as two sessions whose counters are wrong by one each, is found by the night's."""
    recounted = []
    audit_many = checking.audit_many
    monkeypatch.setattr(checking, "audit_many", lambda keys: recounted.append(sorted(keys)) or audit_many(keys))
    root = actions.open_places(offering, slots=10, by=officer)
    actions.give_places(root, to=tree["unit_a"], count=4, by=officer)
    sessions = [SessionFactory(offering=offering) for _ in range(2)]
    other, _session, _root = offering_with_places(tree["city"])
    for expected in ([offering.pk, other.pk], None):
        recounted.clear()
        assert audit_places() == 0
        assert recounted == ([expected] if expected else [])
    booked(sessions[0], woman(tree["unit_a"]), now)
    booked(sessions[1], woman(tree["unit_a"]), now)
    assert (audit_places(), recounted) == (0, [[offering.pk]])
    Session.objects.filter(pk=sessions[0].pk).update(taken=0)
    Session.objects.filter(pk=sessions[1].pk).update(taken=2)
    recounted.clear()
    assert (audit_places(), recounted) == (0, [])
    assert settings.CELERY_BEAT_SCHEDULE["audit-all-places"]["task"] == "services.bookings.tasks.audit_all_places"
    assert audit_all_places() == 1
    assert audit_places() == 1
    Session.objects.filter(offering=offering).update(taken=1)
    assert (audit_places(), PlacesFault.objects.count()) == (0, 0)


@pytest.mark.parametrize("everything", [False, True])
def test_the_audit_costs_the_same_however_many_offerings_there_are(tree, now, everything):
    def queries(number: int) -> int:
        for _ in range(number):
            _offering, session, _root = offering_with_places(tree["city"])
            Session.objects.filter(pk=session.pk).update(taken=1)
        with CaptureQueriesContext(connection) as asked:
            assert actions.check_places(now=now, everything=everything) > 0
        return len(asked)

    queries(1)
    assert queries(1) == queries(20)


def test_capacity_below_taken_names_the_bookings_in_the_way(offering, tree, officer, now):
    actions.open_places(offering, slots=10, by=officer)
    session = SessionFactory(offering=offering, capacity=3)
    made = [booked(session, woman(tree["unit_a"]), now + timedelta(seconds=n)) for n in range(3)]
    with pytest.raises(errors.CapacityBelowTaken) as refusal:
        actions.edit_session(session, capacity=1, by=officer, now=now)
    assert refusal.value.context == {"capacity": 1, "taken": 3, "affected": 2}
    assert refusal.value.bookings == [made[2], made[1]]
    session.refresh_from_db()
    assert session.capacity == 3


def test_more_capacity_reaches_the_waiting_list_in_the_same_breath(offering, tree, officer, now):
    actions.open_places(offering, slots=10, by=officer)
    session = SessionFactory(offering=offering, capacity=1)
    booked(session, woman(tree["unit_a"]), now)
    entries = []
    for n in range(3):
        her = woman(tree["unit_b"])
        moment = now + timedelta(seconds=n)
        entries.append(actions.join_waiting_list(offering, worker=her, by=her.user, now=moment))
    edited = actions.edit_session(session, capacity=3, by=officer, now=now)
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == [WaitingState.OFFERED, WaitingState.OFFERED, WaitingState.WAITING]
    assert (edited.taken, edited.capacity) == (3, 3)
    added = actions.add_session(
        offering,
        venue=VenueFactory(),
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=2),
        capacity=5,
        by=officer,
        now=now,
    )
    entries[2].refresh_from_db()
    assert (entries[2].state, added.taken) == (WaitingState.OFFERED, 1)


def test_a_new_time_is_told_to_everybody_booked(offering, tree, officer, now):
    actions.open_places(offering, slots=10, by=officer)
    session = SessionFactory(offering=offering)
    her = woman(tree["unit_a"])
    booked(session, her, now)
    later = session.starts_at + timedelta(hours=1)
    actions.edit_session(session, starts_at=later, ends_at=later + timedelta(hours=3), by=officer, now=now)
    assert Message.objects.filter(key="bookings-moved", channel="in_site", recipient=her.user).count() == 1


def test_sessions_that_clash_or_end_before_they_start_are_refused(offering, officer, now):
    session = SessionFactory(offering=offering)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    with pytest.raises(errors.SessionExists):
        actions.add_session(offering, venue=session.venue, capacity=1, by=officer, now=now, **times)
    with pytest.raises(errors.SessionWindow):
        actions.edit_session(session, ends_at=session.starts_at, by=officer, now=now)


def test_a_session_goes_only_when_nobody_has_a_place_in_it(offering, tree, officer, now):
    actions.open_places(offering, slots=10, by=officer)
    used, unused = SessionFactory(offering=offering), SessionFactory(offering=offering)
    her = woman(tree["unit_a"])
    mine = booked(used, her, now)
    with pytest.raises(errors.SessionInUse):
        actions.remove_session(used, by=officer, now=now)
    for _ in range(2):
        actions.remove_session(unused, by=officer, now=now)
    assert not Session.objects.filter(pk=unused.pk).exists()
    actions.cancel_booking(mine, by=her.user, now=now)
    actions.remove_session(used, by=officer, now=now)
    used.refresh_from_db()
    assert (used.capacity, Booking.objects.unscoped().get(pk=mine.pk).state) == (0, BookingState.CANCELLED)


def test_opening_needs_a_window_and_a_session_ahead(tree, officer, now):
    offering = OfferingFactory(organization=tree["city"], state=OfferingState.DRAFT)
    with pytest.raises(errors.NotReady):
        actions.open_offering(offering, by=officer, now=now)
    SessionFactory(offering=offering)
    assert actions.open_offering(offering, by=officer, now=now).state == OfferingState.OPEN
    assert actions.close_offering(offering, by=officer, now=now).state == OfferingState.CLOSED
    with pytest.raises(PermissionDenied):
        actions.open_offering(offering, by=StaffFactory(), now=now)


def test_the_public_number_is_the_smaller_of_places_and_seats(offering, tree, officer, now):
    actions.open_places(offering, slots=3, by=officer)
    session = SessionFactory(offering=offering, capacity=10)
    assert places_left(offering, now) == 3
    booked(session, woman(tree["unit_a"]), now)
    assert places_left(offering, now) == 2
    actions.edit_session(session, capacity=2, by=officer, now=now)
    assert places_left(offering, now) == 1
    assert places_left(offering, session.starts_at) == 0


def test_absent_women_give_their_places_back_after_the_session(offering, tree, officer, now):
    root = actions.open_places(offering, slots=3, by=officer)
    session = SessionFactory(offering=offering)
    missing = booked(session, woman(tree["unit_a"]), now)
    with pytest.raises(errors.NotOver):
        actions.record_absences(session, by=officer, now=session.starts_at)
    assert [actions.record_absences(session, by=officer, now=session.ends_at) for _ in range(2)] == [1, 0]
    missing.refresh_from_db(), root.refresh_from_db()
    assert (missing.state, root.used) == (BookingState.NO_SHOW, 0)
    assert audit(offering) == []


def test_places_given_to_a_union_reach_its_waiting_women_before_any_newcomer():
    tree, now = small_tree(), timezone.now()
    offering, session, root = offering_with_places(tree["city"], slots=3, remainder_open=False, offer_hours=0)
    women = [WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory()) for _ in range(3)]
    entries = [
        actions.join_waiting_list(offering, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate(women)
    ]
    by = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    below = actions.give_places(root, to=tree["unit_a"], count=2, by=by)
    assert (below.slots, below.used, below.left) == (2, 2, 0)
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == ["promoted", "promoted", "waiting"]
    session.refresh_from_db()
    assert session.taken == 2
