"""The life of a case by its verbs: who may, where it goes, what is written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.casework import actions, errors, policies, queries, workflow
from services.casework.enums import Stage, StepKind, Verb
from services.casework.models import Case
from services.casework.registry import Missing
from services.foundation.references import is_unit_number
from services.foundation.verdict import Finding, Outcome
from services.messaging.models import Message
from tests.factories.casework import case_at

pytestmark = pytest.mark.django_db


def test_from_draft_to_the_money_every_stage_is_written_down(world, allowance):
    her, now = world.her.user, world.now
    case = world.draft()
    assert (case.stage, case.position, case.desk) == (Stage.DRAFT, None, None)
    assert case.number == "AL-T-A-1-1-26-000001-" + case.number[-1]
    assert is_unit_number(case.number)

    case = actions.submit(case, by=her, now=now)
    assert (case.stage, case.position, case.desk) == (Stage.IN_REVIEW, 1, world.tree["unit_a"])
    assert case.due_on == date(2026, 3, 5)
    case = actions.pass_step(case, by=world.officers["union"], now=now, note="已核对原件")
    assert (case.stage, case.position, case.desk) == (Stage.IN_REVIEW, 2, world.tree["county_a"])
    case = actions.approve(case, by=world.officers["county"], now=now)
    assert (case.stage, case.due_on, case.decided_at) == (Stage.APPROVED, None, now)
    case = actions.start_payment(case, now=now)
    case = actions.close(case, now=now)
    assert (case.stage, case.closed_at) == (Stage.CLOSED, now)

    events = list(case.events.values_list("verb", "source", "target", "position", "by_staff"))
    assert events == [
        ("open", "", "draft", None, False),
        ("submit", "draft", "in_review", None, False),
        ("pass_step", "in_review", "in_review", 1, True),
        ("approve", "in_review", "approved", 2, True),
        ("start_payment", "approved", "being_paid", 2, False),
        ("close", "being_paid", "closed", 2, False),
    ]
    assert [verb for verb, _stage in allowance.heard] == ["submit", "pass_step", "approve", "start_payment", "close"]


def test_numbers_run_on_within_a_union_and_a_year(world):
    first, second = world.draft(), world.draft()
    assert (first.number[:-2], second.number[:-2]) == ("AL-T-A-1-1-26-000001", "AL-T-A-1-1-26-000002")


def test_all_that_is_missing_is_said_at_once(world, allowance):
    allowance.lacks = [Missing("income", "收入证明"), Missing("account", "银行账号")]
    case = world.draft()
    with pytest.raises(errors.NotComplete) as refusal:
        actions.submit(case, by=world.her.user, now=world.now)
    assert [one.item for one in refusal.value.missing] == ["income", "account"]
    case.refresh_from_db()
    assert case.stage == Stage.DRAFT


def test_what_the_service_objects_to_is_named(world, allowance):
    case = world.submitted()
    allowance.hinders = [Finding("visit_missing", Outcome.FAILED)]
    with pytest.raises(errors.Obstructed) as refusal:
        actions.pass_step(case, by=world.officers["union"], now=world.now)
    assert [finding.code for finding in refusal.value.findings] == ["visit_missing"]


def test_handing_in_twice_is_handing_in_once(world):
    case = world.draft()
    once = actions.submit(case, by=world.her.user, now=world.now, seen=case.version)
    twice = actions.submit(case, by=world.her.user, now=world.now, seen=case.version)
    assert (once.version, twice.version) == (2, 2)
    assert case.events.filter(verb="submit").count() == 1
    assert Message.objects.filter(key="casework-received", channel="in_site").count() == 1


def test_a_second_click_never_passes_two_steps(world):
    case = world.submitted()
    officer = world.officers["union"]
    actions.pass_step(case, by=officer, now=world.now, seen=case.version)
    again = actions.pass_step(case, by=officer, now=world.now, seen=case.version)
    assert (again.position, again.events.filter(verb="pass_step").count()) == (2, 1)


def test_whoever_decides_second_learns_what_the_first_did(world):
    case = world.verified()
    actions.approve(case, by=world.officers["county"], now=world.now, seen=case.version)
    with pytest.raises(errors.ChangedMeanwhile) as refusal:
        actions.refuse(case, by=world.officers["county_two"], now=world.now, seen=case.version, reason="不符")
    assert str(refusal.value.context["what"]) == str(Verb.APPROVE.label)


def test_whoever_does_the_same_second_is_told_by_whom_and_when_it_was_done(world):
    case, first, second = world.verified(), world.officers["county"], world.officers["county_two"]
    actions.approve(case, by=first, now=world.now, seen=case.version)
    for seen in (case.version, None):
        with pytest.raises(errors.DoneBefore) as refusal:
            actions.approve(case, by=second, now=world.now, seen=seen)
        said = refusal.value.message(staff=True)
        assert first.full_name in said and "2026" in said and str(Stage.APPROVED.label) in said
        assert first.full_name not in refusal.value.message()
    assert case.events.filter(verb="approve").count() == 1


def test_a_replay_answers_with_the_stage_reached_whatever_happened_since(world, allowance):
    case, county = world.verified(), world.officers["county"]
    seen = case.version
    actions.approve(case, by=county, now=world.now, seen=seen)
    actions.start_payment(case, now=world.now)
    actions.close(case, now=world.now)
    again = actions.approve(case, by=county, now=world.now, seen=seen)
    assert (again.stage, again.repeats) == (Stage.CLOSED, world.now)
    assert [verb for verb, _stage in allowance.heard].count(Verb.APPROVE) == 1
    assert Message.objects.filter(key="casework-decided", channel="in_site").count() == 1


def test_a_stranger_learns_nothing_of_what_was_done(world):
    case = world.verified()
    actions.approve(case, by=world.officers["county"], now=world.now, seen=case.version)
    with pytest.raises(errors.ChangedMeanwhile):
        actions.approve(case, by=world.officer("county_b"), now=world.now, seen=case.version)


@pytest.mark.parametrize("edge", workflow.EDGES, ids=lambda edge: f"{edge.verb}-{edge.source}")
def test_every_verb_is_refused_to_whoever_has_no_part_in_it(noticed, edge):
    case = case_at(noticed, edge.source)
    for stranger in (noticed.officer("unit_c"), noticed.officer("unit_b"), None):
        if stranger is None and (edge.actor == workflow.SYSTEM or edge.verb == Verb.WITHDRAW):
            continue
        assert not policies.may_move(stranger, case, edge.verb)
    if edge.actor != workflow.APPLICANT:
        assert not policies.may_move(case.worker.user, case, edge.verb)


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("verb", Verb.values)
def test_a_verb_leads_nowhere_but_where_the_table_says(noticed, stage, verb):
    case = case_at(noticed, stage)
    if workflow.edge_of(verb, stage):
        return
    moves = case.events.exclude(target="").order_by("pk")
    latest, by_a_person = moves.last(), moves.filter(by__isnull=False).last()
    for user in (noticed.her.user, noticed.officers["union"], noticed.officers["county"], None):
        last = by_a_person if user else latest
        if last.verb == verb and last.by == user:
            assert actions.move(case, verb, by=user, now=noticed.now, reason="理由").repeats == last.at
            continue
        refused = errors.DoneBefore if user and last.verb == verb else errors.NotPossibleNow
        with pytest.raises(refused):
            actions.move(case, verb, by=user, now=noticed.now, reason="理由")
    assert Case.objects.unscoped().get(pk=case.pk).version == case.version


def test_a_verb_waits_for_its_kind_of_step(noticed):
    case = noticed.submitted()
    for verb in (Verb.APPROVE, Verb.PUBLISH):
        with pytest.raises(errors.NotAtThisStep):
            actions.move(case, verb, by=noticed.officers["union"], now=noticed.now)
    assert queries.step_of(case).kind == StepKind.VERIFY


def test_no_refusal_without_words_she_reads(world):
    case = world.submitted()
    with pytest.raises(errors.ReasonMissing):
        actions.refuse(case, by=world.officers["union"], now=world.now, reason="  ")
    refused = actions.refuse(case, by=world.officers["union"], now=world.now, reason="家庭收入高于标准")
    assert refused.reason == "家庭收入高于标准"


def test_a_draft_is_hers_alone(world):
    case = world.draft()
    assert policies.may_see(world.her.user, case)
    assert not policies.may_see(world.officers["union"], case)
    assert policies.may_see(world.officers["union"], actions.submit(case, by=world.her.user, now=world.now))


def test_staff_can_not_withdraw_for_her(world):
    case = world.submitted()
    with pytest.raises(PermissionDenied):
        actions.withdraw(case, by=world.officers["union"], now=world.now)
    gone = actions.withdraw(case, by=world.her.user, now=world.now)
    assert (gone.stage, gone.due_on, gone.handler) == (Stage.WITHDRAWN, None, None)


def test_the_notice_stands_its_days_before_anybody_decides(noticed):
    case = case_at(noticed, Stage.NOTICE)
    assert case.due_on == date(2026, 3, 9)
    with pytest.raises(errors.NoticeStanding):
        actions.end_notice(case, now=noticed.now + timedelta(days=7))
    ended = actions.end_notice(case, now=noticed.now + timedelta(days=8))
    assert (ended.stage, ended.position, ended.desk) == (Stage.IN_REVIEW, 3, noticed.tree["county_a"])
