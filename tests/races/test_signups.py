"""Two women and one place, two phones at the door, a list and a scan at once: one of each, and the counters agree."""

import threading

import pytest

from services.bookings.actions import cancel_booking, check_in, confirm_booking, give_places
from services.bookings.models import Booking, BookingEvent, WaitingEntry
from services.bookings.queries.auditing import audit
from services.organizations.enums import Role
from services.signups import actions
from services.signups.models import Answers, Certificate, EvaluationSheet
from services.workers.actions.duplicates import merge_records
from tests.factories.signups import HALL, SignupWorld, officer
from tests.races.scene import at_once
from tests.races.test_withdrawing import uncommitted, until_locks_are_waited_for
from tests.screening.people import post

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SHEET = {"content": 5, "speakers": 5, "organizing": 5, "again": True}


def errors_in(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def test_the_last_place_goes_to_one_of_eight_women():
    world = SignupWorld(capacity=(1,))
    session, women = world.sessions[0], [world.woman() for _ in range(8)]

    def sign(her):
        held = actions.sign_up(
            world.activity, session=session, answers=world.answers(), worker=her, by=her.user, now=world.now
        )
        return confirm_booking(held, by=her.user, now=world.now)

    results = at_once([lambda her=her: sign(her) for her in women])
    assert errors_in(results) == []
    assert sum(isinstance(result, Booking) for result in results) == 1
    assert set(results) - {one for one in results if isinstance(one, Booking)} <= {"session_full", "no_places", "busy"}
    assert audit(world.activity.offering) == []


def test_who_finds_her_unions_places_gone_while_she_waits_signs_up_from_the_citys():
    world = SignupWorld(capacity=(3, 3))
    root = world.activity.offering.allocations.unscoped().select_related("organization").get(parent=None)
    give_places(root, to=world.tree["unit_a"], count=1, by=world.officer)
    first, second = world.woman(), world.woman()
    results: list[object] = []
    thread = threading.Thread(
        target=lambda: results.extend(at_once([lambda: world.signed_up(second, session=world.sessions[1])]))
    )
    with uncommitted(lambda: world.signed_up(first)):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    assert [getattr(result, "allocation_id", result) for result in results] == [root.pk]
    assert Answers.objects.unscoped().filter(worker__in=[first, second]).count() == 2
    assert audit(world.activity.offering) == []


def test_she_and_two_officers_who_sign_her_up_at_once_sign_her_up_once():
    world = SignupWorld(capacity=(3,))
    her, other = world.woman(), officer(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)

    def in_her_name(by):
        return actions.sign_up_for_her(
            world.activity,
            session=world.sessions[0],
            answers=world.answers(),
            worker=her,
            asked=True,
            by=by,
            now=world.now,
        ).pk

    jobs = [lambda: in_her_name(world.officer), lambda: in_her_name(other), lambda: world.signed_up(her).pk]
    results = at_once(jobs)
    assert errors_in(results) == []
    booking = Booking.objects.unscoped().get(worker=her)
    assert booking.state == "confirmed" and set(results) <= {booking.pk, "busy"}
    assert Answers.objects.own(worker=her).count() == 1
    assert audit(world.activity.offering) == []


def test_taken_off_the_list_and_offered_a_place_at_once_she_has_one_of_both():
    world = SignupWorld(capacity=(1,))
    booked, her = world.signed_up(), world.woman()
    entry = actions.join_waiting_list(
        world.activity, session=None, answers=world.answers(), worker=her, by=her.user, now=world.now
    )
    results = at_once(
        [
            lambda: actions.take_off_list(entry, asked=True, by=world.officer, now=world.now),
            lambda: cancel_booking(booked, by=booked.worker.user, now=world.now).state,
        ]
    )
    assert errors_in(results) == [] and results[1] == "cancelled"
    entry.refresh_from_db()
    got = Booking.objects.unscoped().filter(worker=her).exists()
    assert (entry.state == "left", got) == (results[0], not results[0])
    assert audit(world.activity.offering) == []


def test_checked_in_on_two_phones_and_by_list_at_once_she_came_once():
    world = SignupWorld(capacity=(3,))
    session, booking = world.sessions[0], world.signed_up()
    moment = session.starts_at
    scans = [lambda: check_in(token=booking.token, venue=session.venue, by=world.officer, now=moment)[0]] * 4
    lists = [
        lambda: actions.record_roster(
            world.activity, session=session, workers=[booking.worker], by=world.officer, now=moment
        )
    ] * 2
    results = at_once([*scans, *lists])
    assert errors_in(results) == []
    assert BookingEvent.objects.filter(booking=booking, verb="attended").count() == 1
    assert audit(world.activity.offering) == []


def test_two_lists_with_the_same_woman_seat_her_once():
    world = SignupWorld(capacity=(3,))
    session, her = world.sessions[0], world.woman(account=False)
    job = lambda: actions.record_roster(  # noqa: E731
        world.activity, session=session, workers=[her], by=world.officer, now=session.starts_at
    )
    results = at_once([job] * 4)
    assert errors_in(results) == []
    assert Booking.objects.unscoped().filter(worker=her, state="attended").count() == 1
    assert audit(world.activity.offering) == []


def test_capacity_changes_race_with_women_who_sign_up_and_cancel():
    world = SignupWorld(capacity=(4,))
    session = world.sessions[0]
    booked = [world.signed_up() for _ in range(3)]
    women = [world.woman() for _ in range(4)]

    def resize(places):
        return lambda: actions.edit_session(
            session,
            activity=world.activity,
            place=HALL,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            capacity=places,
            by=world.officer,
            now=world.now,
        )

    jobs = [resize(places) for places in (6, 5, 4)]
    jobs += [lambda b=b: cancel_booking(b, by=b.worker.user, now=world.now) for b in booked]
    jobs += [lambda her=her: world.signed_up(her) for her in women]
    results = at_once(jobs)
    assert errors_in(results) == []
    session.refresh_from_db()
    root = world.activity.offering.allocations.unscoped().get(parent=None)
    assert (root.slots, audit(world.activity.offering)) == (session.capacity, [])


def test_two_officers_issue_each_certificate_once_and_two_sheets_are_one():
    world = SignupWorld(capacity=(5,))
    came = [world.came() for _ in range(3)]
    issue = lambda: actions.issue_certificates(world.activity, by=world.officer, now=world.after())  # noqa: E731
    hand_in = lambda: actions.evaluate(came[0], by=came[0].worker.user, now=world.after(), **SHEET)  # noqa: E731
    results = at_once([issue, issue, hand_in, hand_in, hand_in])
    assert errors_in(results) == []
    assert sorted(results[:2]) == [0, 3] and sorted(map(str, results[2:])) == ["None"] + ["evaluation_given"] * 2
    assert (Certificate.objects.unscoped().count(), EvaluationSheet.objects.count()) == (3, 1)


@pytest.mark.parametrize("again", range(3))
def test_a_certificate_issued_while_two_records_become_one_is_hers_who_stays(again):
    world = SignupWorld(capacity=(5,))
    twins = [world.came(world.woman(account=False)) for _ in range(2)]
    stays = [world.woman() for _ in twins]
    keeper = post(world.home, Role.CASE_OFFICER)
    merges = [
        lambda twin=twin, into=into: (
            merge_records(twin.worker, into=into, taken=[], by=keeper, reason="看过身份证", now=world.after()).pk
        )
        for twin, into in zip(twins, stays, strict=True)
    ]
    issue = lambda: actions.issue_certificates(world.activity, by=world.officer, now=world.after())  # noqa: E731
    results = at_once([issue, *merges])
    assert results == [2, *(her.pk for her in stays)]
    assert set(Certificate.objects.unscoped().values_list("worker", flat=True)) == {her.pk for her in stays}


@pytest.mark.parametrize("again", range(3))
@pytest.mark.parametrize("take", ["sign_up", "join_waiting_list"])
def test_a_place_taken_while_two_records_become_one_is_hers_who_stays(take, again):
    world = SignupWorld(capacity=(5, 5))
    twins, stays = [world.woman() for _ in range(3)], [world.woman(account=False) for _ in range(3)]
    keeper = post(world.home, Role.CASE_OFFICER)
    merges = [
        lambda twin=twin, into=into: (
            merge_records(twin, into=into, taken=[], by=keeper, reason="看过身份证", now=world.now).pk
        )
        for twin, into in zip(twins, stays, strict=True)
    ]
    takes = [lambda twin=twin: _taken(world, take, twin) for twin in twins]
    results = at_once([*merges, *takes])
    assert results[:3] == [her.pk for her in stays]
    assert errors_in(results[3:]) == []
    rows = Booking if take == "sign_up" else WaitingEntry
    held = set(rows.objects.unscoped().values_list("worker", flat=True))
    assert held == {her.pk for her, result in zip(stays, results[3:], strict=True) if result != "busy"}
    assert set(Answers.objects.unscoped().values_list("worker", flat=True)) == held
    assert audit(world.activity.offering) == []


def _taken(world, take, her):
    given = {"session": world.sessions[0], "answers": world.answers(), "worker": her, "by": her.user, "now": world.now}
    return getattr(actions, take)(world.activity, **given).worker_id


@pytest.mark.parametrize("take", ["sign_up", "join_waiting_list"])
def test_who_signs_up_waits_for_a_merge_under_way_and_the_place_is_hers_who_stays(take):
    world = SignupWorld(capacity=(5,))
    twin, into = world.woman(), world.woman(account=False)
    keeper = post(world.home, Role.CASE_OFFICER)
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.extend(at_once([lambda: _taken(world, take, twin)])))
    with uncommitted(lambda: merge_records(twin, into=into, taken=[], by=keeper, reason="看过身份证", now=world.now)):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    assert results == [into.pk]


def test_certificates_wait_for_a_merge_under_way_and_go_to_the_record_that_stays():
    world = SignupWorld(capacity=(5,))
    twin, into = world.came(world.woman(account=False)), world.woman()
    keeper = post(world.home, Role.CASE_OFFICER)
    results: list[object] = []
    issue = lambda: actions.issue_certificates(world.activity, by=world.officer, now=world.after())  # noqa: E731
    thread = threading.Thread(target=lambda: results.extend(at_once([issue])))
    with uncommitted(
        lambda: merge_records(twin.worker, into=into, taken=[], by=keeper, reason="看过身份证", now=world.after())
    ):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    assert results == [1] and Certificate.objects.unscoped().get().worker_id == into.pk


def test_a_merge_waits_for_certificates_being_issued_and_takes_them_along():
    world = SignupWorld(capacity=(5,))
    twin, into = world.came(world.woman(account=False)), world.woman()
    keeper = post(world.home, Role.CASE_OFFICER)
    results: list[object] = []

    def merge():
        return merge_records(twin.worker, into=into, taken=[], by=keeper, reason="看过身份证", now=world.after()).pk

    thread = threading.Thread(target=lambda: results.extend(at_once([merge])))
    with uncommitted(lambda: actions.issue_certificates(world.activity, by=world.officer, now=world.after())):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    assert results == [into.pk] and Certificate.objects.unscoped().get().worker_id == into.pk
