"""What waits for her stands on her desk: the oldest first, each line opening its case."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.casework import actions
from services.casework.enums import Stage
from services.casework.todos import SHOWN, todos_for
from services.organizations.enums import Role
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is):
    return today_is


def test_cases_in_her_hands_come_before_those_that_nobody_has(world):
    free, mine = world.submitted(), actions.claim(world.submitted(), by=world.officers["union"], now=MONDAY)
    theirs = actions.claim(world.submitted(), by=world.officers["union_two"], now=MONDAY)
    lines = todos_for(world.officers["union"])
    assert [line.url for line in lines] == [reverse("casework_desk:case", args=[case.token]) for case in (mine, free)]
    assert free.number in lines[1].text and theirs.number not in " ".join(line.text for line in lines)
    assert not lines[0].overdue and lines[0].since == MONDAY
    assert world.her.name not in lines[0].text


def test_a_step_that_should_have_been_taken_is_overdue(world, on_monday):
    world.submitted()
    on_monday(MONDAY + timedelta(days=8))
    (line,) = todos_for(world.officers["union"])
    assert line.overdue


def test_a_long_list_ends_with_the_way_to_the_rest(world, django_assert_num_queries):
    for _number in range(SHOWN + 3):
        world.submitted()
    officer = type(world.officers["union"]).objects.get(pk=world.officers["union"].pk)
    with django_assert_num_queries(10):
        lines = todos_for(officer)
    assert len(lines) == SHOWN + 1 and lines[-1].url.endswith("?whose=desk&free=1")


@pytest.mark.parametrize("where", ["town", "county"])
def test_nothing_waits_for_those_above(world, where):
    world.submitted()
    assert todos_for(world.officers[where]) == []


def test_nothing_waits_that_is_decided_or_hers_to_supply(world):
    case_at(world, Stage.RETURNED), case_at(world, Stage.CLOSED), case_at(world, Stage.REFUSED)
    assert todos_for(world.officers["union"]) == []
    assert todos_for(world.officer("city", role=Role.AUDITOR)) == []
