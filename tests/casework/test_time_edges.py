"""Days begin and end in Shanghai; leap days, month ends, and two machines whose clocks disagree (T59)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.casework import actions, errors, policies, queries
from services.casework.enums import Stage, Verb
from services.casework.queries.clock import promise_of
from services.casework.queries.people import counts
from services.casework.queries.timeline import moves_of
from services.casework.rules.days import Calendar, add_working_days, working_days_between
from tests.factories.casework import AuthorisationFactory, case_at

pytestmark = pytest.mark.django_db
# 23:59:59 and 00:00 in Shanghai are 15:59:59 and 16:00 in UTC.
LAST_SECOND, MIDNIGHT = timedelta(hours=15, minutes=59, seconds=59), timedelta(hours=16)
PLAIN = Calendar(holidays=frozenset(), make_up=frozenset(), known=frozenset(range(2020, 2035)), exceptions={})


def on(day: date, at: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + at


def test_an_appeal_is_possible_until_the_last_second_in_shanghai(world):
    case = actions.refuse(world.submitted(), by=world.officers["union"], now=world.now, reason="不符")
    last = queries.appeal_until(case)
    with pytest.raises(errors.AppealTooLate):
        actions.appeal(case, by=world.her.user, now=on(last, MIDNIGHT), reason="请再看")
    assert actions.appeal(case, by=world.her.user, now=on(last, LAST_SECOND), reason="请再看").stage == Stage.APPEALED


def test_a_decision_just_after_midnight_in_shanghai_counts_as_the_next_day(world):
    late = on(world.now.date(), LAST_SECOND)
    before = actions.refuse(world.submitted(), by=world.officers["union"], now=late, reason="不符")
    after = actions.refuse(
        world.submitted(), by=world.officers["union"], now=late + timedelta(seconds=1), reason="不符"
    )
    assert queries.appeal_until(after) - queries.appeal_until(before) == timedelta(days=1)


def test_handed_in_before_and_after_midnight_in_shanghai_falls_due_a_day_apart(world):
    tuesday = date(2026, 3, 3)
    drafts = [world.draft(), world.draft()]
    moments = (on(tuesday, LAST_SECOND), on(tuesday, MIDNIGHT))
    due = [actions.submit(case, by=world.her.user, now=now).due_on for case, now in zip(drafts, moments, strict=True)]
    assert due == [date(2026, 3, 6), date(2026, 3, 9)]


def test_an_authorisation_counts_through_its_last_day(world, today_is):
    last = world.now.date() + timedelta(days=9)
    leave = AuthorisationFactory(worker=world.her, representative=world.officers["union"], valid_until=last)
    assert counts(leave, on=last) and not counts(leave, on=last + timedelta(days=1))
    case = actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=world.officers["union"],
        now=world.now,
    )
    assert policies.may_represent(world.officers["union"], case, on=last)
    assert not policies.may_represent(world.officers["union"], case, on=last + timedelta(days=1))


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day that is a Tuesday
        (date(2028, 2, 29), 1, date(2028, 3, 1)),
        (date(2026, 2, 27), 1, date(2026, 3, 2)),  # a month that ends on a Saturday
        (date(2027, 12, 31), 1, date(2028, 1, 3)),  # and a year on a Friday
        (date(2024, 2, 29), 366, date(2025, 7, 25)),
    ],
)
def test_working_days_run_over_leap_days_and_the_ends_of_months_and_years(begins, days, ends):
    assert add_working_days(begins, days, PLAIN) == ends
    assert working_days_between(begins, ends, PLAIN) == days


def test_a_year_after_a_leap_day_the_appeal_days_are_still_counted_in_days(world):
    leap = on(date(2028, 2, 29), timedelta(hours=2))
    case = actions.submit(world.draft(), by=world.her.user, now=leap)
    case = actions.refuse(case, by=world.officers["union"], now=leap, reason="不符")
    assert queries.appeal_until(case) == date(2028, 3, 30)


class TestClocksThatDisagree:
    """Whoever comes second may write an earlier time: what counts is the order in which it was written."""

    def test_what_was_done_last_is_last_though_its_clock_is_behind(self, world):
        behind = world.now - timedelta(seconds=90)
        case = world.submitted()
        seen = case.version
        case = actions.pass_step(case, by=world.officers["union"], now=behind, seen=seen)
        assert [move.verb for move in moves_of(case)] == [Verb.SUBMIT, Verb.PASS_STEP]
        again = actions.pass_step(case, by=world.officers["union"], now=behind, seen=seen)
        assert (again.position, bool(again.repeats)) == (2, True)
        with pytest.raises(errors.ChangedMeanwhile) as refusal:
            actions.refuse(case, by=world.officers["county"], now=world.now, seen=seen, reason="不符")
        assert str(refusal.value.context["what"]) == str(Verb.PASS_STEP.label)

    def test_the_promise_never_runs_backwards(self, world):
        case = world.submitted()
        case = actions.pass_step(case, by=world.officers["union"], now=world.now - timedelta(days=1))
        assert case.contact_took == 0
        assert promise_of(case, now=world.now - timedelta(days=1)).counted == 0

    def test_the_second_person_is_told_apart_by_what_was_written(self, world):
        """A case reopened from its end by a machine whose clock is behind begins anew all the same."""
        case = case_at(world, Stage.CLOSED)
        behind = world.now - timedelta(minutes=5)
        case = actions.reopen(case, by=world.officers["county"], now=behind, reason="款项被退回")
        assert queries.acted_before(case, whole=True) == set()
        assert policies.may_move(world.officers["union"], case, Verb.PASS_STEP)
