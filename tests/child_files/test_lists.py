"""The lists of children's files: what they cost, what they can be narrowed by, what they never show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.child_files.actions import granting
from services.child_files.models import Child, Release
from services.childrens_homes.registry import facts_of, home_panels
from tests.child_files.desk import signed_in
from tests.factories.child_files import Nursery

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


def _queries(desk, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("listing", ["list", "overdue", "approvals", "releases"])
def test_the_lists_cost_the_same_at_one_row_and_at_thirty(nursery, listing):
    desk, address = signed_in(nursery.officer), reverse(f"child_files_desk:{listing}")

    def add():
        child = nursery.child()
        nursery.entrust(child)
        granting.ask(child, of=nursery.leader, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)
        said = {"asked_at": nursery.now, "asked_until": nursery.now, "purpose": "trip", "state": "ended"}
        Release.objects.create(home=nursery.home, asked_by=nursery.officer, leader=nursery.leader, **said)

    add()
    _queries(desk, address)
    alone = _queries(desk, address)
    for _number in range(29):
        add()
    assert _queries(desk, address) == alone


def test_odd_parameters_show_nothing_and_break_nothing(nursery):
    child = nursery.child()
    desk = signed_in(nursery.teacher)
    for page in ("list", "overdue"):
        for query in ("state=x", "home=%00", "p=zz", "late=x", "age=9", "code=" + "9" * 90, "complete=7", "sex=Z"):
            assert desk.get(f"{reverse(f'child_files_desk:{page}')}?{query}").status_code == 200, query
    shown = desk.get(f"{reverse('child_files_desk:list')}?state=x").content.decode()
    assert child.code not in shown


def test_a_name_is_never_shown_whole_in_a_list_nor_looked_for(nursery):
    child = nursery.child(name="示例甲乙")
    desk = signed_in(nursery.teacher)
    shown = desk.get(reverse("child_files_desk:list")).content.decode()
    assert "示**" in shown
    assert child.name not in shown
    assert child.code not in desk.get(f"{reverse('child_files_desk:list')}?code={child.name}").content.decode()


def test_a_home_tells_counts_alone(nursery):
    child = nursery.child()
    nursery.draft()
    told = facts_of([nursery.home], nursery.today)[nursery.home.pk]
    assert told["children_enrolled"].value == 1
    assert told["files_complete_percent"].value == 0
    assert told["consent_percent"].value == 50
    assert told["reviews_overdue"].value == 0
    panel = home_panels["child_files"](nursery.home, nursery.teacher)
    assert child.name not in str(panel.lines)
    above = home_panels["child_files"](nursery.home, nursery.city)
    assert "1" not in str(above.lines)
    assert above.url == ""


def test_facts_cost_the_same_for_any_number_of_homes(nursery):
    from tests.factories.childrens_homes import HomeFactory

    homes = [nursery.home]
    with CaptureQueriesContext(connection) as alone:
        facts_of(homes, nursery.today)
    for number, name in enumerate(("school_b", "nursery", "school_c"), start=2):
        host = nursery.tree[name]
        homes.append(HomeFactory(host=host, programme=nursery.programme, code=f"LSZJ-990001-{number:03d}"))
    with CaptureQueriesContext(connection) as asked:
        facts_of(homes, nursery.today)
    assert len(asked) == len(alone)


def test_a_complete_file_has_all_the_fields_the_plan_asks_for(nursery):
    from services.child_files.actions import filling

    child = nursery.child()
    assert not child.complete
    nursery.entrust(child)
    nursery.absence(child)
    filling.set_traits(child, codes=["quiet"], note="", by=nursery.teacher, now=nursery.now)
    child = Child.objects.unscoped().get(pk=child.pk)
    assert child.complete
