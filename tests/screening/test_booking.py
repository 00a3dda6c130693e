"""Booking a screening: consent, eligibility, the record kept with it, the waiting list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.bookings import actions as places
from services.bookings.enums import BookingState, WaitingState
from services.bookings.errors import SessionFull, WrongOffering
from services.bookings.models import Booking
from services.foundation.verdict import Finding
from services.privacy.actions import withdraw_consent
from services.privacy.queries import standing_consent
from services.screening import actions, errors
from services.screening.actions.admission import digest
from services.screening.enums import HistorySource
from services.screening.models import EligibilityRecord, PastScreening
from services.screening.queries import current_terms, facts_of, open_programmes
from services.screening.rules import Facts, eligibility
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.races.scene import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def stage():
    return scene(capacity=2)


@pytest.fixture
def her(stage):
    return stage.women(1)[0]


def take(stage, her, now, session=None) -> Booking:
    return actions.book(stage.programme, session=session or stage.session, worker=her, by=her.user, now=now)


def test_a_booking_keeps_the_terms_inputs_and_findings_it_rests_on(stage, her, now):
    booking = take(stage, her, now)
    record = EligibilityRecord.objects.get(booking=booking)
    findings = tuple(Finding.from_json(entry) for entry in record.findings)
    facts = Facts.from_json(record.inputs["facts"])
    again = eligibility(facts, record.terms, on=date.fromisoformat(record.inputs["on"]))
    assert (again.findings, again.eligible) == (findings, True)
    assert record.inputs_digest == digest(record.terms, record.inputs)
    assert record.inputs["on"] == timezone.localdate(stage.session.starts_at).isoformat()


def test_a_second_click_gives_the_same_number_and_one_record(stage, her, now):
    assert take(stage, her, now).number == take(stage, her, now).number
    assert EligibilityRecord.objects.count() == 1


def test_without_consent_nothing_is_held(stage, her, now):
    withdraw_consent(standing_consent(her.user, "screening"), by=her.user, now=now)
    with pytest.raises(errors.ConsentMissing):
        take(stage, her, now)
    assert not Booking.objects.unscoped().exists()


def test_who_is_not_eligible_learns_why_and_takes_no_place(stage, her, now):
    her.birth_date = date(2004, 1, 1)
    her.save()
    with pytest.raises(errors.NotEligible) as refusal:
        take(stage, her, now)
    assert [f.code for f in refusal.value.assessment.findings if not f.passed] == ["age"]
    stage.session.refresh_from_db()
    assert stage.session.taken == 0


def test_a_missing_fact_is_asked_for_and_her_answer_opens_the_way(stage, her, now):
    TermsFactory(programme=stage.programme, version=2, interval_months=24)
    with pytest.raises(errors.NeedsFacts) as refusal:
        take(stage, her, now)
    assert refusal.value.assessment.missing == ("interval",)
    actions.state_last_screening(stage.programme, worker=her, last_screened_on=None, by=her.user, now=now)
    held = take(stage, her, now)
    assert actions.confirm(held, by=her.user, now=now).state == BookingState.CONFIRMED


def test_a_stated_date_is_remembered_and_corrected(stage, her, now):
    wrong, right = date(2026, 1, 5), date(2023, 1, 5)
    for day in (wrong, right):
        actions.state_last_screening(stage.programme, worker=her, last_screened_on=day, by=her.user, now=now)
    past = PastScreening.objects.own(worker=her).get()
    assert (past.screened_on, past.source) == (right, HistorySource.DECLARED)
    with pytest.raises(errors.StatementInFuture):
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        actions.state_last_screening(stage.programme, worker=her, last_screened_on=tomorrow, by=her.user, now=now)


def test_everything_is_asked_again_at_confirmation(stage, her, now):
    held = take(stage, her, now)
    TermsFactory(programme=stage.programme, version=2, age_min=60, interval_months=None)
    with pytest.raises(errors.NotEligible):
        actions.confirm(held, by=her.user, now=now)
    held.refresh_from_db()
    assert held.state == BookingState.HELD


def test_a_booking_in_another_programme_counts_as_a_screening(stage, her, now):
    offering, session, _root = offering_with_places(stage.tree["city"])
    other = ProgrammeFactory(offering=offering)
    TermsFactory(programme=other, interval_months=None)
    actions.book(other, session=session, worker=her, by=her.user, now=now)
    TermsFactory(programme=stage.programme, version=2, interval_months=24)
    actions.state_last_screening(stage.programme, worker=her, last_screened_on=None, by=her.user, now=now)
    with pytest.raises(errors.NotEligible) as refusal:
        take(stage, her, now)
    assert [f.code for f in refusal.value.assessment.findings if not f.passed] == ["other_booking"]


def test_a_session_of_another_programme_is_refused(stage, her, now):
    with pytest.raises(WrongOffering):
        take(stage, her, now, SessionFactory())


def test_a_move_to_a_day_on_which_she_is_too_old_is_undone(stage, her, now):
    held = take(stage, her, now)
    confirmed = actions.confirm(held, by=her.user, now=now)
    late = SessionFactory(offering=stage.offering, starts_at=now + timedelta(days=300))
    her.birth_date = timezone.localdate(now) - timedelta(days=65 * 365 + 16 - 200)
    her.save()
    with pytest.raises(errors.NotEligible):
        actions.move(confirmed, to=late, by=her.user, now=now)
    confirmed.refresh_from_db(), late.refresh_from_db()
    assert (confirmed.session, late.taken) == (stage.session, 0)


def test_served_first_groups_stand_ahead_and_promotion_keeps_its_ground(stage, now):
    TermsFactory(programme=stage.programme, version=2, interval_months=None, priority_employment_types=["new_form"])
    first, second, waiting, ahead = stage.women(4)
    ahead.employment_type = "new_form"
    ahead.save()
    held = take(stage, first, now)
    take(stage, second, now)
    with pytest.raises(SessionFull):
        take(stage, waiting, now)
    entries = [
        actions.join_waiting_list(stage.programme, worker=w, by=w.user, now=now + timedelta(seconds=n))
        for n, w in enumerate((waiting, ahead))
    ]
    actions.cancel(held, by=first.user, now=now)
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == [WaitingState.WAITING, WaitingState.OFFERED]
    assert EligibilityRecord.objects.filter(booking=entries[1].booking).exists()
    accepted = actions.accept(entries[1].booking, by=ahead.user, now=now)
    assert accepted.state == BookingState.CONFIRMED


def test_who_is_no_longer_eligible_is_passed_over_on_the_list(stage, now):
    first, second, aged, fitting = stage.women(4)
    held = take(stage, first, now)
    take(stage, second, now)
    entries = [
        actions.join_waiting_list(stage.programme, worker=w, by=w.user, now=now + timedelta(seconds=n))
        for n, w in enumerate((aged, fitting))
    ]
    aged.birth_date = date(1950, 1, 1)
    aged.save()
    actions.cancel(held, by=first.user, now=now)
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == [WaitingState.WAITING, WaitingState.OFFERED]


def test_facts_cost_one_query_and_leave_open_what_the_roster_leaves_open(stage, her, django_assert_num_queries):
    her.joined_on, her.employment_type, her.marital_status = None, "", "unknown"
    her.save()
    terms = current_terms(stage.programme)
    with django_assert_num_queries(1):
        facts = facts_of(her, stage.programme, terms)
    assert (facts.member, facts.employment_type, facts.marital_status) == (None, None, None)
    assert (facts.last_screening, facts.never_screened) == (None, None)


def test_open_programmes_cost_one_query_whatever_their_number(stage, now, django_assert_num_queries):
    for expected in (1, 4):
        with django_assert_num_queries(1):
            shown = list(open_programmes(now))
        assert [p.places_left for p in shown] == [2] + [10] * (expected - 1)
        for _ in range(3):
            offering, _session, _root = offering_with_places(stage.tree["city"])
            TermsFactory(programme=ProgrammeFactory(offering=offering))


def test_a_place_booked_and_cancelled_is_free_for_the_next_woman(stage, now):
    women = stage.women(3)
    mine = [take(stage, w, now) for w in women[:2]]
    places.cancel_booking(mine[0], by=women[0].user, now=now)
    assert take(stage, women[2], now).state == BookingState.HELD
    assert stage.differences() == []
