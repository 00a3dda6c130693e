"""Claiming, handing over, taking over, deputising, and what each desk's list shows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.casework import actions, errors, policies, queries
from services.casework.enums import Stage, Verb
from services.casework.queries import Whose
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def on_monday(today_is):
    return today_is


def listed(user, whose, *, today=TODAY):
    return list(queries.waiting_for(user, whose, today=today))


def test_a_claimed_case_is_left_to_whoever_claimed_it(world):
    case, first, second = world.submitted(), world.officers["union"], world.officers["union_two"]
    case = actions.claim(case, by=first, now=world.now)
    assert actions.claim(case, by=first, now=world.now).events.filter(verb="claim").count() == 1
    with pytest.raises(errors.ClaimedByAnother):
        actions.claim(case, by=second, now=world.now)
    with pytest.raises(PermissionDenied):
        actions.pass_step(case, by=second, now=world.now)
    case = actions.take_over(case, by=second, now=world.now)
    assert actions.pass_step(case, by=second, now=world.now).handler is None


def test_those_above_look_and_take_over(world):
    case, above = world.submitted(), world.officers["town"]
    assert policies.may_see(above, case)
    assert not policies.may_handle(above, case)
    assert not policies.may_move(above, case, Verb.PASS_STEP)
    case = actions.take_over(case, by=above, now=world.now, note="基层人手不足")
    assert policies.may_move(above, case, Verb.PASS_STEP)
    assert case.events.get(verb="take_over").note == "基层人手不足"


def test_those_below_and_beside_do_not(world):
    case = world.verified()
    for stranger in (world.officers["union"], world.officers["town"], world.officer("county_b")):
        assert not policies.may_take_over(stranger, case)
    assert not policies.may_see(world.officer("county_b"), case)


def test_the_auditor_looks_and_touches_nothing(world):
    case, auditor = world.submitted(), world.officer("city", role=Role.AUDITOR)
    assert policies.may_see(auditor, case)
    assert not policies.may_take_over(auditor, case)
    assert policies.verbs_for(auditor, case) == []
    assert listed(auditor, Whose.REACH) == [case]
    assert listed(auditor, Whose.DESK) == []


def test_a_case_handed_over_is_announced_to_a_colleague_who_may_have_it(world):
    case, giver, taker = world.submitted(), world.officers["union"], world.officers["union_two"]
    case = actions.hand_over(case, to=taker, by=giver, now=world.now, note="我下周出差")
    assert case.handler == taker
    assert Message.objects.get(key="casework-handed-over").recipient == taker
    with pytest.raises(errors.CantReceive):
        actions.hand_over(case, to=world.officer("unit_b"), by=giver, now=world.now, note="")
    assert actions.put_back(case, by=taker, now=world.now).handler is None


def test_a_deputy_finds_the_cases_of_whoever_is_away_and_may_go_on_with_them(world):
    away, deputy = world.officers["union"], world.officers["union_two"]
    case = actions.claim(world.submitted(), by=away, now=world.now)
    assert listed(deputy, Whose.MINE) == []
    actions.appoint_deputy(absent=away, deputy=deputy, valid_from=TODAY, valid_until=TODAY + timedelta(days=4), by=away)
    assert listed(deputy, Whose.MINE) == [case]
    assert listed(deputy, Whose.MINE, today=TODAY + timedelta(days=5)) == []
    assert policies.may_move(deputy, case, Verb.PASS_STEP)


def test_deputising_lends_no_right(world):
    away, elsewhere = world.officers["union"], world.officer("unit_b")
    with pytest.raises(errors.DeputyWithoutPost):
        actions.appoint_deputy(absent=away, deputy=elsewhere, valid_from=TODAY, valid_until=TODAY, by=away)
    with pytest.raises(PermissionDenied):
        actions.appoint_deputy(
            absent=away, deputy=world.officers["town"], valid_from=TODAY, valid_until=TODAY, by=elsewhere
        )
    with pytest.raises(errors.DeputyIsHerself):
        actions.appoint_deputy(absent=away, deputy=away, valid_from=TODAY, valid_until=TODAY, by=away)


def test_a_deputy_is_named_once_for_a_day_and_can_end_early(world):
    away, deputy, above = world.officers["union"], world.officers["union_two"], world.officers["city"]
    until = TODAY + timedelta(days=9)
    named = actions.appoint_deputy(absent=away, deputy=deputy, valid_from=TODAY, valid_until=until, by=above)
    with pytest.raises(errors.DeputyTwice):
        actions.appoint_deputy(absent=away, deputy=deputy, valid_from=until, valid_until=until, by=away)
    assert actions.end_deputy(named, on=TODAY, by=away).valid_until == TODAY
    assert actions.end_deputy(named, on=TODAY - timedelta(days=1), by=away) is None


def test_each_desk_lists_what_waits_there_the_next_due_first(noticed):
    first = case_at(noticed, Stage.IN_REVIEW)
    standing = case_at(noticed, Stage.NOTICE)
    case_at(noticed, Stage.DRAFT)
    case_at(noticed, Stage.APPROVED)
    assert listed(noticed.officers["union"], Whose.DESK) == [first]
    assert listed(noticed.officers["town"], Whose.DESK) == [standing]
    assert listed(noticed.officers["town"], Whose.REACH) == [first, standing]
    assert listed(noticed.officer("unit_c"), Whose.REACH) == []
    late = queries.overdue(
        queries.waiting_for(noticed.officers["city"], Whose.REACH, today=TODAY), today=date(2026, 3, 6)
    )
    assert list(late) == [first]


def test_a_case_is_found_by_its_number_and_by_hers(world):
    case, officer = world.submitted(), world.officers["union"]
    waiting = queries.waiting_for(officer, Whose.DESK, today=TODAY)
    for text in (case.number, case.number.lower(), world.her.id_number, world.her.phone, "示例"):
        assert list(queries.found(waiting, officer, f" {text} ", today=TODAY)) == [case], text
    for text in ("AL-T-A-1-1-26-000009-9", "19900009999", "某某"):
        assert list(queries.found(waiting, officer, text, today=TODAY)) == []


def test_a_list_costs_the_same_however_long_it_is(world, django_assert_num_queries):
    for _ in range(5):
        world.submitted()
    officer = type(world.officers["union"]).objects.get(pk=world.officers["union"].pk)
    with django_assert_num_queries(4):
        assert len(listed(officer, Whose.MINE)) + len(listed(officer, Whose.DESK)) == 5


def test_she_finds_what_is_hers_and_open(world):
    done, waiting, begun = case_at(world, Stage.CLOSED), case_at(world, Stage.IN_REVIEW), case_at(world, Stage.DRAFT)
    assert list(queries.her_open_cases(world.her)) == [begun, waiting]
    assert list(queries.cases_of(world.her)) == [begun, waiting, done]
