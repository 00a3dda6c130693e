"""Numbers that can tell on a woman are those of a month end; a month that added little tells nothing."""

import itertools
from datetime import date, datetime

import pytest
from django.utils import timezone

from services.figures.actions import keep_month_end
from tests.factories.organizations import small_tree
from tests.factories.workers import identity_number
from tests.figures.reports import NEXT_MONTH, address, report, rows, workbook
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db
SERIAL = itertools.count(400)


@pytest.fixture
def tree():
    return small_tree()


def of_age(tree, session, root, years: dict[int, int], *, unit="unit_a"):
    """Attended women of a unit, so many by the year of their birth."""
    for year, number in years.items():
        for _ in range(number):
            booked(session, tree[unit], root, state="attended", **born(year))


def born(year: int) -> dict:
    day = date(year, 6, 15)
    return {"birth_date": day, "id_number": identity_number(day, next(SERIAL))}


def ages(client, tree, **parameters) -> dict[str, str]:
    page = report(client, "screening-attendance", tree["city"], by="age", **parameters)
    return {row["line"].key: row["cells"][1]["text"] for row in page.context["split"]}


@pytest.fixture
def two_months(tree, monkeypatch):
    """Seven and eight women attended in October; in November one more of the younger, or six more of both."""
    _programme, session, root = programme_at(tree["city"], code="hers", year=2026)
    of_age(tree, session, root, {1985: 7, 1975: 8})
    keep_month_end(date(2026, 10, 31), now=timezone.make_aware(datetime(2026, 11, 1, 1)))
    return session, root


def test_ages_stand_still_until_a_month_end_and_the_page_says_so(tree, two_months):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    of_age(tree, *two_months, {1985: 1})
    assert (ages(client, tree)["35-44"], ages(client, tree)["45-54"]) == ("7", "8")
    page = report(client, "screening-attendance", tree["city"], by="age")
    assert "These are of 2026-10-31" in page.content.decode()
    assert page.context["total"]["cells"][1]["text"] == "16"
    book = workbook(client.get(address("screening-attendance", tree["city"], "export", by="age")))
    assert "2026-10-31" in dict(book.worksheets[0].iter_rows(values_only=True))["Protected numbers"]


def test_a_month_that_added_a_single_woman_shows_no_ages_and_the_next_counts_from_the_one_before(tree, two_months):
    client = at_desk(tree["city"])
    of_age(tree, *two_months, {1985: 1})
    keep_month_end(date(2026, 11, 30), now=NEXT_MONTH)
    assert set(ages(client, tree).values()) == set(ages(client, tree, day="2026-11-30").values()) == {"✱"}
    assert ages(client, tree, day="2026-10-31")["35-44"] == "7"
    of_age(tree, *two_months, {1985: 6, 1975: 5})
    keep_month_end(date(2026, 12, 31), now=timezone.make_aware(datetime(2027, 1, 2, 1)))
    assert (ages(client, tree)["35-44"], ages(client, tree)["45-54"]) == ("14", "13")


def test_a_unit_to_which_a_few_were_added_is_hidden_with_another_that_was_shown(tree, two_months):
    client = at_desk(tree["city"])
    session, root = two_months
    of_age(tree, session, root, {1985: 1, 1975: 1}, unit="unit_c")
    of_age(tree, session, root, {1985: 5, 1975: 6}, unit="unit_a")
    keep_month_end(date(2026, 11, 30), now=NEXT_MONTH)
    narrowed = report(client, "screening-attendance", tree["city"], part="age", key="35-44")
    assert {name: cells[1] for name, cells in rows(narrowed).items()} == {
        tree["county_a"].name: "✱",
        tree["county_b"].name: "✱",
    }
    then = report(client, "screening-attendance", tree["city"], part="age", key="35-44", day="2026-10-31")
    assert rows(then)[tree["county_a"].name][1] == "7"


def test_a_year_of_which_no_month_end_was_kept_tells_no_ages(tree, two_months):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    _programme, session, root = programme_at(tree["city"], code="next", year=2027)
    of_age(tree, session, root, {1985: 7, 1975: 8})
    assert set(ages(client, tree, period="2027").values()) == {"✱"}
    page = report(client, "screening-attendance", tree["city"], by="age", period="2027")
    assert "None of this period has been published yet." in page.content.decode()
    narrowed = report(client, "screening-attendance", tree["city"], part="age", key="35-44", period="2027")
    assert narrowed.context["total"]["cells"][1]["text"] == "✱"
    assert narrowed.context["finding"] == "示例市总工会, 2027 (35 to 44): not published yet."
