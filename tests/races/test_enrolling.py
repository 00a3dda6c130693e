"""Officers enrol the same women at once, against each other and against the women themselves: each once, all told."""

import pytest
from django.utils import timezone

from services.bookings.enums import LIVE
from services.bookings.models import Booking, Session
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.actions import withdraw_consent
from services.privacy.queries import standing_consent
from services.screening import actions
from services.screening.enums import EnrolmentState, RowOutcome
from services.screening.models import EligibilityRecord, EnrolmentRow
from services.screening.rules.enrolment import Line
from services.screening.rules.preferred_dates import Preference
from tests.factories.bookings import SessionFactory
from tests.races.scene import at_once, scene
from tests.screening.her_world import at
from tests.screening.people import post

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

ALL = 40


def prepare(stage, women, by, *, wishes=()):
    lines = [Line(n, her.pk, wishes=tuple(wishes)) for n, her in enumerate(women, 1)]
    return actions.prepare_enrolment(
        stage.programme, lines, organization=stage.tree["unit_a"], by=by, now=timezone.now()
    )


def carry_out(enrolment, by, *, whole=False):
    return lambda: actions.carry_out(enrolment, only_those_who_fit=not whole, by=by, now=timezone.now())


def officers(stage, count=2):
    return [post(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER) for _ in range(count)]


def rows(enrolment):
    return list(EnrolmentRow.objects.own(enrolment=enrolment))


def live_of(women):
    return list(Booking.objects.unscoped().filter(worker__in=women, state__in=LIVE).values_list("worker", flat=True))


def everything_agrees(stage, women) -> None:
    assert stage.differences() == []
    bookings = Booking.objects.unscoped().filter(worker__in=women, state__in=LIVE)
    assert EligibilityRecord.objects.filter(booking__in=bookings).count() == bookings.count()
    for session in stage.offering.sessions.all():
        assert bookings.filter(session=session).count() == session.taken <= session.capacity


@pytest.mark.parametrize("whole", [False, True])
def test_two_officers_enrol_the_same_forty_and_each_woman_gets_one_place(whole):
    stage = scene(capacity=100)
    women, (first, second) = stage.women(ALL), officers(stage)
    groups = [prepare(stage, women, first), prepare(stage, list(reversed(women)), second)]
    results = at_once([carry_out(groups[0], first, whole=whole), carry_out(groups[1], second, whole=whole)])
    assert [result for result in results if not hasattr(result, "state")] == []
    assert sorted(live_of(women)) == sorted(her.pk for her in women)
    won, lost = sorted((rows(group) for group in groups), key=lambda found: found[0].outcome != RowOutcome.BOOKED)
    assert {row.outcome for row in won} == {RowOutcome.BOOKED}
    assert {(row.outcome, row.reasons[0]["code"]) for row in lost} == {(RowOutcome.CHANGED, "already_booked")}
    assert all(row.reasons[0]["figures"]["by_union"] for row in lost)
    assert Message.objects.filter(key="bookings-enrolled", channel="sms").count() == ALL
    everything_agrees(stage, women)


def test_officers_whose_plans_share_no_session_and_no_pot_still_seat_each_woman_once():
    stage = scene(capacity=100)
    Session.objects.filter(pk=stage.session.pk).update(starts_at=at(7, 8), ends_at=at(7, 11))
    SessionFactory(offering=stage.offering, starts_at=at(9, 8), capacity=100)
    women, (first, second) = stage.women(ALL), officers(stage)
    one = prepare(stage, women, first)
    stage.give("unit_a", ALL)
    other = prepare(stage, list(reversed(women)), second, wishes=[Preference(day=at(9, 8).date())])
    results = at_once([carry_out(one, first), carry_out(other, second)])
    assert [result for result in results if not hasattr(result, "state")] == []
    assert sorted(live_of(women)) == sorted(her.pk for her in women)
    got = [row for group in (one, other) for row in rows(group) if row.outcome == RowOutcome.BOOKED]
    assert sorted(row.worker_id for row in got) == sorted(her.pk for her in women)
    everything_agrees(stage, women)


def test_an_officer_against_women_who_book_themselves():
    stage = scene(capacity=30)
    other = SessionFactory(offering=stage.offering, capacity=30)
    women, (officer,) = stage.women(20), officers(stage, 1)
    group = prepare(stage, women, officer)
    jobs = [
        lambda her=her: actions.book(stage.programme, session=other, worker=her, by=her.user, now=timezone.now())
        for her in women[:8]
    ]
    results = at_once([carry_out(group, officer), *jobs])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert sorted(live_of(women)) == sorted(her.pk for her in women)
    booked = {row.worker_id for row in rows(group) if row.outcome == RowOutcome.BOOKED}
    hers = set(Booking.objects.unscoped().filter(session=other).values_list("worker", flat=True))
    assert {row.worker_id for row in rows(group)} == booked | hers
    everything_agrees(stage, women)


def test_the_last_places_are_not_sold_twice_to_two_groups():
    stage = scene(capacity=10, slots=15)
    mine, theirs = stage.women(10), stage.women(10)
    first, second = officers(stage)
    groups = [prepare(stage, mine, first), prepare(stage, theirs, second)]
    results = at_once([carry_out(groups[0], first), carry_out(groups[1], second)])
    assert [result for result in results if not hasattr(result, "state")] == []
    assert len(live_of([*mine, *theirs])) == 10
    everything_agrees(stage, [*mine, *theirs])


def test_a_double_submit_enrols_once():
    stage = scene(capacity=50)
    women, (officer,) = stage.women(10), officers(stage, 1)
    group = prepare(stage, women, officer)
    results = at_once([carry_out(group, officer, whole=True) for _ in range(4)])
    assert {result.state for result in results} == {EnrolmentState.DONE}
    assert len(live_of(women)) == 10
    assert Message.objects.filter(key="bookings-enrolled", channel="sms").count() == 10
    everything_agrees(stage, women)


def test_a_withdrawal_comes_wholly_before_or_wholly_after():
    stage = scene(capacity=50)
    women, (officer,) = stage.women(6), officers(stage, 1)
    group = prepare(stage, women, officer)
    consents = [standing_consent(her.user, "screening") for her in women]
    jobs = [
        lambda consent=consent: withdraw_consent(consent, by=consent.giver, now=timezone.now()) for consent in consents
    ]
    results = at_once([carry_out(group, officer), *jobs])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert live_of(women) == []
    everything_agrees(stage, women)
