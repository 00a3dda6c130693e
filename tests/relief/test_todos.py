"""What waits for officers in relief, on the first page of their desk."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from services.relief.actions.sums import change_sum
from services.relief.models import Household, ReturnVisit
from services.relief.todos import todos_for
from tests.factories.households import answered, at_decision, drafted, relief_world
from tests.factories.measured import file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _texts(user) -> list[str]:
    with translation.override("en"):
        return [todo.text for todo in todos_for(user)]


def test_a_file_past_its_yearly_check_waits_for_its_union_and_for_those_above(world):
    household = file_of(world.tree["unit_a"], category="deep", cause="schooling")
    assert _texts(world.officers["union"]) == []
    Household.objects.unscoped().filter(pk=household.pk).update(recheck_due_on=date(2020, 1, 1))
    for name in ("union", "county", "city"):
        assert _texts(world.officers[name]) == ["1 hardship file is to be checked again"]
    assert all(todo.overdue for todo in todos_for(world.officers["union"]))
    assert _texts(world.officers["finance"]) == []


def test_a_return_visit_waits_from_the_day_it_is_due(world):
    household = file_of(world.tree["unit_a"], category="deep", cause="schooling")
    visit = ReturnVisit.objects.create(household=household, due_on=timezone.localdate() + timedelta(days=1))
    assert _texts(world.officers["union"]) == []
    visit.due_on = timezone.localdate()
    visit.save()
    assert _texts(world.officers["union"]) == ["1 return visit is due"]
    assert not todos_for(world.officers["union"])[0].overdue


def test_a_changed_sum_waits_for_a_second_person_and_not_for_whoever_changed_it(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    application = at_decision(world, application)
    change_sum(
        application, amount=Decimal(500), because="部分费用已由单位承担", by=world.officers["county"], now=world.now
    )
    assert _texts(world.officers["county"]) == []
    assert _texts(world.officers["county_two"]) == ["1 changed sum waits for a second person"]
