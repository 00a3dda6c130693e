"""Who didn't come: marking, correcting, excusing, and what it means for the next booking."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from services.bookings import actions, errors, rules
from services.bookings.enums import BookingState, Missed
from services.bookings.models import Booking, BookingEvent, MissedPlace, Offering, Session, VenueOperator
from services.bookings.queries import conduct_of, missed_days
from services.bookings.queries.auditing import audit
from services.bookings.tasks import mark_absent
from services.foundation.verdict import Outcome
from services.organizations.enums import Role
from services.screening.models import PastScreening
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.screening import ProgrammeFactory
from tests.factories.workers import WorkerFactory

db = pytest.mark.django_db
ON = date(2026, 12, 1)


def terms(**changes):
    """Two missed places within a year, and she can't book for 30 days."""
    said = {
        "late_cancel_hours": 48,
        "consequence": rules.PAUSE,
        "missed_limit": 2,
        "missed_months": 12,
        "pause_days": 30,
        "conduct_source": "",
    }
    return SimpleNamespace(**said | changes)


@pytest.mark.parametrize(
    ("missed", "consequence", "outcome"),
    [
        ([], rules.PAUSE, Outcome.PASSED),
        ([date(2026, 11, 20)], rules.PAUSE, Outcome.PASSED),
        ([date(2026, 6, 1), date(2026, 11, 20)], rules.PAUSE, Outcome.FAILED),
        ([date(2026, 6, 1), date(2026, 11, 2)], rules.PAUSE, Outcome.FAILED),  # the 29th day
        ([date(2026, 6, 1), date(2026, 11, 1)], rules.PAUSE, Outcome.PASSED),  # the 30th day is free
        ([date(2025, 12, 1), date(2026, 11, 20)], rules.PAUSE, Outcome.PASSED),  # a year old to the day
        ([date(2025, 12, 2), date(2026, 11, 20)], rules.PAUSE, Outcome.FAILED),
        ([date(2026, 6, 1), date(2026, 11, 20)], rules.NO_CONSEQUENCE, Outcome.PASSED),
        ([date(2026, 6, 1), date(2026, 11, 20)], rules.WARNING, Outcome.NOTE),
        ([date(2026, 6, 1), date(2026, 11, 20)], rules.BEHIND, Outcome.NOTE),
    ],
)
def test_what_follows_from_missed_places(missed, consequence, outcome):
    finding = rules.conduct(missed, terms(consequence=consequence), on=ON)
    assert (finding.outcome, finding.source) == (outcome, "DESIGN")
    assert rules.waits_behind(finding) == (consequence == rules.BEHIND)


def test_a_pause_ends_when_the_first_of_them_grows_too_old_if_that_is_sooner():
    finding = rules.conduct([date(2025, 12, 3), date(2026, 11, 20)], terms(), on=ON)
    assert finding.figures["until"] == "2026-12-03"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.dates(date(2025, 1, 1), ON), max_size=6),
    st.integers(1, 4),
    st.integers(1, 24),
    st.integers(1, 90),
)
def test_a_pause_is_over_on_the_day_it_names_and_stands_the_day_before(missed, limit, months, days):
    said = terms(missed_limit=limit, missed_months=months, pause_days=days)
    finding = rules.conduct(missed, said, on=ON)
    if finding.outcome is not Outcome.FAILED:
        return
    until = date.fromisoformat(finding.figures["until"])
    assert rules.conduct(missed, said, on=until).outcome is Outcome.PASSED
    assert rules.conduct(missed, said, on=until - timedelta(days=1)).outcome is Outcome.FAILED


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dates(date(2025, 1, 1), ON), max_size=6), st.data())
def test_an_excuse_never_makes_it_worse(missed, data):
    if not missed:
        return
    excused = [day for place, day in enumerate(missed) if place != data.draw(st.integers(0, len(missed) - 1))]
    order = [Outcome.PASSED, Outcome.NOTE, Outcome.FAILED]
    before, after = (rules.conduct(days, terms(), on=ON).outcome for days in (missed, excused))
    assert order.index(after) <= order.index(before)


def test_exactly_so_many_hours_before_is_still_in_time():
    starts = timezone.now()
    edge = starts - timedelta(hours=48)
    assert not rules.counts_as_late(edge, starts_at=starts, hours=48)
    assert rules.counts_as_late(edge + timedelta(seconds=1), starts_at=starts, hours=48)
    assert not rules.counts_as_late(starts, starts_at=starts, hours=None)


@pytest.fixture
def world():
    tree = small_tree()
    offering, session, root = offering_with_places(
        tree["city"], change_cutoff_hours=2, late_cancel_hours=48, consequence="pause"
    )
    ProgrammeFactory(offering=offering)
    nurse = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=session.venue, user=nurse)
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    return SimpleNamespace(
        tree=tree, offering=offering, session=session, root=root, nurse=nurse, officer=officer, now=timezone.now()
    )


def booked(world, her=None, session=None, now=None) -> Booking:
    session, now = session or world.session, now or world.now
    her = her or WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


def after(session: Session, **time):
    return session.ends_at + timedelta(**(time or {"hours": 1}))


def no_difference(offering: Offering) -> bool:
    return audit(offering) == []


@db
def test_the_site_marks_her_once_and_the_place_counts_as_missed(world):
    booking, when = booked(world), after(world.session)
    for _ in range(2):
        assert actions.mark_no_show(booking, by=world.nurse, now=when).state == BookingState.NO_SHOW
    missed = MissedPlace.objects.unscoped().get()
    assert (missed.kind, missed.on) == (Missed.NO_SHOW, timezone.localdate(world.session.starts_at))
    assert list(BookingEvent.objects.filter(verb="no_show").values_list("by", flat=True)) == [world.nurse.pk]
    assert no_difference(world.offering)


@db
def test_nobody_is_marked_before_the_end_or_after_she_came_or_by_strangers(world):
    booking = booked(world)
    with pytest.raises(errors.NotOver):
        actions.mark_no_show(booking, by=world.nurse, now=world.session.starts_at)
    elsewhere = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    local = AssignmentFactory(organization=world.tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    for stranger in (elsewhere, local, booking.worker.user):
        with pytest.raises(PermissionDenied):
            actions.mark_no_show(booking, by=stranger, now=after(world.session))
    moment = world.session.starts_at + timedelta(minutes=5)
    actions.check_in(token=booking.token, venue=world.session.venue, by=world.nurse, now=moment)
    with pytest.raises(errors.NotChangeable):
        actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    assert not MissedPlace.objects.unscoped().exists()


@db
def test_the_place_of_a_past_session_is_offered_to_nobody(world):
    Session.objects.filter(pk=world.session.pk).update(capacity=1)
    booking = booked(world)
    waiting = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    entry = actions.join_waiting_list(world.offering, worker=waiting, by=waiting.user, now=world.now)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    actions.expire_due(after(world.session))
    entry.refresh_from_db()
    assert (entry.state, Booking.objects.unscoped().count()) == ("waiting", 1)


@db
def test_who_came_after_all_is_attended_and_nothing_is_kept_against_her(world):
    booking = booked(world)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    for _ in range(2):
        assert actions.undo_no_show(booking, by=world.nurse, now=after(world.session, days=6)).state == "attended"
    assert not MissedPlace.objects.unscoped().exists()
    assert PastScreening.objects.own(worker=booking.worker).count() == 1
    assert no_difference(world.offering)


@db
def test_a_correction_comes_in_time_or_not_at_all(world):
    booking = booked(world)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    with pytest.raises(errors.CorrectionOver):
        actions.undo_no_show(booking, by=world.nurse, now=after(world.session, days=7))
    assert MissedPlace.objects.unscoped().count() == 1


@db
def test_a_correction_waits_for_a_place_when_hers_was_used_by_another_woman(world):
    actions.open_places(world.offering, slots=1 - world.root.slots, by=world.officer)
    later = SessionFactory(offering=world.offering, starts_at=world.session.starts_at + timedelta(days=3))
    booking = booked(world)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    booked(world, session=later, now=after(world.session))
    with pytest.raises(errors.PlaceUsedMeanwhile):
        actions.undo_no_show(booking, by=world.nurse, now=after(world.session))
    actions.open_places(world.offering, slots=1, by=world.officer)
    assert actions.undo_no_show(booking, by=world.nurse, now=after(world.session)).state == "attended"
    assert no_difference(world.offering)


@db
def test_the_ledger_knows_which_row_paid_before_and_which_after_the_correction(world):
    actions.give_places(world.root, to=world.tree["unit_a"], count=1, by=world.officer)
    later = SessionFactory(offering=world.offering, starts_at=world.session.starts_at + timedelta(days=3))
    booking = booked(world)
    paid = booking.allocation_id
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    assert booked(world, session=later, now=after(world.session)).allocation_id == paid != world.root.pk
    corrected = actions.undo_no_show(booking, by=world.nurse, now=after(world.session))
    assert corrected.allocation_id == world.root.pk
    assert no_difference(world.offering)


@db
def test_the_night_marks_only_where_attendance_was_taken_and_only_once(world, monkeypatch):
    came, absent = booked(world), booked(world)
    other_site = SessionFactory(offering=world.offering, starts_at=world.session.starts_at + timedelta(minutes=1))
    unkept = booked(world, session=other_site)
    moment = world.session.starts_at + timedelta(minutes=5)
    actions.check_in(token=came.token, venue=world.session.venue, by=world.nurse, now=moment)
    assert actions.mark_absences(moment) == 0
    monkeypatch.setattr("services.foundation.clock.now", lambda: world.session.ends_at + timedelta(days=1))
    assert [mark_absent() for _ in range(2)] == [1, 0]
    states = dict(Booking.objects.unscoped().values_list("pk", "state"))
    assert states == {came.pk: "attended", absent.pk: "no_show", unkept.pk: "confirmed"}


@db
def test_what_is_too_old_to_count_anywhere_is_forgotten(world):
    booking = booked(world)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    actions.mark_absences(after(world.session, days=1000))
    assert MissedPlace.objects.unscoped().exists()
    actions.mark_absences(after(world.session, days=1200))
    assert not MissedPlace.objects.unscoped().exists()


@db
def test_cancelling_late_counts_when_she_does_it_and_not_when_staff_do(world):
    shortly = world.session.starts_at - timedelta(hours=10)
    for by, kept in ((None, [Missed.LATE]), (world.officer, [])):
        booking = booked(world)
        actions.cancel_booking(booking, by=by or booking.worker.user, now=shortly, reason="示例")
        kinds = MissedPlace.objects.own(worker=booking.worker).values_list("kind", flat=True)
        assert list(kinds) == kept
    in_time = booked(world)
    actions.cancel_booking(in_time, by=in_time.worker.user, now=world.session.starts_at - timedelta(hours=48))
    assert missed_days(in_time.worker) == []


@db
def test_an_excuse_forgets_it_and_only_officers_give_one(world):
    booking = booked(world)
    actions.mark_no_show(booking, by=world.nurse, now=after(world.session))
    for stranger in (booking.worker.user, world.nurse):
        with pytest.raises(PermissionDenied):
            actions.excuse_missed(booking, reason="unable", by=stranger, now=world.now)
    local = AssignmentFactory(organization=world.tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    actions.excuse_missed(booking, reason="unable", by=local, now=world.now)
    assert not MissedPlace.objects.unscoped().exists()
    assert BookingEvent.objects.get(verb="excused").details == {"excuse": "unable"}
    with pytest.raises(errors.NothingMissed):
        actions.excuse_missed(booking, reason="unable", by=local, now=world.now)


@db
def test_after_two_missed_places_she_is_told_until_when_and_her_officer_can_book(world):
    her = booked(world).worker
    actions.mark_no_show(Booking.objects.own(worker=her).get(), by=world.nurse, now=after(world.session))
    second = SessionFactory(offering=world.offering, starts_at=world.session.starts_at + timedelta(days=1))
    VenueOperator.objects.create(venue=second.venue, user=world.nurse)
    again = booked(world, her, second, now=after(world.session))
    actions.mark_no_show(again, by=world.nurse, now=after(second))
    third = SessionFactory(offering=world.offering, starts_at=second.starts_at + timedelta(days=40))
    with pytest.raises(errors.BookingPaused) as refusal:
        actions.hold_place(third, worker=her, by=her.user, now=after(second))
    assert "2" in refusal.value.message()
    assert "%(" not in refusal.value.message()
    until = date.fromisoformat(conduct_of(her, world.offering, on=timezone.localdate(after(second))).figures["until"])
    assert until == timezone.localdate(second.starts_at) + timedelta(days=30)
    local = AssignmentFactory(organization=world.tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    held = actions.hold_place(third, worker=her, by=local, now=after(second))
    assert held.state == BookingState.HELD
