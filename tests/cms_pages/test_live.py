"""How a service stands, as pages show it: from its programme, at the moment of asking."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cms_pages import live
from services.bookings.enums import OfferingState
from tests.factories.pages import guide
from tests.screening.her_world import booked, her_world, text

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))


@pytest.mark.parametrize(
    ("opens", "closes", "left", "phase"),
    [
        (None, None, 1, "open"),
        (None, None, 0, "full"),
        (NOON, None, 1, "open"),
        (NOON + timedelta(seconds=1), None, 1, "coming"),
        (None, NOON, 1, "closed"),
        (None, NOON + timedelta(seconds=1), 0, "full"),
    ],
)
def test_a_phase_begins_and_ends_on_the_second(opens, closes, left, phase):
    assert live.phase_of(opens_at=opens, closes_at=closes, left=left, now=NOON) == phase


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words", "button"),
    [
        ({}, "可预约", "看看我是否符合并预约"),
        ({"opens_at": 2}, "即将开始", "查看条件"),
        ({"closes_at": -0.5}, "已结束", "查看条件"),
        ({"state": OfferingState.CLOSED}, "已结束", "查看条件"),
    ],
    ids=["open", "coming", "past", "closed by hand"],
)
def test_a_guide_shows_what_she_can_do_now(client, change, words, button):
    world = her_world()
    offering = world.programme.offering
    for name, value in change.items():
        setattr(offering, name, value if name == "state" else timezone.now() + timedelta(days=value))
    offering.save()
    page = text(client.get(guide(programme=world.programme).url))
    assert words in page
    assert button in page
    assert ("报名已于" in page) is ("closes_at" in change)


@pytest.mark.django_db
def test_a_guide_counts_down_to_the_waiting_list(client):
    world = her_world(capacity=1)
    page = guide(programme=world.programme)
    assert "4 个剩余名额" in text(client.get(page.url))
    for session in world.sessions:
        booked(world, world.woman(), session=session)
    shown = text(client.get(page.url))
    assert "已满" in shown
    assert "加入候补" in shown


@pytest.mark.django_db
def test_a_draft_programme_is_not_mentioned(client):
    world = her_world(state=OfferingState.DRAFT)
    page = guide(programme=world.programme)
    assert world.programme.title not in text(client.get(page.url))
    assert world.programme.title not in text(client.get("/"))
    assert live.matching("筛查", now=timezone.now()) == []
    assert live.state_of(world.programme.pk, now=timezone.now()) is None


@pytest.mark.django_db
def test_a_session_that_began_gives_no_place():
    world = her_world(capacity=2)
    now = timezone.now()
    assert live.state_of(world.programme.pk, now=now).left == 8
    after_two = world.sessions[1].starts_at
    assert live.state_of(world.programme.pk, now=after_two).left == 4
