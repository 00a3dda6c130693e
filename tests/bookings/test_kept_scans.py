"""Scans that a phone at the door kept without a network: taken for their own moment, once, each by itself."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings import actions
from services.bookings.enums import BookingState
from services.bookings.models import CheckInScan, VenueOperator
from services.organizations.enums import Role
from services.screening.models import PastScreening
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import VenueFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.screening import ProgrammeFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db

HOUR = 3600


@pytest.fixture
def booking():
    tree, now = small_tree(), timezone.now()
    offering, session, _root = offering_with_places(tree["city"])
    ProgrammeFactory(offering=offering)
    her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory(), name="张示例")
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


@pytest.fixture
def nurse(booking):
    user = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=booking.session.venue, user=user)
    return user


@pytest.fixture
def desk(client, nurse):
    client.force_login(nurse, backend="services.accounts.backends.StaffPassword")
    return client


@pytest.fixture
def next_day(booking, monkeypatch):
    """The network is back on the morning after."""
    moment = booking.session.starts_at + timedelta(days=1)
    monkeypatch.setattr("services.foundation.clock.now", lambda: moment)
    return moment


def send(client, *scans, **extra):
    body = extra.get("body") or json.dumps({"scans": scans})
    return client.post(reverse("bookings:kept"), body, content_type="application/json")


def scan(code, *, ago=23 * HOUR, compared=False, key="1"):
    return {"key": key, "code": code, "ago": ago, "compared": compared}


def test_it_means_what_it_meant_at_its_own_moment(desk, booking, next_day):
    told = send(desk, scan(f"https://example.org/check-in/{booking.token}/")).json()
    assert (told["taken"], told["look"]) == (["1"], []) and "1" in told["saved"]
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED and booking.changed_at == next_day
    event = booking.events.get(verb="attended")
    moment = next_day - timedelta(hours=23)
    assert (event.at, event.details["sent"]) == (moment, next_day.isoformat())
    assert CheckInScan.objects.get().at == moment
    assert PastScreening.objects.own(worker=booking.worker).exists()


def test_sent_again_it_is_the_same_scan(desk, booking, next_day, monkeypatch):
    send(desk, scan(booking.token))
    again = next_day + timedelta(seconds=20)
    monkeypatch.setattr("services.foundation.clock.now", lambda: again)
    told = send(desk, scan(booking.token, ago=23 * HOUR + 20)).json()
    assert (told["taken"], told["look"]) == (["1"], [])
    assert CheckInScan.objects.count() == 1


def test_a_typed_number_wants_the_name_compared_here_too(desk, booking, next_day):
    told = send(desk, scan(booking.number)).json()
    assert told["taken"] == ["1"] and booking.number in told["look"][0]
    booking.refresh_from_db()
    assert (booking.state, CheckInScan.objects.count()) == (BookingState.CONFIRMED, 0)
    send(desk, scan(booking.number, compared=True))
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED


def test_one_that_isnt_fit_holds_up_no_other_and_is_told(desk, booking, next_day):
    odd = [scan("nobody-s", key="a"), scan(booking.token, ago=9 * 24 * HOUR, key="b"), scan("", key="c")]
    told = send(desk, *odd, scan(booking.token, ago=0, key="d"), scan(booking.token, key="e")).json()
    assert told["taken"] == ["a", "b", "c", "d", "e"]
    # Of another day, before the one of her day: what is told names no woman and no token.
    assert len(told["look"]) == 4 and not any(booking.token in line or "张" in line for line in told["look"])
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED


def test_another_sites_staff_learn_nothing_of_it(client, booking, next_day):
    other = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=VenueFactory(), user=other)
    client.force_login(other, backend="services.accounts.backends.StaffPassword")
    told = send(client, scan(booking.token)).content.decode()
    assert "张" not in told and booking.number not in told
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


@pytest.mark.parametrize("body", ["", "[]", "{", '{"scans": 1}', '{"scans": [1]}', '{"scans": "%s"}' % ("x" * 70_000)])
def test_what_cannot_be_read_is_said(desk, body):
    answer = send(desk, body=body or " ")
    assert answer.status_code == 400 and "error" in answer.json()


def test_others_are_refused(client, booking):
    assert send(client, scan(booking.token)).status_code == 302
    client.force_login(booking.worker.user, backend="services.accounts.backends.WorkerCode")
    assert send(client, scan(booking.token)).status_code == 403
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
