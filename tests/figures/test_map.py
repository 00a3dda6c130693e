"""The map of tiles: drawn with words by the federation itself, read with the figures of every statistic."""

import pytest
from django.urls import reverse

from services.figures.actions.arranging import arrange
from services.figures.errors import StrangersDrawn
from services.figures.models import Arrangement
from services.figures.rules.arrangement import read, written
from services.foundation import clock
from services.organizations.actions import edit_organization
from services.organizations.enums import Role
from tests.coverage.standings import LACKING, many_under
from tests.factories.organizations import UnionFactory, small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db
NAMES = {"清河区总工会": 1, "清河镇总工会": 2, "东湖区总工会": 3}
CODES = {"SZ-01": 1, "SZ-02": 2, "SZ-03": 3}


def test_a_drawing_is_rows_of_equal_length_and_can_be_written_again():
    rows, faults = read("  . 东湖区　SZ-01\n\nSZ-02\n", NAMES, CODES)
    assert (rows, faults) == ([[None, 3, 1], [2, None, None]], [])
    assert written(rows, {1: "SZ-01", 3: "SZ-03"}) == ". SZ-03 SZ-01\n. . ."


def test_every_fault_is_found_at_once():
    _rows, faults = read(f"清河 南山\n东湖区 SZ-03\n{'. ' * 13}", NAMES, CODES)
    assert [(one.code, one.text, one.line) for one in faults] == [
        ("ambiguous", "清河", 1),
        ("unknown", "南山", 1),
        ("twice", "SZ-03", 2),
        ("too_wide", "", 3),
    ]
    assert [one.code for one in read("东湖区\n" + ".\n" * 20, NAMES, CODES)[1]] == ["too_tall"]


@pytest.fixture
def tree():
    tree = small_tree()
    many_under(tree["town_a"], 3)
    many_under(tree["county_b"], 1)
    many_under(tree["county_b"], 1, **LACKING)
    tree["county_c"] = UnionFactory(parent=tree["city"], kind="county_union", code="T-C")
    return tree


def drawn(tree, drawing: str, client=None):
    client = client or at_desk(tree["city"])
    client.cookies["language"] = "en"
    return client.post(reverse("figures:arrange", args=[tree["city"].code]), {"drawing": drawing})


def shown(page):
    found = page.context.get("children_map") or page.context.get("branches_map")
    rows = [[tile and (tile.name, tile.text, tile.height) for tile in row] for row in found.rows]
    return rows, found.missing


def test_each_organisation_stands_where_it_was_drawn_with_its_figure(tree):
    client = at_desk(tree["city"])
    assert drawn(tree, f". {tree['county_b'].name}\n{tree['county_a'].code}", client).status_code == 302
    a, b, c = (tree[name].name for name in ("county_a", "county_b", "county_c"))
    report = client.get(reverse("figures:at", args=["coverage-required", tree["city"].code]))
    assert shown(report) == ([[None, (b, "50.0%", "50.0")], [(a, "100.0%", "100.0"), None]], [c])
    assert reverse("figures:at", args=["coverage-required", tree["county_b"].code]) in report.content.decode()
    glance = client.get(reverse("coverage_view:at", args=[tree["city"].code]))
    assert shown(glance)[0] == [[None, (b, "50.0%", "50.0")], [(a, "100.0%", "100.0"), None]]
    assert glance.context["branches_map"].rows[0][1].url == reverse("coverage_view:at", args=[tree["county_b"].code])
    form = client.get(reverse("figures:arrange", args=[tree["city"].code])).context["form"]
    assert form.initial == {"drawing": ". T-B\nT-A ."}
    assert client.get(reverse("figures:at", args=["coverage-required", "T-A"])).context["children_map"] is None


def test_what_cannot_be_drawn_is_said_and_nothing_typed_is_lost(tree):
    page = drawn(tree, "T-A T-Z\nT-A")
    assert page.context["form"].errors["drawing"] == [
        "Line 1: nothing below is called “T-Z”.",
        "Line 2: “T-A” stands on the map twice.",
    ]
    assert "T-A T-Z" in page.content.decode()
    assert "Nothing is on this map" in drawn(tree, ". .").content.decode()
    assert not Arrangement.objects.exists()
    with pytest.raises(StrangersDrawn):
        arrange(tree["city"], [[tree["town_a"].pk]], by=post(tree["city"]), now=clock.now())


def test_only_federation_officers_draw_it(tree):
    assert drawn(tree, "T-A T-B", at_desk(tree["county_a"])).status_code == 404
    assert drawn(tree, "T-A T-B", at_desk(tree["city"], Role.AUDITOR)).status_code == 403


def test_one_that_moved_away_leaves_its_place_empty(tree):
    client = at_desk(tree["city"])
    drawn(tree, "T-A T-B T-C", client)
    edit_organization(tree["county_c"], by=None, name="示例改名总工会")
    Arrangement.objects.update(rows=[[tree["county_a"].pk, 0, tree["county_c"].pk, tree["town_a"].pk]])
    report = client.get(reverse("figures:at", args=["coverage-required", tree["city"].code]))
    rows, missing = shown(report)
    assert [tile and tile[0] for tile in rows[0]] == [tree["county_a"].name, None, "示例改名总工会", None]
    assert missing == [tree["county_b"].name]
