"""Consent withdrawn, or the unit left: what was ahead ends, places pass on, and she is told."""

import html
import re

import pytest
import segno
from django.urls import reverse
from django.utils import timezone

from services.bookings import qr
from services.bookings.actions import give_up_all
from services.bookings.enums import BookingState, WaitingState
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.privacy.registry import withdrawal_effects
from services.screening import actions
from services.workers.actions.records import mark_left
from tests.factories.organizations import AssignmentFactory
from tests.screening.her_world import booked, her_world, signed_in, text, url

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    return list(Message.objects.filter(recipient=user, channel="in_site").order_by("pk").values_list("key", flat=True))


def withdraw(user) -> None:
    withdraw_consent(standing_consent(user, Purpose.SCREENING), by=user, now=timezone.now())


def test_withdrawing_cancels_even_after_the_cutoff_and_the_next_woman_gets_the_place():
    world = her_world(capacity=1, change_cutoff_hours=24 * 30, offer_hours=0)
    mine, next_woman, now = booked(world), world.woman(), timezone.now()
    entry = actions.join_waiting_list(
        world.programme, worker=next_woman, session=mine.session, by=next_woman.user, now=now
    )
    said = list(withdrawal_effects["screening"].consequences(world.user))
    assert [mine.number in line for line in said] == [True, False]
    withdraw(world.user)
    mine.refresh_from_db()
    entry.refresh_from_db()
    assert (mine.state, entry.state) == (BookingState.CANCELLED, WaitingState.PROMOTED)
    assert entry.booking.session == mine.session
    assert told(world.user) == ["bookings-booked", "bookings-cancelled"]


def test_withdrawing_leaves_the_waiting_list_and_never_gives_her_own_place_back_to_her():
    world = her_world()
    now = timezone.now()
    entry = actions.join_waiting_list(world.programme, worker=world.worker, by=world.user, now=now)
    said = list(withdrawal_effects["screening"].consequences(world.user))
    assert [world.programme.offering.title in line for line in said] == [True, False]
    withdraw(world.user)
    entry.refresh_from_db()
    assert entry.state == WaitingState.LEFT


def test_who_has_nothing_ahead_is_told_so_much_and_nothing_is_cancelled():
    world = her_world()
    bystander = booked(world, world.woman())
    assert len(list(withdrawal_effects["screening"].consequences(world.user))) == 1
    withdraw(world.user)
    bystander.refresh_from_db()
    assert (bystander.state, told(world.user)) == (BookingState.CONFIRMED, [])


def test_a_woman_who_left_her_unit_loses_what_is_ahead_and_reads_why():
    world = her_world()
    mine = booked(world)
    officer = AssignmentFactory(organization=world.tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    mark_left(world.worker, by=officer)
    mark_left(world.worker, by=officer)
    mine.refresh_from_db()
    mine.session.refresh_from_db()
    assert (mine.state, mine.session.taken) == (BookingState.CANCELLED, 0)
    assert told(world.user) == ["bookings-booked", "bookings-cancelled"]
    assert "您已不在该单位的名册中" in text(signed_in(world.user).get(url("booking", mine.token)))


def test_what_is_past_stays_and_repeating_it_changes_nothing():
    world = her_world()
    mine = booked(world)
    after = mine.session.ends_at
    assert give_up_all(world.worker, by=world.user, now=after, reason="consent_withdrawn") == 0
    now = timezone.now()
    assert give_up_all(world.worker, by=world.user, now=now, reason="consent_withdrawn") == 1
    assert give_up_all(world.worker, by=world.user, now=now, reason="consent_withdrawn") == 0


def test_her_code_is_the_absolute_address_of_the_door(settings):
    settings.PUBLIC_BASE_URL = "https://mumian.example.org/"
    world = her_world()
    mine = booked(world)
    page = signed_in(world.user).get(url("booking", mine.token)).content.decode()
    address = "https://mumian.example.org" + reverse("bookings:door", args=[mine.token])
    assert qr.check_in_svg(address) in page
    drawn = html.unescape(re.search(r'<path[^>]* d="([^"]+)"', page[page.index("qr-frame") :]).group(1))
    assert drawn in segno.make(address, error="m", micro=False).svg_inline(scale=6, border=4)
