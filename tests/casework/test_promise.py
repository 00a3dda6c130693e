"""The promise as it is kept: measured once, without her turns, never set back (D18)."""

from datetime import date, timedelta

import pytest

from services.casework import actions, queries, wording
from services.casework.enums import Stage
from tests.factories.casework import case_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_it_stands_still_while_it_is_her_turn(world):
    case = world.submitted()
    promised = queries.promise_of(case, now=world.now)
    assert (promised.contact_due, promised.decision_due) == (date(2026, 3, 5), date(2026, 3, 30))
    asked = [actions.AskedItem("income", "请补充")]
    case = actions.return_case(case, items=asked, by=world.officers["union"], now=world.now + 2 * DAY)
    assert (case.contact_took, case.decision_took) == (2, None)
    assert queries.promise_of(case, now=world.now + 9 * DAY).paused
    assert queries.promise_of(case, now=world.now + 9 * DAY).counted == 2
    actions.mark_supplied(case.requested.get(), by=world.her.user, now=world.now + 9 * DAY)
    case = actions.resubmit(case, by=world.her.user, now=world.now + 9 * DAY)
    assert queries.promise_of(case, now=world.now + 9 * DAY).decision_due == date(2026, 4, 7)
    case = actions.pass_step(case, by=world.officers["union"], now=world.now + 10 * DAY)
    case = actions.approve(case, by=world.officers["county"], now=world.now + 11 * DAY)
    assert (case.contact_took, case.decision_took) == (2, 4)


def test_closing_and_reopening_does_not_set_it_back(world):
    case = case_at(world, Stage.CLOSED)
    submitted, took = case.submitted_at, case.decision_took
    case = actions.reopen(case, by=world.officers["county"], now=world.now + 9 * DAY, reason="款项被退回")
    case = actions.pass_step(case, by=world.officers["union"], now=world.now + 9 * DAY)
    case = actions.refuse(case, by=world.officers["county"], now=world.now + 9 * DAY, reason="不符")
    assert (case.submitted_at, case.decision_took) == (submitted, took)


def test_nothing_is_promised_of_a_draft(world):
    assert queries.promise_of(world.draft(), now=world.now) is None


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_is_worded_for_staff_for_her_and_for_later(noticed, stage):
    case = case_at(noticed, stage)
    said = wording.standing(case, now=noticed.now)
    assert said.staff
    assert said.hers
    assert said.later
    assert said.staff != said.hers
    assert said.hers_to_do == (stage in (Stage.DRAFT, Stage.RETURNED))
    dated = {Stage.IN_REVIEW, Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED, Stage.REFUSED, Stage.RETURNED}
    assert bool(said.by_when) == (stage in dated)
    assert all(wording.event_words(event) for event in case.events.all())


def test_an_overdue_step_says_by_how_many_working_days(world):
    case, days = world.submitted(), queries.calendar()
    assert wording.overdue_by(case, today=case.due_on, days=days) == ""
    assert "3" in wording.overdue_by(case, today=date(2026, 3, 10), days=days)


def test_a_promised_day_that_has_gone_is_owned_up_to(world):
    case = world.submitted()
    promise = queries.promise_of(case, now=world.now)
    on_the_day, the_day_after = promise.decision_due, promise.decision_due + timedelta(days=1)
    assert "逾期" not in wording.by_when(case, promise, today=on_the_day)
    assert "逾期" in wording.by_when(case, promise, today=the_day_after)


def test_a_day_in_a_year_without_an_arrangement_is_said_to_be_provisional(world):
    far = world.now.replace(year=max(queries.calendar().known) + 2)
    world.now = far
    case = world.submitted()
    assert queries.promise_of(case, now=far).provisional
    assert wording.standing(case, now=far).by_when.count("。") + wording.standing(case, now=far).by_when.count(".") >= 2
