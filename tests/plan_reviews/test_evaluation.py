"""What a plan's indicators say: from sums, against the target that binds, hidden where few people are told on."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.indicators.models import Element, Reference
from services.plan_reviews import errors
from services.plan_reviews.actions import plans
from services.plan_reviews.models import Target
from services.plan_reviews.queries.evaluation import evaluate, regions, series
from services.plan_reviews.rules.counting import count
from tests.factories.indicators import NOW, YEAR, element, indicator
from tests.plan_reviews.world import ReviewWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld()


def line(world, organization, year: int = YEAR):
    found = evaluate(world.plan, organization, year)
    return next(one for one in found.lines if one.indicator == world.care)


def test_without_a_value_there_is_no_light_and_the_cause_is_told(world):
    assert evaluate(world.plan, world.city, 1999).lines == []
    found = line(world, world.city)
    assert (found.status, found.value, found.result.missing) == ("no_data", None, 2)
    world.fill(world.county_a, births=5, managed="missing_late")
    assert line(world, world.county_a).cause == "missing_late"


def test_status_course_trend_and_the_three_numbers(world):
    world.told(a={"births": 100, "managed": 80}, b={"births": 100, "managed": 82}, year=YEAR - 1)
    world.told(a={"births": 100, "managed": 95}, b={"births": 300, "managed": 252})
    city, a, b = (line(world, one) for one in (world.city, world.county_a, world.county_b))
    assert (city.status, city.judged.course, city.value) == ("not_due", "on_track", Decimal("86.75"))
    assert (a.status, b.status, b.judged.course) == ("met", "not_due", "at_risk")
    assert city.judged.expected == 85
    assert (city.since_last.points, city.since_last.points_of) == (Decimal("5.75"), "percentage_points")
    assert city.since_base.points == Decimal("6.75")
    counts = evaluate(world.plan, world.city, YEAR).counts
    assert (counts.met, counts.not_due, counts.no_data, counts.total) == (0, 1, 0, 1)


def test_the_target_of_the_nearest_place_binds_and_national_ones_judge_nobody(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 100, "managed": 95})
    world.aim(world.care, "ge", 96, organization=world.county_a)
    world.aim(world.care, "ge", 99, origin="national")
    assert (line(world, world.county_a).status, line(world, world.county_b).status) == ("not_due", "met")
    assert line(world, world.city).national.value == 99
    world.aim(world.care, "ge", 94, organization=world.county_a)  # the latest line counts; the earlier one stays
    assert line(world, world.county_a).status == "met"
    assert Target.objects.unscoped().count() == 4


def test_the_next_due_target_counts_and_a_past_one_is_due(world):
    world.told(a={"births": 100, "managed": 85}, b={"births": 100, "managed": 85})
    world.aim(world.care, "ge", 86, due_year=YEAR)
    assert line(world, world.city).status == "not_met"
    assert line(world, world.city).target.due_year == YEAR


def test_a_national_number_stands_beside_and_never_in_the_sum(world):
    Reference.objects.create(indicator=world.care, year=2024, value=Decimal("94.9"), source="示例")
    found = line(world, world.city)
    assert found.reference.value == Decimal("94.9") and found.value is None


def test_an_indicator_without_direction_gets_no_target(world):
    share = indicator(world.city, "share", world.managed, world.births, direction="none")
    with pytest.raises(errors.NoDirection):
        world.aim(share, "ge", 50)
    world.told(a={"births": 100, "managed": 95}, b={"births": 100, "managed": 95})
    found = evaluate(world.plan, world.city, YEAR)
    assert [one.status for one in found.lines] == ["met", "no_target"]
    assert found.counts == count(["met", "no_target"])


def test_what_a_target_needs(world):
    for fault, more in (
        (errors.TargetWithoutNumber, {"comparator": "ge", "value": None}),
        (errors.RangeWithoutEnds, {"comparator": "range", "value": 5}),
        (errors.DueOutsidePlan, {"comparator": "ge", "value": 5, "due_year": 2040}),
    ):
        with pytest.raises(fault):
            world.aim(world.care, **more)
    foreign = indicator(world.city, "children", world.births, audience="children")
    with pytest.raises(errors.ForeignIndicator):
        world.aim(foreign, "ge", 5)
    with pytest.raises(PermissionDenied):
        plans.set_target(
            world.goal,
            indicator=world.care,
            organization=world.city,
            due_year=2030,
            comparator="ge",
            value=Decimal(1),
            source="示例",
            by=world.clerk_a,
            now=NOW,
        )


def test_few_people_are_hidden_with_whatever_would_give_them_away(world):
    Element.objects.unscoped().filter(pk=world.managed.pk).update(protected=True)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    a, b, city = (line(world, one) for one in (world.county_a, world.county_b, world.city))
    assert (a.value, a.hidden, a.status) == (None, True, "not_due")
    assert b.hidden  # with the sum above it would tell on the other
    assert not city.hidden and city.value == Decimal("16.5")
    place = evaluate(world.plan, world.city, YEAR).place
    told = regions(world.plan, a.indicator, place)
    assert [(one.numerator, one.denominator, one.line.value) for one in told] == [(None, None, None)] * 2
    assert [year.value for year in series(a.indicator, world.county_a)] == [None]


def test_regions_are_sums_of_their_own(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 300, "managed": 252})
    place = evaluate(world.plan, world.city, YEAR).place
    told = regions(world.plan, world.care, place)
    assert [(one.numerator, one.denominator) for one in told] == [(95, 100), (252, 300)]


def test_the_page_costs_the_same_with_one_indicator_and_with_fifty(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 300, "managed": 252}, lock=False)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            evaluate(world.plan, world.city, YEAR)
        return len(found)

    alone = asked()
    for number in range(50):
        made = indicator(world.city, f"more-{number}", element(world.city, f"e-{number}"), world.births)
        world.aim(made, "ge", 50)
    assert asked() <= alone + 1  # one more asks why there is no data
    assert alone <= 10


def test_both_plans_come_in_once_as_samples():
    from services.indicators.actions.dictionary import load_samples
    from services.plan_reviews.models import Plan
    from tests.factories.indicators import MonitoringWorld

    world = MonitoringWorld(opened=False)
    load_samples(world.city, by=world.city_officer, now=NOW)
    made = plans.load_samples(world.city, by=world.city_officer, now=NOW)
    assert made == Target.objects.unscoped().filter(sample=True).count() > 40
    assert plans.load_samples(world.city, by=world.city_officer, now=NOW) == 0
    assert Plan.objects.unscoped().filter(sample=True).count() == 2
