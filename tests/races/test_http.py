"""Two hundred women book fifty places on the product's own pages, through two real server processes (D3, T47)."""

import os

import pytest
from django.urls import reverse

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.screening.models import EligibilityRecord
from tests.races.browsers import FULL, all_at_once, book, browser_of, choose, confirm
from tests.races.conftest import insist_on_postgresql, web_server
from tests.races.scene import scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "2"))


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """One site of two processes for every round: it keeps no connection and no row between requests."""
    insist_on_postgresql()
    with django_db_blocker.unblock(), web_server(workers=2, threads=8) as base:
        yield base


def at_the_form(women, stage, site):
    """Their browsers, each with the page open on which a time is chosen."""
    page = reverse("screening:book", args=[stage.programme.code])
    browsers = [browser_of(her, site) for her in women]
    opened = all_at_once(lambda browser: browser.get(page), browsers, hands=16)
    assert {shown.status for shown in opened} == {200}
    assert all(stage.session.token in shown.text for shown in opened)
    return browsers


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_fifty_places_go_to_exactly_fifty_of_two_hundred(round_, site):
    stage = scene(capacity=50)
    browsers = at_the_form(stage.women(200), stage, site)
    answers = all_at_once(lambda browser: book(browser, stage.programme.code, stage.session.token), browsers)
    booked = Booking.objects.unscoped().filter(session=stage.session)
    assert [booking.state for booking in booked] == [BookingState.CONFIRMED] * 50
    assert answers.count(FULL) == 150
    theirs = {reverse("screening:booked", args=[booking.token]) for booking in booked}
    assert {answer for answer in answers if answer != FULL} == theirs
    stage.session.refresh_from_db()
    assert stage.session.taken == 50
    assert EligibilityRecord.objects.filter(booking__in=booked).count() == 50
    assert stage.differences() == []


def test_the_same_post_sent_ten_times_makes_one_booking(site):
    stage = scene(capacity=50)
    her = stage.women(1)[0]
    (browser,) = at_the_form([her], stage, site)
    held = all_at_once(lambda _: choose(browser, stage.programme.code, stage.session.token), range(10))
    mine = Booking.objects.unscoped().get(worker=her)
    assert set(held) == {reverse("screening:check_answers", args=[mine.token])}
    booked = all_at_once(lambda address: confirm(browser, address), held)
    assert set(booked) == {reverse("screening:booked", args=[mine.token])}
    stage.session.refresh_from_db()
    assert stage.session.taken == 1
    assert stage.differences() == []


def test_a_post_without_the_form_s_token_takes_nothing(site):
    stage = scene(capacity=50)
    (browser,) = at_the_form(stage.women(1), stage, site)
    browser.token = "x" * 64
    page = browser.post(reverse("screening:book", args=[stage.programme.code]), session=stage.session.token)
    assert page.status == 403
    assert not Booking.objects.unscoped().exists()


def test_with_the_lock_switched_off_the_same_women_are_sold_more_places_than_there_are(without_the_constraint):
    """The negative control: the race above would see it if places could be sold twice."""
    stage = scene(capacity=15)
    with web_server(workers=2, threads=8, settings_module="tests.races.settings_unlocked") as careless:
        browsers = at_the_form(stage.women(60), stage, careless)
        all_at_once(lambda browser: book(browser, stage.programme.code, stage.session.token), browsers)
    booked = Booking.objects.unscoped().filter(session=stage.session, state=BookingState.CONFIRMED)
    assert booked.count() > 15
