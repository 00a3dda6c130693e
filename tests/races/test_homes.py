"""Plans of homes at one moment: no number is given twice, no home is made twice."""

import pytest

from services.childrens_homes.actions import plans
from services.childrens_homes.actions.homes import add_homes
from services.childrens_homes.enums import Profile, SiteType
from services.childrens_homes.models import ConstructionPlan, Home, PlanLine
from services.organizations.enums import Kind
from tests.childrens_homes.office import Office
from tests.factories.organizations import UnionFactory
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def _site(office, number: int) -> dict:
    host = UnionFactory(parent=office.tree["town_a"], kind=Kind.SCHOOL, name=f"示例第{number}小学")
    site = {"site_type": SiteType.PRIMARY_SCHOOL, "profile": Profile.SCHOOL}
    return {"host": host, "county": office.tree["county_a"], **site}


def test_two_plans_that_number_homes_at_one_moment_give_no_number_twice():
    office = Office()
    sites = [[_site(office, 10 * plan + number) for number in range(5)] for plan in range(4)]
    results = at_once([lambda some=some: add_homes(office.programme, some) for some in sites])
    assert all(isinstance(one, list) for one in results)
    codes = list(Home.objects.unscoped().order_by("code").values_list("code", flat=True))
    assert codes == [f"LSZJ-990001-{number:03d}" for number in range(1, 21)]


def test_two_of_the_city_approve_at_one_moment_and_each_home_is_made_once():
    office = Office()
    plan = office.consulted("school_a", "nursery")

    def approve():
        return plans.move_plan(plan, "approve", by=office.chair, now=office.now).state

    assert at_once([approve] * 6) == ["approved"] * 6
    assert Home.objects.unscoped().count() == 2
    assert PlanLine.objects.unscoped().filter(home__isnull=False).count() == 2


def test_two_versions_begun_at_one_moment_are_one():
    office = Office()
    office.published("school_a", "nursery")

    def begin():
        return plans.draft_plan(office.programme, by=office.city, reason="示例")

    results = at_once([begin] * 4)
    assert results.count("plan_being_made") == 3
    assert ConstructionPlan.objects.unscoped().count() == 2
