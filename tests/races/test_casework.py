"""Two people at one case at one moment: one effect, and the other learns of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.casework import actions
from services.casework.enums import OPEN, Stage, Verb
from services.casework.models import Case
from services.messaging.models import Message
from services.organizations.actions import move_branch
from services.organizations.models import Organization
from tests.factories.casework import allowance_service, casework_world
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def allowance():
    with allowance_service() as service:
        yield service


@pytest.fixture
def world():
    made = casework_world()
    made.now = timezone.now()
    return made


def fresh(case: Case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def refusals(results: list) -> list:
    return [result for result in results if not isinstance(result, Case)]


def test_two_officers_who_decide_at_once_decide_once(world):
    case, now = world.verified(), world.now
    seen = case.version
    jobs = [
        lambda: actions.approve(case, by=world.officers["county"], now=now, seen=seen),
        lambda: actions.refuse(case, by=world.officers["county_two"], now=now, seen=seen, reason="不符"),
    ]
    assert refusals(at_once(jobs)) == ["changed_meanwhile"]
    decided = fresh(case)
    assert decided.version == seen + 1
    assert decided.events.filter(verb__in=(Verb.APPROVE, Verb.REFUSE)).count() == 1


def test_two_who_approve_at_once_approve_once(world, allowance):
    case, now = world.verified(), world.now
    officers = [world.officers[name] for name in ("county", "county_two")]
    jobs = [lambda by=by: actions.approve(case, by=by, now=now, seen=case.version) for by in officers * 3]
    results = at_once(jobs)
    assert set(refusals(results)) == {"done_before"}
    assert len(refusals(results)) == 3
    assert [verb for verb, _stage in allowance.heard].count(Verb.APPROVE) == 1


def test_a_submission_sent_four_times_is_one(world):
    case, her, now = world.draft(), world.her.user, world.now
    results = at_once([lambda: actions.submit(case, by=her, now=now, seen=case.version) for _ in range(4)])
    assert refusals(results) == []
    assert (fresh(case).version, fresh(case).events.filter(verb="submit").count()) == (2, 1)
    assert Message.objects.filter(key="casework-received", channel="in_site").count() == 1


def test_one_claims_and_the_other_is_told_who_did(world):
    case, now = world.submitted(), world.now
    officers = [world.officers["union"], world.officers["union_two"]]
    results = at_once([lambda by=by: actions.claim(case, by=by, now=now) for by in officers])
    assert refusals(results) == ["claimed_by_another"]
    assert fresh(case).events.filter(verb="claim").count() == 1


def test_numbers_are_given_once_and_without_a_gap(world):
    results = at_once([world.draft for _ in range(8)])
    assert refusals(results) == []
    assert sorted(int(case.number.split("-")[-2]) for case in results) == list(range(1, 9))


def test_she_withdraws_while_an_officer_decides(world):
    case, now = world.verified(), world.now
    jobs = [
        lambda: actions.withdraw(case, by=world.her.user, now=now, seen=case.version),
        lambda: actions.approve(case, by=world.officers["county"], now=now, seen=case.version),
    ]
    assert refusals(at_once(jobs)) == ["changed_meanwhile"]
    assert fresh(case).stage in (Stage.WITHDRAWN, Stage.APPROVED)


def test_cases_that_move_while_their_branch_moves_end_where_the_branch_is(world):
    """An officer whose posts were read before the branch moved may be refused; she tries again. Nothing is stranded."""
    cases, now = [world.submitted() for _ in range(6)], world.now
    jobs = [lambda case=case: actions.pass_step(case, by=world.officers["union"], now=now) for case in cases]
    jobs.append(lambda: move_branch(world.tree["town_a"], to=world.tree["county_b"], by=None, reason="区划调整"))
    results = at_once(jobs)
    assert [result for result in results if not isinstance(result, Case | Organization | PermissionDenied)] == []
    unit = Organization.objects.get(pk=world.tree["unit_a"].pk)
    waiting = list(Case.objects.unscoped().filter(stage__in=OPEN).select_related("desk"))
    assert len(waiting) == 6
    for case in waiting:
        assert (case.path, case.desk_path) == (unit.path, case.desk.path)
        assert case.desk == (unit if case.position == 1 else world.tree["county_b"])
