"""Sessions held, who came, hours: each figure equals what lies behind it, at every level, whatever changes."""

import pytest
from django.urls import reverse

from services.bookings.actions import record_absences
from services.figures.actions import fold
from services.figures.registry import Where, statistics
from services.signups.models import Activity
from services.workers.models import Worker
from tests.factories.signups import SignupWorld, client_of

pytestmark = pytest.mark.django_db
CODES = ("signups-attendance", "signups-hours", "signups-sessions")


@pytest.fixture
def world():
    world = SignupWorld(questions=False)
    for unit in ("unit_a", "unit_a", "unit_c"):
        world.came(world.woman(unit))
    world.signed_up(world.woman("unit_b"))
    world.signed_up(world.woman("unit_b"), session=world.sessions[1])
    record_absences(world.sessions[0], by=world.officer, now=world.after())
    return world


def report(world, code, place="city", **query):
    fold()
    client = client_of(world.officer)
    address = reverse("figures:at", args=[code, world.tree[place].code])
    return client.get(address, {"period": world.activity.year} | query)


def told(page) -> dict[str, list[str]]:
    rows = page.context["children"]
    return {row["name"]: [cell["text"] for cell in row["cells"]] for row in rows}


@pytest.mark.parametrize("code", CODES)
def test_every_statistic_has_a_page(world, code):
    page = report(world, code)
    assert page.status_code == 200 and str(statistics[code].title) in page.content.decode()


def test_attendance_counts_women_at_their_unions_and_the_list_behind_agrees(world):
    rows = told(report(world, "signups-attendance"))
    assert rows[world.tree["county_a"].name][:2] == ["3", "2"]
    assert rows[world.tree["county_b"].name][:2] == ["1", "1"]
    column = statistics["signups-attendance"].numerator
    where = Where(world.tree["county_a"], str(world.activity.year), "form", "class")
    listed = client_of(world.officer).get(column.listing(where))
    assert len(listed.context["object_list"]) == 2


def test_hours_follow_the_activity_and_sessions_those_who_came(world):
    assert told(report(world, "signups-hours"))[world.tree["county_a"].name][0] == "32"
    Activity.objects.filter(pk=world.activity.pk).update(hours=10)
    assert told(report(world, "signups-hours"))[world.tree["county_a"].name][0] == "20"
    assert report(world, "signups-sessions").context["figure"] == "1"


def test_a_woman_who_moves_takes_her_hours_along(world):
    her = Worker.objects.unscoped().filter(organization=world.tree["unit_c"]).first()
    Worker.objects.unscoped().filter(pk=her.pk).update(organization=world.tree["unit_a"])
    assert told(report(world, "signups-hours"))[world.tree["county_a"].name][0] == "48"
