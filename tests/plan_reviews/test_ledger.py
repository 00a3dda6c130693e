"""Problems are opened by the lock, once; worked on with owner, measure and day; closed by a second person alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.indicators.actions import climbing
from services.plan_reviews import errors, tasks
from services.plan_reviews.actions import issues
from services.plan_reviews.models import Issue
from tests.factories.indicators import NOW, YEAR
from tests.plan_reviews.world import ReviewWorld

pytestmark = pytest.mark.django_db
SOON = (NOW + timedelta(days=30)).date()


@pytest.fixture
def world():
    world = ReviewWorld()
    world.aim(world.care, "ge", 90, due_year=YEAR)
    return world


def assigned(world, issue):
    return issues.assign(
        issue,
        cause="口径不一",
        measure="统一口径",
        owner_name="示例科长",
        due_on=SOON,
        lead=issue.lead,
        by=world.city_officer,
        now=NOW,
    )


def test_the_lock_opens_what_the_evaluation_finds_and_a_second_look_adds_nothing(world):
    world.told(a={"births": 100, "managed": 50}, b={"births": 100, "managed": "missing_not_collected"})
    found = {(one.organization, one.kind): one for one in world.issues()}
    assert set(found) == {
        (world.county_a, "not_met"),
        (world.county_b, "no_data"),
        (world.city, "no_data"),
    }
    assert found[world.county_b, "no_data"].found["cause"] == "missing_not_collected"
    assert found[world.county_a, "not_met"].lead.name == "卫生健康委"
    assert tasks.open_issues() == 0 and len(world.issues()) == 3


def test_nothing_is_opened_before_the_lock_and_what_comes_late_is_looked_at_again(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 100, "managed": 95}, lock=False)
    assert world.issues() == []
    from services.indicators.actions.rounds import lock_round

    lock_round(world.round, by=world.city_officer, now=NOW)
    assert world.issues() == []
    climbing.amend(world.report(world.county_a), because="复核后下调", by=world.clerk_a, now=NOW)
    world.accepted(world.county_a, managed=10)
    assert {(one.organization, one.kind) for one in world.issues()} == {
        (world.county_a, "not_met"),
        (world.city, "not_met"),
    }


def test_an_estimate_is_in_doubt(world):
    from services.indicators.models import Value

    world.fill(world.county_a, births=100, managed=95)
    Value.objects.filter(element=world.managed).update(status="estimated")
    world.sign(world.county_a)
    climbing.accept(world.report(world.county_a), by=world.city_officer, now=NOW)
    from services.indicators.actions.rounds import lock_round

    lock_round(world.round, by=world.city_officer, now=NOW)
    assert [one.kind for one in world.issues(world.county_a)] == ["doubtful"]


def test_from_measure_to_closing_by_a_second_person(world):
    world.told(a={"births": 100, "managed": 50}, b={"births": 100, "managed": 95})
    issue = world.issues(world.county_a)[0]
    with pytest.raises(errors.NotAssigned):
        issues.hand_in(issue, done="完成", by=world.clerk_a, now=NOW)
    with pytest.raises(errors.MeasureMissing):
        issues.assign(issue, cause="", measure=" ", owner_name="x", due_on=SOON, lead=None, by=world.clerk_a, now=NOW)
    with pytest.raises(PermissionDenied):
        issues.hand_in(issue, done="完成", by=world.clerk_b, now=NOW)
    assigned(world, issue)
    issues.visit(
        issue, visited_on=NOW.date(), unit=None, finding="尚缺两镇", due_on=None, by=world.city_officer, now=NOW
    )
    with pytest.raises(errors.NotHandedIn):
        issues.close(issue, because="好", by=world.second, now=NOW)
    issues.hand_in(issue, done="已补报", by=world.clerk_a, now=NOW)
    with pytest.raises(PermissionDenied):
        issues.close(issue, because="好", by=world.clerk_a, now=NOW)
    issues.give_back(issue, because="证据不足", by=world.second, now=NOW)
    issues.hand_in(issue, done="已补报并附说明", by=world.clerk_a, now=NOW)
    closed = issues.close(issue, because="已核对", by=world.second, now=NOW)
    assert (closed.state, closed.closed_by) == ("closed", world.second)
    with pytest.raises(errors.ClosedBefore):
        issues.close(issue, because="已核对", by=world.second, now=NOW)
    assert tasks.open_issues() == 0  # a closed one isn't opened again


def test_the_database_wants_a_second_person(world):
    world.told(a={"births": 100, "managed": 50}, b={"births": 100, "managed": 95})
    issue = world.issues(world.county_a)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.unscoped().filter(pk=issue.pk).update(
            state="closed", measure="x", done="x", done_by=world.clerk_a, closed_by=world.clerk_a
        )
