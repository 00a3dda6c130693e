"""What lies below a return: what isn't there is counted one by one, and what came later isn't lost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from services.coverage import return_errors as errors
from services.coverage.actions import returns as actions
from services.coverage.queries import returns as queries
from services.coverage.todos import todos_for
from services.organizations.actions import move_branch
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.returns import (
    NOW,
    YEAR,
    accepted,
    filled,
    locked,
    officer_at,
    opened,
    return_of,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    found = small_tree()
    opened(found["city"])
    return found


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def page(name: str, union) -> str:
    return reverse(f"coverage_returns:{name}", args=[YEAR, union.code])


def _closes(union, tree):
    union.refresh_from_db()
    union.closed_on = date(2026, 10, 1)
    union.save()


def _moves(union, tree):
    move_branch(union, to=tree["county_b"], by=None, reason="区划调整")


@pytest.mark.parametrize("leaves", [_closes, _moves])
def test_one_that_leaves_and_still_counts_makes_up_for_no_sister_that_is_missing(tree, leaves):
    locked(tree, units=("unit_a", "unit_c"))
    town, officer = tree["town_a"], officer_at(tree["town_a"])
    actions.amend(return_of(tree["unit_a"]), reason="漏报一个车间", by=officer_at(tree["unit_a"]), now=NOW)
    leaves(tree["unit_a"], tree)
    found = queries.below(town.pk, YEAR)
    assert (found.expected, found.counted, found.missing) == (2, 1, 1)
    assert found.names == (tree["unit_b"].name,)
    actions.amend(return_of(town), reason="漏报", by=officer, now=NOW)
    filled(town, by=officer)
    with pytest.raises(errors.GapUnexplained) as refused:
        actions.sign(return_of(town), name="示例主席", by=officer, now=NOW)
    assert refused.value.context == {"missing": 1}


def test_a_union_that_had_none_below_when_the_year_was_opened_counts_those_that_came(tree):
    unit, officer = tree["unit_a"], officer_at(tree["unit_a"])
    filled(unit, by=officer)
    came = UnionFactory(parent=unit)
    opened(tree["city"])
    assert return_of(unit).form == "grassroots"
    client = client_of(officer)
    seen = client.get(page("one", unit))
    assert [one.organization for one in seen.context["missing"]] == [came]
    assert seen.context["shown"].upper
    assert client.get(page("edit", unit)).context["counts_below"]
    with pytest.raises(errors.GapUnexplained):
        actions.sign(return_of(unit), name="示例主席", by=officer, now=NOW)
    refused = client.post(page("sign", unit), {"name": "示例主席"})
    assert refused.context["form"].errors["because"]
    accepted(came, staff=50)
    assert client.get(page("one", unit)).context["shown"].below.sums["staff"] == 50
    actions.sign(return_of(unit), name="示例主席", by=officer, now=NOW)
    again = return_of(unit)
    assert again.form == "upper"
    assert again.totals["staff"] == 60 + 50
    assert again.totals["unions"] == 2


def test_what_lies_below_one_that_counts_nowhere_has_reached_no_further(tree):
    accepted(tree["unit_a"])
    submitted(tree["town_a"], because="迟报")
    accepted(tree["county_a"], because="镇总工会迟报")
    assert return_of(tree["unit_a"]).reached == tree["town_a"]


def test_what_has_counted_all_the_way_up_has_reached_the_top_of_its_way(tree):
    accepted(tree["unit_a"])
    accepted(tree["town_a"], because="迟报")
    accepted(tree["county_a"])
    assert return_of(tree["unit_a"]).reached == return_of(tree["town_a"]).reached == tree["city"]


def test_what_waits_to_be_accepted_is_what_its_list_shows_year_by_year(tree):
    opened(tree["city"], YEAR - 1)
    submitted(tree["unit_a"], year=YEAR - 1)
    submitted(tree["unit_a"])
    submitted(tree["unit_b"])
    officer = officer_at(tree["town_a"])
    client = client_of(officer)
    waiting = [todo for todo in todos_for(officer) if "state=submitted" in todo.url]
    assert [todo.text.split("份")[0].split()[0] for todo in waiting] == ["1", "2"]
    shown = [client.get(todo.url).context["view"].keyset_page.rows for todo in waiting]
    assert [len(rows) for rows in shown] == [1, 2]
