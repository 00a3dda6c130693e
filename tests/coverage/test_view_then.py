"""The lists behind the numbers of a month end: as long as their cells, whatever has moved, closed or changed since."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.coverage.models import Standing
from services.coverage.then_exporters import THEN
from services.figures.actions import keep_month_end
from services.figures.registry import statistics
from services.organizations.actions import close_organization, edit_organization, move_branch
from services.organizations.enums import Role
from tests.coverage.standings import LACKING, UNSTATED, many_under, union_under
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db

COLUMN = next(one for one in statistics["coverage-required"].columns if one.code == "required-unreported")
LIST = reverse("coverage_view:then")
DAY, AFTER = date(2026, 10, 31), timezone.make_aware(datetime(2026, 11, 1, 1))


@pytest.fixture
def tree():
    """As of the month end; since then a township went to the other county, a union closed, one got its committee."""
    tree = small_tree()
    many_under(tree["town_a"], 2)
    lacking = union_under(tree["town_a"], **LACKING)
    tree["closed"] = union_under(tree["county_b"], **LACKING | {"form": "", "built": "unknown"}).organization
    union_under(tree["county_b"], **UNSTATED)
    union_under(tree["county_b"], required="commissioner", form="commissioner", size="below", industry="")
    union_under(tree["city"], term="overdue", in_step="no", chair_qualified="no", standard="no")
    keep_month_end(DAY, now=AFTER)
    move_branch(tree["town_a"], to=tree["county_b"], by=None, reason="区划调整")
    close_organization(tree["closed"], by=None, on=date(2026, 11, 2), reason="撤销")
    Standing.objects.unscoped().filter(pk=lacking.pk).update(form="committee", built="yes", industry="制造")
    lacking.organization.refresh_from_db()
    edit_organization(lacking.organization, by=None, name="示例改名工会")
    tree["renamed"] = lacking.organization
    return tree


def listed(client, url: str) -> int:
    page = client.get(url)
    assert page.status_code == 200, url
    assert not page.context["broken_filters"], url
    return len(page.context["object_list"])


def cells(rows):
    return [(cell["url"], int(cell["text"])) for row in rows for cell in row["cells"] if cell["text"] != "–"]


@pytest.mark.parametrize(
    ("code", "by"),
    [("required", "industry"), ("required", "above"), ("all", "size"), ("chair", "industry"), ("overdue", "industry")],
)
@pytest.mark.parametrize("place", ["city", "county_a", "county_b"])
def test_every_number_of_a_month_end_is_as_long_as_its_list(tree, code, by, place):
    client = at_desk(tree["city"])
    at = reverse("figures:at", args=[f"coverage-{code}", tree[place].code])
    shown = client.get(at, {"day": "2026-10-31", "by": by})
    rows = [*shown.context["children"], shown.context["kept"], shown.context["total"], *shown.context["split"]]
    links = cells(rows)
    assert any(number for _url, number in links)
    for url, number in links:
        assert "day=2026-10-31" in url
        assert listed(client, url) == number, url


@pytest.mark.parametrize("place", ["city", "county_a", "county_b"])
def test_every_number_of_the_page_of_that_day_is_as_long_as_its_list(tree, place):
    client = at_desk(tree["city"])
    shown = client.get(reverse("coverage_view:at", args=[tree[place].code]), {"day": "2026-10-31"})
    links = cells([*shown.context["branches"], shown.context["direct"]])
    for one in shown.context["coverages"]:
        links += cells([{"cells": [one["part"], one["whole"]]}])
    for one in shown.context["quality"]:
        links += cells([{"cells": [cell for _label, cell in one["cells"]]}])
    assert any(number for _url, number in links)
    assert all(url for url, _number in links)
    for url, number in links:
        assert listed(client, url) == number, url


def test_a_line_says_what_the_union_was_and_leads_to_what_she_reads_today(tree):
    client = at_desk(tree["county_a"])
    client.cookies["language"] = "en"
    page = client.get(LIST, {"day": "2026-10-31", "column": "required-lacking"})
    (row,) = page.context["object_list"]
    assert row.name != "示例改名工会"
    assert row.stood.above == tree["town_a"].name
    assert row.stood.said[:2] == ["Committee missing", "Without one"]
    body = page.content.decode()
    assert "As at the month end 2026-10-31" in body
    # The township is another county's by now: it is named, as on the page of that day, and leads nowhere.
    record = reverse("coverage_records:one", args=[tree["renamed"].code])
    assert row.name in body and record not in body
    whole = at_desk(tree["city"]).get(LIST, {"day": "2026-10-31", "column": "required-lacking"})
    assert record in whole.content.decode()
    assert (
        at_desk(tree["county_b"]).get(LIST, {"column": "required-lacking", "day": "2026-10-31"}).context["object_list"]
        == []
    )


def test_it_leaves_as_a_workbook_as_it_is_filtered(tree):
    from django.http import QueryDict

    officer = post(tree["county_b"])
    found = THEN.find(officer, QueryDict("day=2026-10-31&column=required-unreported"), False)
    (line,) = THEN.lines(found.rows, False)
    assert line[:3] == [tree["closed"].code, tree["closed"].name, tree["county_b"].name]
    assert len(line) == len(THEN.columns)
    assert [str(value) for value in found.filters.values()] == ["2026-10-31", str(COLUMN.label)]
    assert list(THEN.find(officer, QueryDict("day=2026-09-30"), False).rows) == []


def test_without_a_day_it_is_the_last_month_end_and_odd_addresses_show_nothing(tree):
    client = at_desk(tree["city"])
    assert re.search(r"day=2026-10-31", client.get(f"{LIST}?column=all").url)
    odd = ["day=", "day=2026-09-30", "day=x", "day=0000-00-00", "day=2026-10-31&column=x", "day=2026-10-31&size=x"]
    for query in odd:
        page = client.get(f"{LIST}?{query}")
        assert (page.status_code, list(page.context["object_list"])) == (200, []), query
        assert page.context["broken_filters"], query
    for query in ("union=nowhere", "union=%00", "leaves=1", "direct=1", "union=nowhere&leaves=1", "p=after~path~x~1"):
        assert client.get(f"{LIST}?day=2026-10-31&{query}").status_code == 200
    assert at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR).get(LIST).status_code == 403
    foreign = at_desk(tree["town_a"]).get(LIST, {"day": "2026-10-31", "union": tree["county_b"].code})
    assert list(foreign.context["object_list"]) == []


def test_the_list_costs_the_same_at_one_row_and_at_thirty(monkeypatch):
    def queries(number: int, day: date) -> int:
        many_under(tree["town_a"], number)
        keep_month_end(day, now=timezone.make_aware(datetime(day.year, day.month % 12 + 1, 1, 1)))
        address = f"{LIST}?day={day:%Y-%m-%d}&union={tree['city'].code}&column=all"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(address).context["object_list"]) in (1, 30)
        return len(asked)

    tree = small_tree()
    client = at_desk(tree["city"])
    assert queries(1, date(2026, 9, 30)) == queries(29, DAY)
