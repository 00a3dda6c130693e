"""Overdue now: by organisation and step, counted as the lists count that each figure opens."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse

from services.casework import actions
from services.casework.enums import Stage
from services.casework.exporters import cases_matching
from services.casework.todos import todos_for
from services.organizations.enums import Role
from tests.casework.notice_world import signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, case_at
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)
FIGURE = re.compile(r'<a href="(/admin/cases/\?[^"]+)">(\d+)</a>')


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


def of(world, unit: str):
    return WorkerFactory(organization=world.tree[unit], user=WorkerUserFactory())


def page(client) -> str:
    answer = client.get(reverse("casework_desk:overdue"))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def listed_behind(user, address: str) -> int:
    """How many cases the list behind an address holds, by its own filters."""
    return cases_matching(user, QueryDict(address.partition("?")[2])).count()


@pytest.fixture
def spread(noticed):
    """Cases at every kind of desk and step, in two unions, and some that can't be overdue."""
    for _ in range(3):
        noticed.submitted()
    noticed.submitted(of(noticed, "unit_b"))
    for stage in (Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED, Stage.RETURNED, Stage.APPROVED, Stage.REFUSED):
        case_at(noticed, stage)
    noticed.verified()
    case_at(noticed, Stage.DRAFT)
    return noticed


def test_every_figure_is_the_number_of_cases_in_the_list_it_opens(spread, on_monday):
    on_monday(LATER)
    for who in ("union", "town", "county", "city"):
        officer = spread.officers[who]
        client = signed_in(officer)
        figures = FIGURE.findall(page(client))
        assert figures
        for address, shown in figures:
            assert listed_behind(officer, address) == int(shown), address
            rows = set(re.findall(r"/admin/cases/case/([\w-]+)/", client.get(address).content.decode()))
            assert len(rows) == int(shown), address


def test_it_says_how_many_where_and_at_which_step(spread, on_monday):
    assert "Nothing within your reach is overdue today." in page(signed_in(spread.officers["city"]))
    on_monday(LATER)
    text = page(signed_in(spread.officers["city"]))
    assert "8 cases are overdue today, at 4 organisations." in text
    for place in ("unit_a", "unit_b", "town_a", "county_a"):
        assert spread.tree[place].name in text
    for step in ("Check the papers", "Public notice", "Objection under review", "Appealed"):
        assert f'<th scope="col">{step}</th>' in text
    assert "3 cases are overdue today" in page(signed_in(spread.officers["union"]))
    nobody = page(signed_in(spread.officer("unit_c")))
    assert "Nothing within your reach" in nobody and spread.tree["unit_a"].name not in nobody


def test_a_step_is_overdue_from_the_day_after_it_was_due(world, on_monday):
    case = world.submitted()
    on_monday(MONDAY.replace(day=case.due_on.day))
    assert "Nothing within your reach" in page(signed_in(world.officers["union"]))
    on_monday(MONDAY.replace(day=case.due_on.day + 1))
    assert "1 case is overdue today, at 1 organisation." in page(signed_in(world.officers["union"]))


def test_the_auditor_reads_it_and_whoever_is_above_has_it_on_her_desk(spread, on_monday):
    on_monday(LATER)
    auditor = spread.officer("city", role=Role.AUDITOR)
    assert "8 cases are overdue today" in page(signed_in(auditor))
    (line,) = [todo for todo in todos_for(spread.officers["city"]) if "within your reach" in todo.text]
    assert (line.text, line.url, line.overdue) == (
        "8 cases are overdue within your reach",
        reverse("casework_desk:overdue"),
        True,
    )
    assert not [todo for todo in todos_for(spread.officers["union"]) if "within your reach" in todo.text]


def test_thirty_cost_the_queries_of_one(world, on_monday):
    world.submitted()
    on_monday(LATER)
    client, address = signed_in(world.officers["city"]), reverse("casework_desk:overdue")
    _queries(client, address)
    alone = _queries(client, address)
    for number in range(30):
        case = world.submitted(of(world, ("unit_a", "unit_b")[number % 2]))
        if number % 4 == 0:
            actions.pass_step(case, by=world.officers["union"], now=MONDAY)
    assert _queries(client, address) == alone
