"""Nobody decides about what she prepared, what she filed, or her own application."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from services.casework import actions, errors, policies
from services.casework.enums import Stage, StepKind, Verb
from services.organizations.enums import Kind, Role
from tests.factories.casework import AuthorisationFactory, case_at, casework_world
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """The reasons are told apart by their words."""
    with override("en"):
        yield


def test_whoever_checked_the_papers_does_not_decide(world):
    checker = world.officers["union"]
    AssignmentFactory(user=checker, organization=world.tree["county_a"], role=Role.CASE_OFFICER)
    case = world.verified()
    for verb in (Verb.APPROVE, Verb.REFUSE):
        verdict = policies.may_move(checker, case, verb)
        assert (verdict.allowed, "second person" in str(verdict.reason)) == (False, True)
    with pytest.raises(PermissionDenied):
        actions.approve(case, by=checker, now=world.now)
    assert actions.approve(case, by=world.officers["county"], now=world.now).stage == Stage.APPROVED


def test_a_step_asks_for_a_second_person_only_where_the_route_says_so(db):
    steps = (
        (StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
        (StepKind.HOME_VISIT, Kind.GRASSROOTS_UNION, 3),
        (StepKind.APPROVE, Kind.COUNTY_UNION, 3),
    )
    world = casework_world(steps=steps)
    case = world.verified()
    assert policies.may_move(world.officers["union"], case, Verb.PASS_STEP)
    world.route.steps.filter(position=2).update(second_person=True)
    case = type(case).objects.unscoped().get(pk=case.pk)
    assert not policies.may_move(world.officers["union"], case, Verb.PASS_STEP)
    assert policies.may_move(world.officers["union_two"], case, Verb.PASS_STEP)


def test_whoever_asks_for_more_may_go_on_with_her_step(world):
    case = case_at(world, Stage.RETURNED)
    actions.mark_supplied(case.requested.get(), by=world.her.user, now=world.now)
    case = actions.resubmit(case, by=world.her.user, now=world.now)
    assert actions.pass_step(case, by=world.officers["union"], now=world.now).position == 2


def test_an_officer_never_handles_her_own_application(world):
    """Her staff account is known by the mobile number that she shares with the record."""
    colleague = world.officers["union"]
    colleague.phone = world.her.phone
    colleague.save()
    case = world.submitted()
    assert policies.may_see(colleague, case)
    for may in (policies.may_handle, policies.may_take_over):
        assert "own application" in str(may(colleague, case).reason)
    for verb in (Verb.PASS_STEP, Verb.REFUSE, Verb.RETURN):
        assert not policies.may_move(colleague, case, verb)
    with pytest.raises(PermissionDenied):
        actions.claim(case, by=colleague, now=world.now)


def test_whoever_filed_it_in_her_name_never_handles_it(world):
    filer = world.officers["union"]
    AuthorisationFactory(worker=world.her, representative=filer)
    case = actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=filer,
        now=world.now,
    )
    case = actions.submit(case, by=filer, now=world.now)
    assert not policies.may_handle(filer, case)
    case = actions.take_into_own_hands(case, by=world.her.user, now=world.now)
    assert not policies.may_handle(filer, case)
    assert policies.may_handle(world.officers["union_two"], case)


def test_an_objection_is_settled_by_somebody_who_prepared_nothing(noticed):
    case = case_at(noticed, Stage.OBJECTION)
    publisher, colleague = noticed.officers["town"], noticed.officers["town_two"]
    for verb in (Verb.SETTLE_OBJECTION, Verb.REFUSE):
        assert not policies.may_move(publisher, case, verb)
        assert policies.may_move(colleague, case, verb)
    case = actions.settle_objection(case, by=colleague, now=noticed.now, reason="经核实不影响")
    assert case.stage == Stage.NOTICE
    case = actions.end_notice(case, now=noticed.now + timedelta(days=30))
    AssignmentFactory(user=colleague, organization=noticed.tree["county_a"], role=Role.CASE_OFFICER)
    assert not policies.may_move(colleague, case, Verb.APPROVE)


class TestAppeal:
    def refused_by_county(self, world):
        case = world.verified()
        return actions.refuse(case, by=world.officers["county"], now=world.now, reason="高于标准")

    def appealed(self, world, case):
        return actions.appeal(case, by=world.her.user, now=world.now, reason="收入已变化")

    def test_it_lies_with_a_colleague_of_whoever_refused(self, world):
        case = self.appealed(world, self.refused_by_county(world))
        assert (case.desk, case.reason) == (world.tree["county_a"], "高于标准")
        assert not policies.may_move(world.officers["county"], case, Verb.UPHOLD)
        assert policies.may_move(world.officers["county_two"], case, Verb.UPHOLD)

    def test_where_one_alone_holds_the_post_it_goes_one_up(self, world):
        world.officers["county_two"].assignments.all().delete()
        case = self.appealed(world, self.refused_by_county(world))
        assert case.desk == world.tree["city"]
        assert case.events.get(verb="appeal").details["above"] is True
        assert policies.may_move(world.officers["city"], case, Verb.REOPEN)

    def test_where_nobody_is_left_it_waits_at_its_own_desk(self, world):
        for name in ("county_two", "city", "city_two"):
            world.officers[name].assignments.all().delete()
        case = self.appealed(world, self.refused_by_county(world))
        assert case.desk == world.tree["county_a"]

    def test_allowed_it_is_decided_again_by_somebody_else_and_keeps_its_clock(self, world):
        case = self.appealed(world, self.refused_by_county(world))
        submitted, took = case.submitted_at, case.decision_took
        later = world.now + timedelta(days=7)
        case = actions.reopen(case, by=world.officers["county_two"], now=later, reason="情况有变")
        assert (case.stage, case.position) == (Stage.IN_REVIEW, 2)
        assert not policies.may_move(world.officers["county"], case, Verb.APPROVE)
        case = actions.approve(case, by=world.officers["county_two"], now=later)
        assert (case.submitted_at, case.decision_took) == (submitted, took)

    def test_allowed_it_begins_where_it_was_refused_so_that_no_later_step_is_left_out(self, noticed):
        """Refused when the papers were checked: it has never stood on a public notice."""
        case = actions.refuse(noticed.submitted(), by=noticed.officers["union"], now=noticed.now, reason="材料不符")
        case = self.appealed(noticed, case)
        assert case.desk == noticed.tree["county_a"]
        case = actions.reopen(case, by=noticed.officers["county"], now=noticed.now, reason="重新核对")
        assert (case.stage, case.position, case.desk) == (Stage.IN_REVIEW, 1, noticed.tree["unit_a"])
        with pytest.raises(errors.NotAtThisStep):
            actions.approve(case, by=noticed.officers["county_two"], now=noticed.now)
        refuser = policies.may_move(noticed.officers["union"], case, Verb.PASS_STEP)
        assert (refuser.allowed, "decided about this application before" in str(refuser.reason)) == (False, True)
        case = actions.pass_step(case, by=noticed.officers["union_two"], now=noticed.now)
        assert (case.position, case.desk) == (2, noticed.tree["town_a"])

    def test_where_whoever_refused_alone_holds_the_post_the_organisation_above_looks_again(self, noticed):
        noticed.officers["union_two"].assignments.all().delete()
        case = actions.refuse(noticed.submitted(), by=noticed.officers["union"], now=noticed.now, reason="材料不符")
        case = self.appealed(noticed, case)
        case = actions.reopen(case, by=noticed.officers["county"], now=noticed.now, reason="重新核对")
        assert (case.position, case.desk) == (1, noticed.tree["town_a"])
        assert policies.may_move(noticed.officers["town"], case, Verb.PASS_STEP)

    def test_refused_for_an_objection_it_waits_for_another_notice(self, noticed):
        case = case_at(noticed, Stage.OBJECTION)
        case = actions.refuse(case, by=noticed.officers["town_two"], now=noticed.now, reason="收入超过标准")
        case = self.appealed(noticed, case)
        case = actions.reopen(case, by=noticed.officers["county"], now=noticed.now, reason="情况有变")
        assert (case.stage, case.position, case.desk) == (Stage.IN_REVIEW, 2, noticed.tree["town_a"])
        assert policies.may_move(noticed.officers["town"], case, Verb.PUBLISH)
        assert not policies.may_move(noticed.officers["town_two"], case, Verb.PUBLISH)

    def test_a_refusal_that_stands_is_not_appealed_twice(self, world):
        case = self.appealed(world, self.refused_by_county(world))
        case = actions.uphold(case, by=world.officers["county_two"], now=world.now, reason="维持原决定")
        with pytest.raises(errors.AppealedAlready):
            self.appealed(world, case)

    def test_it_has_a_last_day(self, world):
        case = self.refused_by_county(world)
        her, day = world.her.user, timedelta(days=1)
        with pytest.raises(errors.AppealTooLate):
            actions.appeal(case, by=her, now=world.now + 31 * day, reason="晚了")
        assert actions.appeal(case, by=her, now=world.now + 30 * day, reason="请再看").stage == Stage.APPEALED


def test_a_case_reopened_from_its_end_is_checked_from_the_start(world):
    case = case_at(world, Stage.CLOSED)
    case = actions.reopen(case, by=world.officers["county"], now=world.now, reason="款项被退回")
    assert (case.stage, case.position, case.closed_at) == (Stage.IN_REVIEW, 1, None)
    assert policies.may_move(world.officers["union"], case, Verb.PASS_STEP)
