"""My services: what needs her, what is ahead, what is behind, and her own details only when she asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session, WaitingEntry
from services.bookings.queries import waiting_position
from services.overview.queries import PAST_SHOWN, services_of
from services.privacy.models import AccessRecord
from services.screening import actions
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.screening.her_world import at, her_world, signed_in, text

pytestmark = pytest.mark.django_db
HOME = "/my/"


def booking(world, worker, state, *, days: int = 10, **fields) -> Booking:
    now = timezone.now()
    session = SessionFactory(offering=world.programme.offering, venue=world.sessions[0].venue, starts_at=at(days, 16))
    return Booking.objects.create(
        offering=world.programme.offering,
        session=session,
        allocation=world.programme.offering.allocations.model.objects.unscoped().get(),
        worker=worker,
        state=state,
        created_at=now,
        changed_at=now,
        **fields,
    )


def test_the_first_visit_leads_to_claiming_and_the_second_shows_the_page():
    client = signed_in(WorkerUserFactory())
    assert client.get(HOME)["Location"] == reverse("workers:claim")
    again = client.get(HOME)
    assert again.status_code == 200 and reverse("workers:claim") in again.content.decode()


def test_nothing_needs_her_when_nothing_does():
    world = her_world()
    page = signed_in(world.user).get(HOME).content.decode()
    assert "目前没有需要您处理的事项" in page and "请您处理" not in page


@pytest.mark.parametrize(("state", "where"), [(BookingState.HELD, "check_answers"), (BookingState.OFFERED, "booking")])
def test_what_waits_for_her_answer_stands_in_the_box(state, where):
    world = her_world()
    waits = booking(world, world.worker, state, held_until=timezone.now() + timedelta(minutes=5))
    page = signed_in(world.user).get(HOME).content.decode()
    assert "请您处理" in page and reverse(f"screening:{where}", args=[waits.token]) in page


def test_a_hold_that_ran_out_needs_her_no_more():
    world = her_world()
    booking(world, world.worker, BookingState.HELD, held_until=timezone.now() - timedelta(seconds=1))
    hers = services_of(world.user, now=timezone.now())
    assert (hers.holds, hers.needs_her) == ([], False)


def test_bookings_are_sorted_into_ahead_and_behind():
    world = her_world()
    ahead = booking(world, world.worker, BookingState.CONFIRMED)
    past = [booking(world, world.worker, BookingState.CANCELLED, days=-n) for n in range(1, PAST_SHOWN + 3)]
    booking(world, world.worker, BookingState.EXPIRED, days=-30)
    hers = services_of(world.user, now=timezone.now())
    assert hers.upcoming == [ahead]
    assert hers.past == past[:PAST_SHOWN]


def test_she_sees_only_her_own():
    world = her_world()
    other = world.woman()
    theirs = booking(world, other, BookingState.CONFIRMED)
    third = world.woman()
    entry = actions.join_waiting_list(world.programme, worker=third, by=third.user, now=timezone.now())
    page = signed_in(world.user).get(HOME).content.decode()
    for secret in (theirs.token, theirs.number, entry.token, other.masked_id_number):
        assert secret not in page


def test_her_numbers_are_masked_until_she_asks_and_her_own_look_is_no_record():
    world = her_world()
    client = signed_in(world.user)
    number, phone = world.worker.id_number, world.worker.phone
    masked = client.get(HOME).content.decode()
    assert number not in masked and phone not in masked and world.worker.name not in masked
    assert world.worker.masked_id_number in masked
    assert client.get(reverse("overview:details")).status_code == 405
    shown = client.post(reverse("overview:details"))
    clear = shown.content.decode().replace(" ", "")
    assert number in clear and phone in clear
    assert "no-store" in shown["Cache-Control"]
    assert not AccessRecord.objects.exists()


def test_the_page_costs_the_same_with_one_booking_and_with_thirty():
    world = her_world()
    booking(world, world.worker, BookingState.CONFIRMED)
    client = signed_in(world.user)
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for number in range(30):
        booking(world, world.worker, BookingState.CANCELLED, days=-number - 1)
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few) and Session.objects.count() > 30


def waits(world, *, session=None, minute=0):
    her = world.woman()
    since = timezone.now() + timedelta(minutes=minute)
    return her, actions.join_waiting_list(world.programme, worker=her, session=session, by=her.user, now=since)


def test_who_waits_reads_how_many_stand_before_her_and_what_brings_her_a_place():
    world = her_world(offer_hours=24)
    first, second, third = (waits(world, minute=minute)[0] for minute in range(3))
    said = {her: text(signed_in(her.user).get(HOME)) for her in (first, second, third)}
    assert "下一个就轮到您" in said[first]
    assert "您前面还有 1 人" in said[second]
    assert "您前面还有 2 人" in said[third]
    assert all("有人取消" in page and "24 小时" in page for page in said.values())


def test_who_waits_for_another_session_is_not_counted_before_her():
    world = her_world()
    waits(world, session=world.sessions[0])
    waits(world, session=world.sessions[1], minute=1)
    her, entry = waits(world, session=world.sessions[1], minute=2)
    anywhere, entry_anywhere = waits(world, minute=3)
    assert [e.ahead for e in services_of(her.user, now=timezone.now()).waiting] == [1]
    assert [e.ahead for e in services_of(anywhere.user, now=timezone.now()).waiting] == [3]
    assert (waiting_position(entry), waiting_position(entry_anywhere)) == (2, 4)


def test_the_page_costs_the_same_on_one_waiting_list_and_on_five():
    world = her_world()
    her, _entry = waits(world)
    client = signed_in(her.user)
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for _ in range(4):
        offering, _session, _root = offering_with_places(world.tree["city"])
        WaitingEntry.objects.create(offering=offering, worker=her, created_at=timezone.now(), changed_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        page = text(client.get(HOME))
    assert len(many) == len(few)
    assert page.count("下一个就轮到您") == 5


def test_an_offer_says_until_when_she_must_answer():
    world = her_world()
    until = timezone.localtime(timezone.now() + timedelta(hours=5))
    booking(world, world.worker, BookingState.OFFERED, held_until=until)
    assert f"{until:%H:%M} 前" in text(signed_in(world.user).get(HOME))


def test_her_signed_in_devices_are_one_step_away():
    page = signed_in(her_world().user).get(HOME).content.decode()
    assert f'href="{reverse("accounts:sessions")}"' in page


def test_visitors_sign_in_first_and_staff_have_their_own_desk():
    assert Client().get(HOME)["Location"].startswith(reverse("accounts:sign_in"))
    staff = Client()
    staff.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert staff.get(HOME).status_code == 403
