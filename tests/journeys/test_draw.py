"""A woman enters a draw on her phone, the officer freezes it and draws, she finds her place and takes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.bookings.actions import give_drawn_places
from services.bookings.enums import BookingState, DrawState, OfferingState
from services.bookings.models import Booking, Draw, DrawEntry
from tests.bookings.draw_world import NUMBER
from tests.journeys.conftest import Walker
from tests.screening.her_world import CODE, her_world
from tests.screening.people import post
from tests.screening.test_draw_pages import draw_of, drawn
from tests.screening.test_draw_pages import enter as enter_woman

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = f"/admin/screening/of/{CODE}/draw/"


@pytest.fixture
def world():
    built = her_world(capacity=1, opens_at=timezone.now() - timedelta(minutes=1), state=OfferingState.DRAFT)
    drawn(built)
    for _ in range(3):
        enter_woman(built, built.woman())
    return built


def test_she_enters_the_officer_draws_and_she_takes_her_place(walker: Walker, world):
    her_entry(walker, world)
    the_officer_draws(walker, world)
    her_place(walker, world)


def her_entry(walker: Walker, world) -> None:
    walker.sign_in(world.user)
    walker.open(f"/screening/{CODE}/")
    walker.look("draw-programme")
    walker.follow("参加抽签", "Take part in the draw")
    walker.look("draw-enter")
    walker.page.locator("details summary").click()
    walker.page.select_option("[name=first]", world.sessions[0].token)
    walker.look("draw-times")
    walker.press("参加抽签", "Enter the draw")
    walker.page.get_by_text(DrawEntry.objects.own(worker=world.worker).get().number).first.wait_for()
    walker.look("draw-entered")
    walker.open("/my/")
    walker.look("draw-my")
    walker.sign_out()
    walker.open(f"/draws/{draw_of(world).token}/")
    walker.look("draw-public-open")


def the_officer_draws(walker: Walker, world) -> None:
    walker.sign_in(post(world.tree["city"]))
    walker.open(DESK)
    walker.look("draw-desk-open")
    # The list closed an hour ago, and the number comes out tomorrow.
    past = timezone.now() - timedelta(hours=1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Draw.objects.update(freezes_at=past, number_on=tomorrow)
    walker.open(DESK)
    walker.follow("立即封存名单", "Close the list now")
    walker.press("封存名单", "Close the list")
    walker.look("draw-desk-frozen")
    Draw.objects.update(number_on=timezone.localdate())
    walker.sign_in(post(world.tree["city"]))
    walker.open(DESK)
    walker.follow("录入数字", "Enter the number")
    walker.page.fill("[name=typed]", "38")
    walker.page.fill("[name=again]", "38")
    walker.press("录入数字", "Enter the number")
    walker.look("draw-desk-number-error")
    walker.page.fill("[name=typed]", "3,876.37")
    walker.page.fill("[name=again]", "3,876.37")
    walker.press("录入数字", "Enter the number")
    walker.look("draw-desk-ordered")
    walker.follow("分配名额", "Give the places")
    walker.press("分配名额", "Give the places")
    give_drawn_places(draw_of(world).pk, now=timezone.now())
    walker.open(DESK)
    walker.look("draw-desk-done")
    assert (draw_of(world).state, draw_of(world).public_number) == (DrawState.DONE, NUMBER)
    walker.sign_out()
    walker.open(f"/draws/{draw_of(world).token}/?entry={DrawEntry.objects.own(worker=world.worker).get().number}")
    walker.page.locator(".notice.is-good").wait_for()
    walker.look("draw-public-done")


def her_place(walker: Walker, world) -> None:
    walker.sign_in(world.user)
    walker.open(f"/screening/{CODE}/draw/")
    walker.look("draw-outcome")
    booking = Booking.objects.own(worker=world.worker).get()  # four women, four places
    walker.follow("查看名额", "See the place")
    walker.look("draw-offer")
    walker.press("接受名额", "Take the place")
    walker.heading("预约成功", "You are booked")
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
