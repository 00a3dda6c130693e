"""The leader's page: sentence, figures, trend, who moved, ranking, what other services tell; every number its list."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.coverage.models import Standing, StandingChange
from services.figures.actions import keep_month_end, set_target
from services.figures.registry import statistics
from services.organizations.actions import close_organization, move_branch
from services.organizations.enums import Role
from tests.coverage.standings import LACKING, UNSTATED, many_under, union_under
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import UnionFactory, small_tree
from tests.screening.people import at_desk, booked, post, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """county_a: 9 of 12 that must, county_b: 2 of 4; two small ones, one of them unstated."""
    tree = small_tree()
    many_under(tree["town_a"], 9)
    many_under(tree["town_a"], 3, **LACKING)
    many_under(tree["county_b"], 2)
    many_under(tree["county_b"], 2, **LACKING)
    union_under(tree["county_b"], **UNSTATED)
    union_under(tree["county_b"], required="commissioner", form="commissioner", size="below")
    return tree


def _weak_ones(tree) -> None:
    """One for each list of unions to call."""
    small = {"required": "commissioner", "size": "below"}
    union_under(tree["county_b"], **LACKING | small)
    union_under(tree["county_b"], **LACKING | small | {"form": "", "built": "unknown"})
    for number, weakness in enumerate(({"term": "overdue"}, {"term": "ending"}, {"in_step": "no"}), start=1):
        many_under(tree["county_a"], number, **weakness)
    many_under(tree["county_a"], 2, chair_qualified="no")
    union_under(tree["county_a"], chair_qualified="unknown")


def opened(client, organization, name="at", language="en", **parameters):
    client.cookies["language"] = language
    return client.get(reverse(f"coverage_view:{name}", args=[organization.code]), parameters)


def test_the_sentence_names_both_denominators(tree):
    page = opened(at_desk(tree["city"]), tree["city"])
    assert page.context["finding"] == (
        "示例市总工会: of the 16 unions that must have a women workers' committee, 11 have one: 68.8%. "
        "Of all 18 unions, 12 have a women workers' organisation: 66.7%."
    )
    assert page.context["unstated"].startswith("1 union hasn't said")
    assert [one["figure"] for one in page.context["coverages"]] == ["68.8%", "66.7%"]


def test_no_rate_stands_on_the_page_without_its_denominator(tree):
    page = opened(at_desk(tree["city"]), tree["city"])
    for one in page.context["coverages"]:
        part, whole = int(one["part"]["text"]), int(one["whole"]["text"])
        assert one["figure"] == f"{100 * part / whole:.1f}%"
        named = f"{one['statistic'].numerator.label} ÷"
        assert named.replace("'", "&#x27;") in page.content.decode()


def test_every_number_is_as_long_as_its_list(tree):
    _weak_ones(tree)
    client = at_desk(tree["city"])
    page = opened(client, tree["city"])
    cells = [cell for row in [*page.context["branches"], page.context["direct"]] for cell in row["cells"]]
    cells += [cell for one in page.context["quality"] for _label, cell in one["cells"]]
    cells += [cell for one in page.context["coverages"] for cell in (one["part"], one["whole"])]
    cells += [{"url": one["url"], "text": one["number"]} for one in page.context["calls"]]
    assert sorted(int(one["number"]) for one in page.context["calls"]) == [1, 1, 2, 2, 3, 3, 5]
    assert len(cells) > 30
    for cell in cells:
        listed = client.get(cell["url"])
        assert listed.context["counted"].rows == int(cell["text"]), cell["url"]
        assert not listed.context["broken_filters"]
    county = opened(client, tree["county_b"])
    for cell in county.context["direct"]["cells"]:
        assert client.get(cell["url"]).context["counted"].rows == int(cell["text"]), cell["url"]


def test_only_organisations_with_enough_unions_are_ranked_and_the_others_say_why(tree, settings):
    settings.COVERAGE_RANKED_FROM = 10
    rows = opened(at_desk(tree["city"]), tree["city"]).context["branches"]
    assert [(row["name"], row["rank"], row["rate"], row["why"]) for row in rows] == [
        ("甲县总工会", 1, "75.0%", ""),
        ("乙县总工会", None, "50.0%", "not ranked: fewer than 10 unions that must have one"),
    ]


def test_who_moved_is_told_with_its_cause_and_who_came_back_is_not(tree, monkeypatch):
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 11, 20))
    one, other, third = [standing.organization for standing in Standing.objects.unscoped()[:3]]
    by, day = StaffFactory(first_name="示例乙"), timezone.make_aware(datetime(2026, 11, 3, 9))
    change = {"field": "built", "by": by, "at": day}
    StandingChange.objects.create(organization=one, was="no", now="yes", cause="day", **change)
    StandingChange.objects.create(organization=other, was="yes", now="no", cause="day", **change)
    StandingChange.objects.create(organization=third, was="yes", now="no", cause="day", **change)
    StandingChange.objects.create(organization=third, was="no", now="yes", cause="day", **change)
    earlier = change | {"at": timezone.make_aware(datetime(2026, 10, 31, 23))}
    StandingChange.objects.create(organization=third, was="yes", now="no", cause="day", **earlier)
    client = at_desk(tree["city"])
    page = opened(client, tree["city"])
    assert page.context["movement"] == "2026-11: 1 unions came to what they must have, 1 lost it."
    assert {(line["union"], line["gained"], line["cause"]) for line in page.context["moved"]["lines"]} == {
        (one.name, True, "the date alone"),
        (other.name, False, "the date alone"),
    }
    assert client.get(page.context["moved_url"]).context["counted"].rows == 4
    for way, union in zip(page.context["moved"]["ways"], (one, other), strict=True):
        listed = client.get(way["url"])
        assert (way["number"], listed.context["counted"].rows) == ("1", 1)
        assert union.name in listed.content.decode()


def test_who_moved_in_a_past_month_is_told_of_the_tree_as_it_stood_then(tree):
    union = Standing.objects.unscoped().filter(organization__path__startswith=tree["town_a"].path).first().organization
    day = timezone.make_aware(datetime(2026, 10, 20, 9))
    StandingChange.objects.create(organization=union, field="built", was="no", now="yes", cause="day", at=day)
    keep_month_end(DAY, now=AFTER)
    move_branch(union, to=tree["county_b"], by=None, reason="区划调整")
    client = at_desk(tree["city"])
    for place, names in ((tree["county_a"], [union.name]), (tree["county_b"], [])):
        page = opened(client, place, day="2026-10-31")
        assert [line["union"] for line in page.context["moved"]["lines"]] == names
        assert client.get(page.context["moved_url"]).context["counted"].rows == len(names)
        for way in page.context["moved"]["ways"]:
            assert client.get(way["url"]).context["counted"].rows == int(way["number"]) == len(names)
    for odd in ("tree=2026-09-30", "tree=x", "way=x", "way=gained&month=2026-99", "way=lost"):
        assert client.get(f"{reverse('coverage_view:changes')}?union=T&{odd}").status_code == 200


DAY, AFTER = date(2026, 10, 31), timezone.make_aware(datetime(2026, 11, 1, 1))


def test_a_month_end_keeps_what_was_after_a_move_and_a_closing(tree, monkeypatch):
    keep_month_end(DAY, now=AFTER)
    client = at_desk(tree["city"])
    before = opened(client, tree["county_b"], day="2026-10-31")
    town, lacking = tree["town_a"], Standing.objects.unscoped().filter(built="no").last()
    move_branch(town, to=tree["county_b"], by=None, reason="区划调整")
    lacking.refresh_from_db()
    close_organization(lacking.organization, by=None, on=date(2026, 11, 2), reason="撤销")
    after = opened(client, tree["county_b"], day="2026-10-31")
    assert after.context["finding"] == before.context["finding"]
    assert [row["name"] for row in after.context["branches"]] == [row["name"] for row in before.context["branches"]]
    now = opened(client, tree["county_b"])
    assert now.context["finding"] != before.context["finding"]
    assert now.context["months"]["rows"] == [("2026-10-31", ["50.0%", "50.0%"])]
    assert opened(client, tree["city"], day="2026-09-30").status_code == 404
    assert opened(client, tree["city"], day="nonsense").status_code == 404


def test_against_the_target_of_the_year_it_says_how_many_unions_are_missing(tree, monkeypatch):
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 11, 20))
    officer = post(tree["city"])
    aim = {"organization": tree["city"], "by": officer, "now": timezone.now(), "source": "年度要点"}
    set_target(statistics["coverage-required"], period="2026", value=80, **aim)
    set_target(statistics["coverage-required"], period="2025", value=10, **aim)
    required, everyone = opened(at_desk(tree["city"]), tree["city"]).context["coverages"]
    assert required["aim"] == "2026: Target 80.0%: not reached yet."
    assert required["aim_missing"] == "2 unions are missing for it."
    assert everyone["aim"] is None


def test_what_other_services_tell_stands_beside_it(tree):
    _programme, session, root = programme_at(tree["city"], year=2026, slots=10)
    booked(session, tree["unit_a"], root)
    page = opened(at_desk(tree["city"]), tree["city"])
    found = {one["title"]: one["figure"] for one in page.context["beside"]}
    assert found[statistics["screening-uptake"].title] == "10.0%"
    assert statistics["screening-uptake"].title in page.context["heads"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_says_what_is_counted_and_of_when(tree, language):
    page = opened(at_desk(tree["city"]), tree["city"], language=language).content.decode()
    assert f"{timezone.localtime():%Y-%m-%d}" in page
    assert page.count("<dt>") > 20


def test_a_foreign_place_does_not_exist_and_a_post_without_figures_is_refused(tree):
    officer = at_desk(tree["county_a"])
    for name in ("at", "data", "workbook"):
        assert opened(officer, tree["county_b"], name).status_code == 404
        assert opened(at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR), tree["city"], name).status_code == 403


def test_the_page_costs_the_same_however_many_stand_below(tree):
    client = at_desk(tree["city"])
    opened(client, tree["city"])
    with CaptureQueriesContext(connection) as few:
        opened(client, tree["city"])
    for number in range(6):
        county = UnionFactory(parent=tree["city"], kind="county_union", name=f"示例{number}县总工会")
        many_under(county, 12)
    opened(client, tree["city"])
    with CaptureQueriesContext(connection) as many:
        opened(client, tree["city"])
    assert len(many) == len(few)


def test_the_data_of_the_charts_is_kept_until_something_changes(tree):
    client = at_desk(tree["city"])
    first = opened(client, tree["city"], "data")
    required = first.json()["statistics"][0]
    assert (required["numerator"]["value"], required["denominator"]["value"], required["rate"]) == (11, 16, 68.8)
    assert required["definition"]
    address = reverse("coverage_view:data", args=[tree["city"].code])
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    Standing.objects.unscoped().filter(pk=Standing.objects.unscoped().first().pk).update(built="no")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
    assert changed.json()["statistics"][0]["numerator"]["value"] == 10


def test_the_workbook_says_first_what_it_is_and_holds_what_the_page_shows(tree):
    client = at_desk(tree["city"])
    book = load_workbook(BytesIO(opened(client, tree["city"], "workbook").content))
    first = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert first["Finding"] == opened(client, tree["city"]).context["finding"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", first["Data as of"])
    glance = [[cell.value for cell in row] for row in book["At a glance"].iter_rows(min_row=2)]
    assert glance[0][1:] == ["Committee set up", 11, "Must have a committee", 16, 68.8]
    assert book["By organisation"].max_row == 5


def test_the_workbook_calls_the_place_in_the_ranking_by_its_own_word(tree):
    # The rank of a law or rule has another word in Chinese.
    client = at_desk(tree["city"])
    book = load_workbook(BytesIO(opened(client, tree["city"], "workbook", "zh-hans").content))
    assert [cell.value for cell in book["按组织"][1]][:3] == ["组织", "编码", "名次"]
