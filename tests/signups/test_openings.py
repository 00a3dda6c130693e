"""Activities among what women can get: found by the search, told to those for whom a place is left."""

import pytest
from django.urls import reverse

from services.signups import actions
from services.signups.openings import openings, suggestions
from tests.factories.signups import HALL, SignupWorld, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SignupWorld()


def test_what_can_be_signed_up_for_is_told_until_sign_up_is_over(world):
    draft = world.create(title="未公开活动")
    (one,) = openings(now=world.now)
    assert (one.title, one.phase, one.left, one.kind) == (world.activity.title, "open", 12, "培训班")
    assert one.url == reverse("signups:activity", args=[world.activity.code]) and draft.title != one.title
    assert openings(now=world.activity.offering.closes_at) == []
    actions.close_activity(world.activity, by=world.officer, now=world.now)
    assert openings(now=world.now) == []


def test_the_search_finds_an_activity_that_has_no_page(world, client):
    page = client.get(reverse("cms_pages:search"), {"q": "干部培训"})
    assert [one.title for one in page.context["services"]] == [world.activity.title]
    text = page.content.decode()
    assert reverse("signups:activity", args=[world.activity.code]) in text and "培训班 · " in text


def test_she_is_told_of_what_her_union_takes_part_in_until_she_has_answered(world):
    her = world.woman()
    (one,) = suggestions(her, now=world.now)
    assert (one.title, one.closes_at) == (world.activity.title, world.activity.offering.closes_at)
    assert one.title in client_of(her.user).get(reverse("overview:home")).content.decode()
    world.signed_up(her)
    assert suggestions(her, now=world.now) == []


def test_a_woman_of_another_county_is_told_nothing_of_a_county_s_own_activity():
    county = SignupWorld(organization="county_a")
    assert suggestions(county.woman("unit_c"), now=county.now) == []
    assert len(suggestions(county.woman("unit_a"), now=county.now)) == 1


def test_what_is_full_is_suggested_to_nobody():
    full = SignupWorld(capacity=(1,))
    her = full.woman()
    full.signed_up()
    assert suggestions(her, now=full.now) == []
    assert [one.phase for one in openings(now=full.now)] == ["full"]


def another(world, title: str) -> None:
    activity = world.create(title=title)
    first = world.sessions[0]
    actions.add_session(
        activity,
        place=HALL,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        capacity=3,
        by=world.officer,
        now=world.now,
    )
    actions.open_activity(activity, by=world.officer, now=world.now)


def test_what_women_are_told_costs_the_same_with_one_activity_and_with_nine(world, django_assert_num_queries):
    her = world.woman()
    with django_assert_num_queries(1):
        assert len(openings(now=world.now)) == 1
    for number in range(8):
        another(world, f"另一个活动{number}")
    with django_assert_num_queries(1):
        assert len(openings(now=world.now)) == 9
    with django_assert_num_queries(4):
        assert len(suggestions(her, now=world.now)) == 3
