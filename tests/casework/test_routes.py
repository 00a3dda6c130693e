"""Routes are data in versions; a case keeps the one under which it began."""

import pytest
from django.core.exceptions import PermissionDenied

from services.casework import actions, errors
from services.casework.actions import StepPlan
from services.casework.enums import RouteState, StepKind
from services.casework.models import DayException
from services.organizations.enums import Kind, Role

pytestmark = pytest.mark.django_db
STEPS = [
    StepPlan(StepKind.VERIFY, Kind.GRASSROOTS_UNION),
    StepPlan(StepKind.HOME_VISIT, Kind.TOWNSHIP_UNION, working_days=5),
    StepPlan(StepKind.APPROVE, Kind.COUNTY_UNION, second_person=True),
]


def drawn_up(world, *, by, steps=STEPS, **changes):
    asked = {"code": world.route.code, "service": "allowance", "name": "新流程", "organization": world.tree["city"]}
    return actions.new_route_version(**(asked | changes), steps=steps, by=by)


def test_cases_under_way_keep_their_version_and_new_ones_take_the_new(world):
    before, keeper = world.submitted(), world.officers["city"]
    route = drawn_up(world, by=keeper)
    assert (route.version, route.state) == (2, RouteState.DRAFT)
    actions.activate_route(route, by=keeper, now=world.now)
    actions.activate_route(route, by=keeper, now=world.now)
    world.route.refresh_from_db()
    assert world.route.state == RouteState.RETIRED
    after = world.submitted()
    assert (before.route, after.route) == (world.route, route)
    assert actions.pass_step(before, by=world.officers["union"], now=world.now).desk == world.tree["county_a"]
    assert actions.pass_step(after, by=world.officers["union"], now=world.now).desk == world.tree["town_a"]


def test_a_faulty_route_is_never_put_in_force(world):
    route = drawn_up(world, by=world.officers["city"], steps=STEPS[:2])
    with pytest.raises(errors.RouteFaulty) as refusal:
        actions.activate_route(route, by=world.officers["city"], now=world.now)
    assert refusal.value.faults == ["approve_once", "approve_last"]
    actions.change_draft(route, steps=STEPS, by=world.officers["city"], decision_days=15)
    route = actions.activate_route(route, by=world.officers["city"], now=world.now)
    assert (route.state, route.decision_days, route.steps.count()) == (RouteState.ACTIVE, 15, 3)


def test_what_was_in_force_never_changes(world):
    with pytest.raises(errors.RouteInForce):
        actions.change_draft(world.route, steps=STEPS, by=world.officers["city"])
    actions.activate_route(drawn_up(world, by=world.officers["city"]), by=world.officers["city"], now=world.now)
    with pytest.raises(errors.RouteInForce):
        actions.activate_route(world.route, by=world.officers["city"], now=world.now)


def test_a_route_is_kept_by_federation_officers_of_its_organisation(world):
    below = world.officer("county_a", role=Role.FEDERATION_OFFICER)
    for stranger in (below, world.officers["county"], world.her.user):
        with pytest.raises(PermissionDenied):
            drawn_up(world, by=stranger, organization=world.tree["county_a"])
    route = drawn_up(world, by=world.officers["city"])
    with pytest.raises(PermissionDenied):
        actions.activate_route(route, by=below, now=world.now)


def test_a_service_nobody_registered_has_no_route(world):
    with pytest.raises(errors.UnknownService):
        drawn_up(world, by=world.officers["city"], service="other")


def test_without_a_route_in_force_nothing_begins(world):
    world.route.state = RouteState.RETIRED
    world.route.save()
    with pytest.raises(errors.NoRoute):
        world.draft()


def test_the_calendar_is_kept_at_the_top(world):
    day = world.now.date()
    for stranger in (world.officers["county"], world.officer("county_a", role=Role.FEDERATION_OFFICER)):
        with pytest.raises(PermissionDenied):
            actions.set_day(day=day, working=False, by=stranger)
    actions.set_day(day=day, working=True, by=world.officers["city"])
    kept = actions.set_day(day=day, working=False, name="示例", by=world.officers["city"])
    assert DayException.objects.get() == kept
    assert not DayException.objects.get().working
    actions.clear_day(kept, by=world.officers["city"])
    assert not DayException.objects.exists()
