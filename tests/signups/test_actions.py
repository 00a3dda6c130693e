"""From creating an activity to its certificates: what each step does, and what it refuses with nothing lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.bookings import errors as booking_errors
from services.bookings.actions import cancel_booking, check_in, expire_due, move_booking, record_absences
from services.bookings.actions.leaving import give_up_on_departure
from services.bookings.enums import BookingState, ProviderKind, ScanOutcome, WaitingState
from services.bookings.models import Allocation, Booking, BookingEvent, Provider, Session
from services.bookings.queries.auditing import audit
from services.messaging.models import Message
from services.organizations.enums import Role
from services.signups import actions, errors
from services.signups.models import Answers, Certificate, EvaluationGiven, EvaluationSheet, Question
from services.signups.queries import live
from services.signups.queries.evaluation import results_of
from services.signups.queries.hours import trained_for, transcript_of
from tests.factories.bookings import ProviderFactory
from tests.factories.signups import HALL, SignupWorld, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SignupWorld()


def root(world) -> Allocation:
    return Allocation.objects.unscoped().get(offering=world.activity.offering, parent=None)


def keys_of(key: str) -> int:
    """How often it was said to women with an account."""
    return Message.objects.filter(key=key, channel="in_site").count()


def test_the_places_follow_what_the_sessions_hold(world):
    assert (root(world).slots, audit(world.activity.offering)) == (12, [])
    first, second = world.sessions
    told = {"activity": world.activity, "place": HALL, "by": world.officer, "now": world.now}
    actions.edit_session(first, starts_at=first.starts_at, ends_at=first.ends_at, capacity=15, **told)
    assert root(world).slots == 17
    actions.edit_session(first, starts_at=first.starts_at, ends_at=first.ends_at, capacity=4, **told)
    actions.remove_session(second, activity=world.activity, by=world.officer, now=world.now)
    actions.remove_session(second, activity=world.activity, by=world.officer, now=world.now)
    assert (root(world).slots, audit(world.activity.offering)) == (4, [])


def test_a_capacity_below_what_is_taken_is_refused_with_who_stands_in_the_way(world):
    booking = world.signed_up()
    world.signed_up()
    first = world.sessions[0]
    change = {"activity": world.activity, "place": HALL, "by": world.officer, "now": world.now}
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    with pytest.raises(booking_errors.CapacityBelowTaken) as refused:
        actions.edit_session(first, capacity=1, **times, **change)
    assert booking.pk in {one.pk for one in [*refused.value.bookings, booking]}
    past = {"starts_at": world.now - timedelta(hours=3), "ends_at": world.now - timedelta(hours=1)}
    with pytest.raises(booking_errors.IntoThePast):
        actions.edit_session(first, capacity=10, **past, **change)
    first.refresh_from_db()
    assert (first.capacity, first.taken, root(world).slots) == (10, 2, 12)


def test_a_session_in_the_past_is_not_added_and_one_name_is_one_place(world):
    with pytest.raises(errors.SessionInThePast):
        world.session(days=-1)
    with pytest.raises(errors.PlaceElsewhere) as refused:
        world.session(days=30, place=HALL | {"address": "另一条路9号"})
    assert "示例路1号" in refused.value.message(staff=True)
    assert world.activity.offering.sessions.count() == 2
    assert Provider.objects.get(kind=ProviderKind.OWN).name == world.home.name


def test_a_clinic_of_the_organisation_s_name_is_in_nobody_s_way():
    world = SignupWorld(capacity=(), is_open=False)
    ProviderFactory(organization=world.home, name=world.home.name)
    assert world.session(days=3).venue.provider.kind == ProviderKind.OWN


@pytest.mark.parametrize(
    ("basics", "refusal"),
    [
        ({"kind": "event", "form": "class"}, errors.FormMismatch),
        ({"kind": "training", "form": ""}, errors.FormMismatch),
        ({"kind": "event", "form": "", "hours": 3}, errors.FormMismatch),
        ({"kind": "training", "form": "symposium", "hours": 0}, errors.HoursMissing),
    ],
)
def test_a_training_has_one_of_three_forms_and_hours_and_nothing_else_has(world, basics, refusal):
    with pytest.raises(refusal):
        world.create(**basics)


def test_only_officers_of_the_organiser_run_it(world):
    for stranger in (officer(world.tree["county_a"]), officer(world.home, Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            actions.close_activity(world.activity, by=stranger, now=world.now)
        with pytest.raises(PermissionDenied):
            actions.issue_certificates(world.activity, by=stranger, now=world.now)


def test_a_sensitive_question_is_refused_and_a_removed_one_keeps_its_answers(world):
    with pytest.raises(errors.SensitiveQuestion):
        world.ask("short_text", "身份证号码", [])
    with pytest.raises(errors.SensitiveQuestion):
        world.ask("choice", "参加原因", ["患病康复", "其他"])
    with pytest.raises(errors.ChoicesMissing):
        world.ask("choice", "职务", ["主任"])
    her = world.signed_up().worker
    answered, unanswered = world.activity.questions.get(kind="choice"), world.activity.questions.get(kind="short_text")
    for question in (answered, unanswered):
        actions.remove_question(question, by=world.officer)
    assert Question.objects.get(pk=answered.pk).retired and not Question.objects.filter(pk=unanswered.pk).exists()
    assert Answers.objects.own(worker=her).get().values[answered.token] == "委员"
    for number in range(7):
        world.ask("number", f"第{number}问", [])
    with pytest.raises(errors.TooManyQuestions):
        world.ask("number", "再问一个", [])


def test_without_an_answer_no_place_is_taken(world):
    her = world.woman()
    with pytest.raises(errors.AnswersWrong) as refused:
        actions.sign_up(
            world.activity,
            session=world.sessions[0],
            answers=world.answers() | {world.activity.questions.get(kind="yes_no").token: ""},
            worker=her,
            by=her.user,
            now=world.now,
        )
    assert [(question.kind, code) for question, code in refused.value.faults] == [("yes_no", "unanswered")]
    assert (world.sessions[0].taken, Answers.objects.unscoped().count()) == (0, 0)


def test_twice_is_once_and_too_late_is_said(world):
    booking = world.signed_up()
    her = booking.worker
    again = {"answers": world.answers(), "worker": her, "by": her.user}
    same = actions.sign_up(world.activity, session=world.sessions[0], now=world.now, **again)
    assert (same.pk, world.sessions[0].taken) == (booking.pk, 1)
    with pytest.raises(booking_errors.AlreadyBooked):
        actions.sign_up(world.activity, session=world.sessions[1], now=world.now, **again)
    late = world.activity.offering.closes_at
    other = world.woman()
    with pytest.raises(booking_errors.WindowClosed):
        actions.sign_up(
            world.activity, session=world.sessions[0], answers=world.answers(), worker=other, by=other.user, now=late
        )
    assert booking.number.startswith("HD-")


def test_a_full_session_has_a_list_and_a_freed_place_is_offered_to_the_first(world):
    small = world.sessions[1]
    first, _second = world.signed_up(session=small), world.signed_up(session=small)
    waits = world.woman()
    entry = actions.join_waiting_list(
        world.activity, session=small, answers=world.answers(), worker=waits, by=waits.user, now=world.now
    )
    assert Answers.objects.own(worker=waits).exists()
    cancel_booking(first, by=first.worker.user, now=world.now)
    entry.refresh_from_db()
    assert (entry.state, entry.booking.worker_id) == (WaitingState.OFFERED, waits.pk)
    assert not Answers.objects.own(worker=first.worker).exists()
    assert Message.objects.filter(key="bookings-offered", link__contains="/activities/mine/").exists()
    expire_due(world.now + timedelta(days=3))
    assert (Session.objects.get(pk=small.pk).taken, audit(world.activity.offering)) == (1, [])


def test_she_moves_and_cancels_until_the_cut_off(world):
    booking = world.signed_up()
    moved = move_booking(booking, to=world.sessions[1], by=booking.worker.user, now=world.now)
    assert moved.session_id == world.sessions[1].pk and Answers.objects.own(worker=booking.worker).exists()
    with pytest.raises(booking_errors.PastCutoff):
        cancel_booking(moved, by=booking.worker.user, now=moved.session.starts_at - timedelta(hours=1))


def test_the_officer_scans_on_each_day_of_a_session_and_a_second_scan_changes_nothing():
    world = SignupWorld(capacity=(5,))
    session = world.sessions[0]
    Session.objects.filter(pk=session.pk).update(ends_at=session.starts_at + timedelta(days=2))
    booking = world.signed_up()
    scan = {"token": booking.token, "venue": session.venue, "by": world.officer}
    early, _ = check_in(now=session.starts_at - timedelta(days=1), **scan)
    second_day, _ = check_in(now=session.starts_at + timedelta(days=1), **scan)
    again, _ = check_in(now=session.starts_at + timedelta(days=1, minutes=1), **scan)
    assert (early, second_day, again) == (ScanOutcome.WRONG_DAY, ScanOutcome.CHECKED_IN, ScanOutcome.ALREADY)
    assert BookingEvent.objects.filter(booking=booking, verb="attended").count() == 1
    with pytest.raises(PermissionDenied):
        check_in(now=world.now, **scan | {"by": officer(world.tree["county_b"])})


def test_a_list_checks_in_who_signed_up_and_seats_who_came_without(world):
    booked, without = world.signed_up(), world.woman("unit_c", account=False)
    first = world.sessions[0]
    told = {"session": first, "by": world.officer}
    with pytest.raises(booking_errors.NotBegun):
        actions.record_roster(world.activity, workers=[without], now=world.now, **told)
    women = [booked.worker, without]
    assert actions.record_roster(world.activity, workers=women, now=world.after(), **told) == 2
    assert actions.record_roster(world.activity, workers=women, now=world.after(), **told) == 0
    states = Booking.objects.unscoped().filter(session=first).values_list("state", flat=True)
    assert set(states) == {BookingState.ATTENDED} and len(states) == 2
    assert (Session.objects.get(pk=first.pk).taken, audit(world.activity.offering)) == (2, [])


def test_a_list_never_oversells_a_session(world):
    small = world.sessions[1]
    women = [world.woman(account=False) for _ in range(3)]
    with pytest.raises(booking_errors.SessionFull):
        actions.record_roster(world.activity, session=small, workers=women, by=world.officer, now=world.after(small))
    assert (Booking.objects.unscoped().count(), audit(world.activity.offering)) == (0, [])


def test_certificates_go_to_those_who_came_once_and_one_can_be_declared_invalid(world):
    booking, absent = world.came(), world.signed_up()
    with pytest.raises(errors.CertificatesEarly):
        actions.issue_certificates(world.activity, by=world.officer, now=world.now)
    record_absences(world.sessions[0], by=world.officer, now=world.after())
    assert actions.issue_certificates(world.activity, by=world.officer, now=world.after()) == 1
    assert actions.issue_certificates(world.activity, by=world.officer, now=world.after()) == 0
    certificate = Certificate.objects.unscoped().get()
    assert (certificate.booking_id, certificate.hours, certificate.title) == (booking.pk, 16, world.activity.title)
    assert keys_of("signups-certificate") == 1 and not hasattr(absent, "certificate")
    with pytest.raises(errors.RevocationReasonMissing):
        actions.revoke_certificate(certificate, reason=" ", by=world.officer, now=world.after())
    actions.revoke_certificate(certificate, reason="代签到", by=world.officer, now=world.after())
    with pytest.raises(errors.RevokedAlready):
        actions.revoke_certificate(certificate, reason="代签到", by=world.officer, now=world.after())


def test_an_event_without_certificates_issues_none():
    world = SignupWorld(kind="event", form="", hours=0, certificates=False, questions=False)
    world.came()
    with pytest.raises(errors.NoCertificates):
        actions.issue_certificates(world.activity, by=world.officer, now=world.after())


SHEET = {"content": 5, "speakers": 4, "organizing": 3, "again": True}


def test_a_sheet_is_anonymous_handed_in_once_and_in_time(world):
    booking, other = world.came(), world.signed_up()
    by = booking.worker.user
    with pytest.raises(errors.EvaluationEarly):
        actions.evaluate(booking, by=by, now=world.now, **SHEET)
    with pytest.raises(errors.NotAttended):
        other.offering = booking.offering
        actions.evaluate(other, by=other.worker.user, now=world.after(), **SHEET)
    with pytest.raises(PermissionDenied):
        actions.evaluate(booking, by=world.officer, now=world.after(), **SHEET)
    with pytest.raises(errors.CommentTells):
        actions.evaluate(booking, by=by, now=world.after(), comment="请打 19900001234", **SHEET)
    actions.evaluate(booking, by=by, now=world.after(), comment="很好", **SHEET)
    with pytest.raises(errors.EvaluationGivenAlready):
        actions.evaluate(booking, by=by, now=world.after(), **SHEET)
    assert (EvaluationSheet.objects.count(), EvaluationGiven.objects.count()) == (1, 1)
    leads = {field.related_model._meta.label for field in EvaluationSheet._meta.fields if field.is_relation}
    moments = [f.name for f in EvaluationSheet._meta.fields if f.get_internal_type() in ("DateTimeField", "DateField")]
    assert (leads, moments) == ({"signups.Activity"}, [])
    late = world.came()
    with pytest.raises(errors.EvaluationOver):
        actions.evaluate(late, by=late.worker.user, now=world.after(days=15), **SHEET)


def test_results_are_told_all_at_once_after_the_end_and_never_of_a_few():
    world = SignupWorld(capacity=(20,), questions=False)
    for number in range(4):
        EvaluationSheet.objects.create(activity=world.activity, **SHEET | {"content": 5 - number % 2})
    assert results_of(world.activity, now=world.after()).until == world.after(days=14)
    over = world.after(days=14)
    assert results_of(world.activity, now=over).sheets is None
    for number in range(8):
        EvaluationSheet.objects.create(activity=world.activity, comment="好", **SHEET | {"content": 5 - number % 2})
    told = results_of(world.activity, now=over)
    assert (told.sheets, told.tallies["content"].counts[5], told.tallies["content"].mean) == (12, 6, "4.5")
    assert set(told.tallies["speakers"].counts.values()) == {None}
    assert told.comments == ["好"] * 8


def test_hours_are_counted_for_those_who_came_by_year(world):
    booking = world.came()
    world.signed_up()
    (year,) = transcript_of(booking.worker)
    assert (year.year, year.hours, [one.pk for one in year.attended]) == (world.activity.year, 16, [booking.pk])
    (row,) = trained_for(world.officer, world.activity.year)
    assert (row.pk, row.trainings, row.hours) == (booking.worker_id, 1, 16)
    assert list(trained_for(world.officer, world.activity.year - 1)) == []
    assert list(trained_for(officer(world.tree["county_b"]), world.activity.year)) == []


def test_reminders_and_the_question_afterwards_go_out_once(world):
    booking, came = world.signed_up(), world.came()
    before = world.sessions[0].starts_at - timedelta(hours=20)
    assert [actions.remind_of_activities(now=before) for _ in range(2)] == [1, 0]
    assert keys_of("signups-reminder") == 1
    assert [actions.ask_for_evaluations(now=world.after()) for _ in range(2)] == [1, 0]
    message = Message.objects.filter(key="signups-evaluate").first()
    assert message.recipient_id == came.worker.user_id and came.token in message.link
    assert booking.token not in message.link


def test_answers_are_forgotten_half_a_year_after_the_last_session(world):
    world.signed_up()
    assert actions.forget_answers(now=world.after(days=100)) == 0
    assert actions.forget_answers(now=world.after(days=200)) == 1


def test_the_live_state_follows_the_places(world):
    def state():
        return live.state_of(world.activity.pk, now=world.now)

    assert (state().phase, state().left, state().url) == ("open", 12, f"/activities/{world.activity.code}/")
    assert [one.pk for one in live.ahead(world.now)] == [world.activity.pk]
    small = SignupWorld.session(world, days=40, capacity=1)
    assert state().left == 13 and small.left == 1
    actions.close_activity(world.activity, by=world.officer, now=world.now)
    assert (state().phase, list(live.ahead(world.now))) == ("closed", [])
    assert live.state_of(SignupWorld.create(world).pk, now=world.now) is None


def test_a_woman_of_another_county_has_no_place_in_a_county_s_own_activity():
    world = SignupWorld(organization="county_a")
    her = world.woman("unit_c")
    with pytest.raises(booking_errors.NoPlacesForUnit):
        actions.sign_up(
            world.activity,
            session=world.sessions[0],
            answers=world.answers(),
            worker=her,
            by=her.user,
            now=world.now,
        )


def test_leaving_her_unit_gives_her_place_back(world):
    booking = world.signed_up()
    assert give_up_on_departure(booking.worker, by=world.officer, now=world.now) == 1
    assert world.sessions[0].taken == 0
