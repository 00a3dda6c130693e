"""Counts of results: small ones are hidden, nobody splits them by unit, and an employer's union can't open them."""

import pytest
from django.urls import reverse

from services.figures.models import Cell
from services.figures.workbooks import HIDDEN
from services.organizations.enums import Role
from services.screening import actions
from services.screening.models import FollowUp
from tests.screening.clinic_world import ABNORMAL, NORMAL, clinic_world
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    world = clinic_world(monkeypatch, women=12)
    world.came(world.booking, *world.others)
    return world


def address(statistic: str, organization) -> str:
    return reverse("figures:at", args=[statistic, organization.code])


def figures(world, statistic: str, place: str = "city") -> list[str]:
    organization = world.hers.tree[place]
    answer = at_desk(world.hers.tree["city"]).get(address(statistic, organization))
    assert answer.status_code == 200
    return [cell["text"] for cell in answer.context["total"]["cells"]]


def enter(world, abnormal: int, normal: int) -> None:
    listed = [world.booking, *world.others]
    for number, booking in enumerate(listed[: abnormal + normal]):
        world.enter(ABNORMAL if number < abnormal else NORMAL, booking=booking)


@pytest.mark.parametrize(
    ("abnormal", "normal", "shown"), [(4, 6, [HIDDEN, HIDDEN]), (6, 4, [HIDDEN, "6"]), (6, 6, ["12", "6"])]
)
def test_fewer_than_five_are_hidden_and_more_are_shown(world, abnormal, normal, shown):
    enter(world, abnormal, normal)
    assert figures(world, "screening-abnormal") == shown


def test_completed_follow_ups_are_counted(world):
    enter(world, 6, 6)
    for follow_up in FollowUp.objects.unscoped():
        actions.close_follow_up(follow_up, outcome="seen_by_hospital", by=world.nurse, now=world.later)
    assert figures(world, "screening-follow-up") == ["6", "6"]


def test_no_cell_of_a_unit_knows_of_findings(world):
    enter(world, 6, 6)
    figures(world, "screening-abnormal")
    city = world.hers.tree["city"]
    kept = Cell.objects.filter(count__startswith="screening-recall")
    assert kept.exists()
    assert set(kept.values_list("path", flat=True)) == {city.path}


@pytest.mark.parametrize("role", [Role.GRASSROOTS_OFFICER, Role.CASE_OFFICER, Role.COMMUNICATIONS_EDITOR])
def test_others_do_not_read_them_at_all(world, role):
    enter(world, 6, 6)
    for place in ("unit_a", "city"):
        client = at_desk(world.hers.tree[place], role)
        for statistic in ("screening-abnormal", "screening-follow-up"):
            assert client.get(address(statistic, world.hers.tree[place])).status_code in (403, 404)
