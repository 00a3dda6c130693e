"""Booking through the browser's eyes: every page, every refusal, nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.bookings.enums import BookingState, WaitingState
from services.bookings.errors import Busy
from services.bookings.models import Allocation, Booking, Offering, Session, WaitingEntry
from services.screening import actions
from tests.factories.bookings import SessionFactory
from tests.screening.her_world import agree, at, booked, her_world, signed_in, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return her_world()


@pytest.fixture
def hers(world):
    return signed_in(world.user)


# --- booking ---


def test_choosing_holds_the_place_and_confirming_books_it(world, hers):
    chosen = hers.post(url("book"), {"session": world.sessions[0].token})
    booking = Booking.objects.own(worker=world.worker).get()
    assert booking.state == BookingState.HELD and chosen["Location"] == url("check_answers", booking.token)
    page = text(hers.get(chosen["Location"]))
    assert "东院体检中心" in page and world.worker.id_number not in page and world.worker.phone not in page
    assert hers.post(chosen["Location"])["Location"] == url("booked", booking.token)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    assert booking.number in text(hers.get(url("booked", booking.token)))


def test_twice_submitted_is_once_booked(world, hers):
    first = hers.post(url("book"), {"session": world.sessions[0].token})["Location"]
    second = hers.post(url("book"), {"session": world.sessions[0].token})["Location"]
    assert first == second
    assert hers.post(first)["Location"] == hers.post(first)["Location"]
    assert Booking.objects.own(worker=world.worker).count() == 1
    assert Session.objects.get(pk=world.sessions[0].pk).taken == 1


def test_the_places_named_are_never_more_than_the_sessions_ahead_hold(world, hers):
    Allocation.objects.unscoped().filter(offering=world.programme.offering).update(slots=50)
    Session.objects.filter(offering=world.programme.offering).update(capacity=0)
    Session.objects.filter(pk=world.sessions[0].pk).update(capacity=3)
    assert "您所在工会还可使用 3 个名额。" in text(hers.get(url("book")))


def test_going_back_after_booking_shows_the_booking(world, hers):
    booking = booked(world)
    assert hers.get(url("book"))["Location"] == url("booking", booking.token)
    assert hers.get(url("check_answers", booking.token))["Location"] == url("booked", booking.token)


def test_a_session_filled_meanwhile_says_so_beside_the_choice_and_takes_nothing(hers, world):
    Session.objects.filter(pk=world.sessions[0].pk).update(capacity=1)
    hers.get(url("book"))
    booked(world, world.woman())
    response = hers.post(url("book"), {"session": world.sessions[0].token})
    assert "已满" in text(response) and "session" in response.context["form"].errors
    assert not Booking.objects.own(worker=world.worker).exists()


@pytest.mark.parametrize("choice", ["", "no-such-session"])
def test_no_choice_or_an_unknown_one_gets_a_message(world, hers, choice):
    response = hers.post(url("book"), {"session": choice})
    assert response.status_code == 200 and "session" in response.context["form"].errors


def test_a_session_of_another_programme_cannot_be_chosen(world, hers):
    foreign = SessionFactory()
    assert "session" in hers.post(url("book"), {"session": foreign.token}).context["form"].errors


def test_a_lapsed_hold_says_so_and_leads_to_choosing_again(world, hers):
    hers.post(url("book"), {"session": world.sessions[0].token})
    Booking.objects.unscoped().update(held_until=timezone.now() - timedelta(seconds=1))
    booking = Booking.objects.own(worker=world.worker).get()
    page = hers.get(url("check_answers", booking.token))
    assert "名额已不再保留" in text(page) and url("book") in page.content.decode()
    posted = hers.post(url("check_answers", booking.token))
    assert posted.status_code == 200 and "名额已不再保留" in text(posted)
    booking.refresh_from_db()
    assert booking.state != BookingState.CONFIRMED


def test_letting_a_held_place_go_frees_it(world, hers):
    hers.post(url("book"), {"session": world.sessions[0].token})
    booking = Booking.objects.own(worker=world.worker).get()
    assert hers.post(url("release", booking.token))["Location"] == url("book")
    assert Session.objects.get(pk=world.sessions[0].pk).taken == 0


def test_what_her_union_can_draw_bounds_what_she_sees(hers, world):
    Allocation.objects.unscoped().update(slots=2)
    sites = hers.get(url("book")).context["sites"]
    assert {c.left for site in sites for day in site.days for c in day.choices} == {2}


# --- afterwards ---


def test_the_booking_page_tells_her_story_and_what_comes(world, hers):
    page = text(hers.get(url("booking", booked(world).token)))
    for words in ("您选择了时间，名额已保留", "您已确认，预约成功", "到体检点出示签到码", "您在这里查看结果"):
        assert words in page


def test_moving_keeps_her_number_and_frees_the_old_place(world, hers):
    booking = booked(world)
    assert hers.post(url("move", booking.token), {"session": world.sessions[2].token}).status_code == 302
    moved = Booking.objects.own(worker=world.worker).get()
    assert (moved.number, moved.session_id) == (booking.number, world.sessions[2].pk)
    assert Session.objects.get(pk=world.sessions[0].pk).taken == 0


def test_moving_into_a_full_session_keeps_the_old_place(world, hers):
    booking = booked(world)
    Session.objects.filter(pk=world.sessions[2].pk).update(capacity=0)
    response = hers.post(url("move", booking.token), {"session": world.sessions[2].token})
    assert "session" in response.context["form"].errors
    assert Booking.objects.own(worker=world.worker).get().session_id == world.sessions[0].pk


def test_after_the_cut_off_she_is_told_whom_to_call_and_nothing_changes(world, hers):
    booking = booked(world)
    Offering.objects.update(change_cutoff_hours=24 * 20)
    for name in ("move", "cancel"):
        assert "0990-0000000" in text(hers.get(url(name, booking.token)))
    refused = hers.post(url("cancel", booking.token))
    assert refused.status_code == 200
    hers.post(url("move", booking.token), {"session": world.sessions[2].token})
    kept = Booking.objects.own(worker=world.worker).get()
    assert (kept.state, kept.session_id) == (BookingState.CONFIRMED, world.sessions[0].pk)


def test_cancelling_asks_first_and_twice_is_once(world, hers):
    booking = booked(world)
    assert hers.get(url("cancel", booking.token)).status_code == 200
    assert Booking.objects.own(worker=world.worker).get().state == BookingState.CONFIRMED
    hers.post(url("cancel", booking.token))
    hers.post(url("cancel", booking.token))
    assert Booking.objects.own(worker=world.worker).get().state == BookingState.CANCELLED
    assert Session.objects.get(pk=world.sessions[0].pk).taken == 0


def test_the_calendar_file_names_no_illness_no_person_and_no_link(world, hers):
    booking = booked(world)
    response = hers.get(url("calendar", booking.token))
    body = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    unfolded = body.replace("\r\n ", "")
    assert f"SUMMARY:{world.programme.offering.title}" in unfolded
    for secret in ("两癌", "筛查", world.worker.name, booking.token, world.worker.phone):
        assert secret not in unfolded
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


# --- waiting ---


def test_joining_shows_her_number_and_joining_again_changes_nothing(world, hers):
    first = hers.post(url("join"), {"session": "any"})["Location"]
    assert "您排在第 1 位" in text(hers.get(first))
    assert hers.post(url("join"), {"session": "any"})["Location"] == first
    assert WaitingEntry.objects.own(worker=world.worker).count() == 1


def test_leaving_takes_one_tap(world, hers):
    hers.post(url("join"), {"session": "any"})
    entry = WaitingEntry.objects.own(worker=world.worker).get()
    hers.post(url("leave", entry.token))
    entry.refresh_from_db()
    assert entry.state == WaitingState.LEFT
    assert "您已不在候补名单上" in text(hers.get(url("waiting", entry.token)))


@pytest.fixture
def offered():
    """She waits for the one full session; the woman before her cancels."""
    world = her_world(capacity=1)
    client = signed_in(world.user)
    other = booked(world, world.woman())
    client.post(url("join"), {"session": world.sessions[0].token})
    actions.cancel(other, by=other.worker.user, now=timezone.now())
    return world, client, Booking.objects.own(worker=world.worker).get()


def test_an_offered_place_can_be_taken(offered):
    _world, client, booking = offered
    assert booking.state == BookingState.OFFERED
    assert "接受名额" in text(client.get(url("booking", booking.token)))
    assert client.post(url("accept", booking.token))["Location"] == url("booked", booking.token)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_an_offered_place_can_be_passed_on(offered):
    world, client, booking = offered
    client.post(url("decline", booking.token))
    client.post(url("decline", booking.token))
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED
    assert Session.objects.get(pk=world.sessions[0].pk).taken == 0


def test_an_offer_that_ran_out_says_so(offered):
    _world, client, booking = offered
    Booking.objects.unscoped().filter(pk=booking.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    response = client.post(url("accept", booking.token))
    assert response.status_code == 200 and response.context["refusal"]
    booking.refresh_from_db()
    assert booking.state != BookingState.CONFIRMED


# --- somebody else's ---


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("booking", "get"),
        ("check_answers", "get"),
        ("check_answers", "post"),
        ("release", "post"),
        ("booked", "get"),
        ("calendar", "get"),
        ("move", "get"),
        ("move", "post"),
        ("cancel", "get"),
        ("cancel", "post"),
        ("accept", "post"),
        ("decline", "post"),
    ],
)
def test_another_womans_booking_does_not_exist(world, hers, name, method):
    theirs = booked(world, world.woman())
    assert getattr(hers, method)(url(name, theirs.token)).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.state, theirs.session_id) == (BookingState.CONFIRMED, world.sessions[0].pk)


@pytest.mark.parametrize(("name", "method"), [("waiting", "get"), ("leave", "post")])
def test_another_womans_place_on_the_list_does_not_exist(world, hers, name, method):
    other = world.woman()
    entry = actions.join_waiting_list(world.programme, worker=other, by=other.user, now=timezone.now())
    assert getattr(hers, method)(url(name, entry.token)).status_code == 404
    entry.refresh_from_db()
    assert entry.state == WaitingState.WAITING


def test_choosing_costs_the_same_with_four_sessions_and_with_thirty_more(world, hers):
    hers.get(url("book"))
    with CaptureQueriesContext(connection) as few:
        hers.get(url("book"))
    for number in range(30):
        SessionFactory(offering=world.programme.offering, venue=world.sessions[0].venue, starts_at=at(13 + number, 8))
    with CaptureQueriesContext(connection) as many:
        hers.get(url("book"))
    assert len(many) == len(few)


def test_a_woman_who_agreed_elsewhere_needs_no_second_agreement(world):
    other = world.woman(consents=False)
    agree(other.user)
    assert signed_in(other.user).get(url("book")).status_code == 200


def busy(*args, **kwargs):
    raise Busy()


def test_what_is_busy_or_too_late_is_said_and_never_an_error(offered, monkeypatch):
    world, client, booking = offered
    monkeypatch.setattr(actions, "cancel", busy)
    declined = client.post(url("decline", booking.token))
    assert (declined.status_code, Busy().message() in declined.content.decode()) == (200, True)
    Booking.objects.own(pk=booking.pk).update(state=BookingState.HELD)
    released = client.post(url("release", booking.token), follow=True)
    assert (released.status_code, Busy().message() in released.content.decode()) == (200, True)
    monkeypatch.setattr(actions, "leave_waiting_list", busy)
    entry = WaitingEntry.objects.own(worker=world.worker).get()
    left = client.post(url("leave", entry.token), follow=True)
    assert (left.status_code, Busy().message() in left.content.decode()) == (200, True)
