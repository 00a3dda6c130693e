"""The list behind a protected number: opened through a door that records it, by those who read these records anyway."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services.organizations.enums import Role
from tests.factories.organizations import small_tree
from tests.factories.workers import identity_number
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db
LIST = "/admin/screening/bookings/"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def ages(tree):
    """Two attended women of 45 to 54 and one of 55 to 64 at one unit, and one at another."""
    from datetime import date

    _programme, session, root = programme_at(tree["city"], code="hers", year=2026)
    found = []
    for number, (unit, year) in enumerate([("unit_a", 1975), ("unit_a", 1976), ("unit_a", 1965), ("unit_c", 1975)]):
        born = date(year, 6, 15)
        woman = {"birth_date": born, "id_number": identity_number(born, 300 + number)}
        found.append(booked(session, tree[unit], root, state="attended", **woman))
    return found


def report(client, organization, **query):
    return client.get(reverse("figures:at", args=["screening-attendance", organization.code]), query)


def doors(page) -> list[str]:
    return [cell["url"] for row in page.context["split"] for cell in row["cells"] if cell["text"] == "✱"]


def opened() -> list[dict]:
    return [entry.data for entry in ModelLogEntry.objects.filter(action="figures.open_list")]


def test_opening_the_list_behind_a_hidden_number_is_recorded_and_shows_these_women(tree, ages):
    county = at_desk(tree["county_a"])
    door = next(
        url for url in doors(report(county, tree["county_a"], by="age")) if "45-54" in url and "attended" in url
    )
    asked = county.get(door)
    assert (asked.status_code, opened()) == (200, [])
    answer = county.post(door)
    (entry,) = opened()
    assert (entry["statistic"], entry["column"], entry["part"], entry["key"]) == (
        "screening-attendance",
        "attended",
        "age",
        "45-54",
    )
    assert ModelLogEntry.objects.get(action="figures.open_list").user == county.user
    listed = county.get(answer["Location"])
    assert {booking.pk for booking in listed.context["object_list"]} == {ages[0].pk, ages[1].pk}
    assert "此操作会被记录" in asked.content.decode()


def test_without_the_pass_of_her_own_a_list_by_age_shows_nothing(tree, ages):
    county, colleague = at_desk(tree["county_a"]), at_desk(tree["county_a"])
    door = next(
        url for url in doors(report(county, tree["county_a"], by="age")) if "45-54" in url and "attended" in url
    )
    address = county.post(door)["Location"]
    for client, forged in (
        (colleague, address),
        (county, address.partition("&pass=")[0]),
        (county, address.replace("age=45-54", "age=55-64")),
        (county, address.replace("union=T-A", "union=T-A-1-1")),
    ):
        page = client.get(forged)
        assert (list(page.context["object_list"]), list(page.context["filters"].form.errors)) == ([], ["age"])
    assert len(opened()) == 1


def test_the_door_stays_shut_to_whom_the_records_are_not_open(tree, ages):
    door = doors(report(at_desk(tree["county_a"]), tree["county_a"], by="age"))[0]
    assert at_desk(tree["county_b"]).post(door).status_code == 404
    assert at_desk(tree["county_a"], Role.COMMUNICATIONS_EDITOR).post(door).status_code == 403
    assert opened() == []


@pytest.mark.parametrize(
    "query", ["", "column=x", "column=attended&part=age&key=x", "column=attended&part=week", "column=attended&period=x"]
)
def test_a_door_that_leads_nowhere_does_not_exist(tree, ages, query):
    address = reverse("figures:behind", args=["screening-attendance", tree["county_a"].code])
    assert at_desk(tree["county_a"]).post(f"{address}?{query}").status_code == 404


def test_a_number_that_is_open_leads_straight_to_its_list(tree, ages):
    page = report(at_desk(tree["county_a"]), tree["county_a"])
    urls = [cell["url"] for row in [page.context["total"], page.context["kept"]] for cell in row["cells"]]
    assert all(url.startswith(LIST) and "age" not in url for url in urls)
