"""How a service stands, as pages show it: from its programme, at the moment of asking."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms_pages import live
from cms_pages.finding.results import services_with
from services.bookings.enums import AfterDraw, OfferingState, SignUpMode
from services.bookings.models import Offering
from tests.factories.pages import guide
from tests.factories.relief import ProgrammeFactory
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
def test_a_guide_of_another_service_tells_what_it_offers_and_leads_into_it(client):
    programme = ProgrammeFactory()
    answer = client.get(guide(service="relief").url)
    assert "现在能办什么" in text(answer) and programme.name in text(answer)
    assert f'class="button" href="{reverse("relief:start")}"' in answer.content.decode()
    assert "现在可以办" in text(answer) and "现在可以办" in text(client.get("/services/"))


@pytest.mark.django_db
def test_a_guide_of_a_service_that_offers_nothing_shows_no_button(client):
    assert "现在能办什么" not in text(client.get(guide(service="mutual_aid").url))


@pytest.mark.django_db
def test_a_guide_is_of_one_service():
    both = guide(programme=her_world().programme)
    both.service = "relief"
    with pytest.raises(ValidationError) as refused:
        both.full_clean()
    assert set(refused.value.message_dict) == {"service"}


@pytest.mark.django_db
def test_where_a_draw_decides_no_number_of_places_promises_one(client):
    world = her_world()
    page = guide(programme=world.programme)
    Offering.objects.filter(pk=world.programme.offering_id).update(mode=SignUpMode.DRAW_WINDOW)
    shown = text(client.get(page.url))
    assert "抽签分配" in shown and "看看我是否符合并参加抽签" in shown
    assert "剩余名额" not in shown
    assert "名额通过抽签分配" in text(client.get("/"))
    Offering.objects.filter(pk=world.programme.offering_id).update(drawn_at=timezone.now())
    assert live.state_of(world.programme.pk, now=timezone.now()).phase == "open"


@pytest.mark.django_db
def test_after_a_draw_that_leaves_the_rest_to_the_waiting_list_nobody_books():
    world = her_world()
    Offering.objects.filter(pk=world.programme.offering_id).update(
        mode=SignUpMode.DRAW, after_draw=AfterDraw.WAITING, drawn_at=timezone.now()
    )
    assert live.state_of(world.programme.pk, now=timezone.now()).phase == "full"


def test_what_can_be_had_stands_before_what_is_full_and_what_is_still_to_come(monkeypatch):
    def state(key, phase, days):
        return live.ServiceState(key, "", "", phase, None, NOON + timedelta(days=days), 1, True, "")

    found = [
        *(state(1, "coming", 1), state(2, "full", 1), state(3, "open", 3)),
        *(state(4, "drawn", 2), state(5, "closed", 1)),
    ]
    monkeypatch.setattr(live, "states_by_programme", lambda *, now: {one.programme_id: one for one in found})
    assert [one.programme_id for one in live.open_states(now=NOON)] == [4, 3, 2, 1]


@pytest.mark.django_db
def test_a_draft_programme_is_not_mentioned(client):
    world = her_world(state=OfferingState.DRAFT)
    page = guide(programme=world.programme)
    assert world.programme.title not in text(client.get(page.url))
    assert world.programme.title not in text(client.get("/"))
    assert services_with("筛查", now=timezone.now()) == []
    assert live.state_of(world.programme.pk, now=timezone.now()) is None


@pytest.mark.django_db
def test_a_session_that_began_gives_no_place():
    world = her_world(capacity=2)
    now = timezone.now()
    assert live.state_of(world.programme.pk, now=now).left == 8
    after_two = world.sessions[1].starts_at
    assert live.state_of(world.programme.pk, now=after_two).left == 4
