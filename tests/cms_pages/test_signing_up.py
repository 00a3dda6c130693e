"""A campaign or a training shows the activity that belongs to it: how its sign-up stands, and the way there."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms_pages.models.public_page import LIVE_SECONDS
from services.signups.actions import close_activity
from services.signups.queries.live import state_of
from tests.factories.pages import campaign, training
from tests.factories.signups import SignupWorld

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [campaign, training])
def test_the_page_shows_the_places_left_and_leads_to_the_sign_up(client, make):
    world = SignupWorld(capacity=(7,), questions=False)
    page = make(activity=world.activity)
    shown = client.get(page.url)
    assert f"/activities/{world.activity.code}/" in shown.text
    left = state_of(world.activity.pk, now=timezone.now()).left
    assert f'<span class="figure-big">{left}</span>' in shown.text
    assert page.serve(shown.wsgi_request).page_cache_seconds <= LIVE_SECONDS
    assert page.shows_live_state


def test_an_activity_in_preparation_can_not_be_chosen():
    world = SignupWorld(is_open=False)
    with pytest.raises(ValidationError) as refusal:
        campaign(activity=world.activity)
    assert set(refusal.value.message_dict) == {"activity"}


def test_a_page_without_an_activity_shows_nothing_live(client):
    page = campaign()
    assert not page.shows_live_state
    assert 'id="sign-up"' not in client.get(page.url).text


@pytest.mark.parametrize("make", [campaign, training])
def test_on_a_phone_the_sign_up_stands_before_the_text_as_long_as_it_is_open(client, make):
    world = SignupWorld(questions=False)
    page = make(activity=world.activity, body=[("paragraph", "<p>很长的正文</p>")])
    shown = client.get(page.url).text
    assert shown.index('id="sign-up"') < shown.index("很长的正文")
    close_activity(world.activity, by=world.officer, now=world.now)
    shown = client.get(page.url).text
    assert shown.index("很长的正文") < shown.index('id="sign-up"') and shown.count('id="sign-up"') == 1
