"""Cases follow the tree: nothing is stranded when organisations move or close."""

import pytest

from services.casework import actions, wording
from services.casework.enums import Stage, StepKind
from services.casework.models import Case
from services.organizations.actions import close_organization, move_branch
from services.organizations.enums import Kind
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.casework import case_at, casework_world

pytestmark = pytest.mark.django_db


def fresh(case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def path(organization) -> str:
    return Organization.objects.get(pk=organization.pk).path


def test_a_branch_that_moves_takes_its_cases_along(world):
    at_union, closed = (
        actions.claim(world.submitted(), by=world.officers["union"], now=world.now),
        case_at(world, Stage.CLOSED),
    )
    move_branch(world.tree["town_a"], to=world.tree["county_b"], by=None, reason="区划调整")
    moved = fresh(at_union)
    assert (moved.path, moved.desk_path, moved.desk) == (
        path(world.tree["unit_a"]),
        path(world.tree["unit_a"]),
        world.tree["unit_a"],
    )
    assert (moved.handler, moved.due_on) == (world.officers["union"], at_union.due_on)
    assert fresh(closed).path == path(world.tree["unit_a"])
    assert not moved.events.filter(verb="rerouted").exists()


def test_a_desk_that_is_no_longer_above_her_hands_the_case_to_the_new_one(world):
    case = actions.claim(world.verified(), by=world.officers["county"], now=world.now)
    move_branch(world.tree["town_a"], to=world.tree["county_b"], by=None, reason="区划调整")
    moved = fresh(case)
    assert (moved.desk, moved.desk_path, moved.handler) == (
        world.tree["county_b"],
        path(world.tree["county_b"]),
        None,
    )
    assert (moved.stage, moved.position, moved.due_on, moved.version) == (
        case.stage,
        case.position,
        case.due_on,
        case.version,
    )
    assert moved.events.filter(verb="rerouted").count() == 1
    assert actions.approve(moved, by=world.officer("county_b"), now=world.now).stage == Stage.APPROVED


def test_a_desk_that_closes_hands_its_cases_up(world):
    case = world.submitted()
    Worker.objects.unscoped().filter(pk=world.her.pk).update(state="left")
    close_organization(world.tree["unit_a"], by=None, on=world.now.date(), reason="单位注销")
    moved = fresh(case)
    assert moved.desk == world.tree["town_a"]
    event = moved.events.get(verb="rerouted")
    assert event.details == {"instead_of": Kind.GRASSROOTS_UNION}
    assert wording.desk_words(event)
    assert actions.pass_step(moved, by=world.officers["town"], now=world.now).position == 2


def test_a_level_that_does_not_exist_above_her_is_stood_in_for_by_the_next(db):
    steps = ((StepKind.VERIFY, Kind.INDUSTRY_UNION, 3), (StepKind.APPROVE, Kind.CITY_UNION, 3))
    world = casework_world(steps=steps)
    case = world.submitted()
    assert case.desk == world.tree["county_a"]
    assert case.events.get(verb="submit").details == {"instead_of": Kind.INDUSTRY_UNION}
    case = actions.pass_step(case, by=world.officers["county"], now=world.now)
    assert case.events.get(verb="pass_step").details == {}


def test_an_organisation_that_moves_alone_keeps_other_cases_where_they_are(world):
    case = world.submitted()
    move_branch(world.tree["unit_c"], to=world.tree["county_a"], by=None, reason="区划调整")
    assert (fresh(case).desk_path, fresh(case).path) == (case.desk_path, case.path)
