"""Sessions at the desk: one, a series, a smaller capacity, removal, the roll."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings.actions import edit_session
from services.bookings.models import Session, VenueOperator
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.factories.bookings import SessionFactory, VenueFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def city(tree):
    return at_desk(tree["city"])


@pytest.fixture
def running(tree):
    return programme_at(tree["city"])


def url(name, *args):
    return reverse(f"screening_desk:{name}", args=args)


def monday():
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def series(**changes) -> dict:
    first = monday()
    data = {
        "venue": VenueFactory(organization=Organization.objects.get(code="T")).pk,
        "first_day": f"{first:%Y-%m-%d}",
        "last_day": f"{first + timedelta(days=13):%Y-%m-%d}",
        "weekdays": ["0", "2"],
        "morning": "on",
        "morning_from": "08:00",
        "morning_until": "11:30",
        "afternoon": "on",
        "afternoon_from": "14:00",
        "afternoon_until": "17:00",
        "capacity": 20,
    }
    return data | changes


def test_a_series_is_shown_before_it_is_made_and_made_once(city, running):
    programme, *_ = running
    data = series()
    preview = city.post(url("series", programme.code), data)
    assert (preview.context["new_count"], preview.context["new_places"]) == (8, 160)
    assert programme.offering.sessions.count() == 1
    city.post(url("series", programme.code), data | {"make": "1"})
    assert programme.offering.sessions.count() == 9
    days = {timezone.localtime(s.starts_at).weekday() for s in programme.offering.sessions.filter(capacity=20)}
    assert days == {0, 2}
    again = city.post(url("series", programme.code), data)
    assert again.context["new_count"] == 0
    city.post(url("series", programme.code), data | {"make": "1"})
    assert programme.offering.sessions.count() == 9


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_day": "2020-01-06"}, "first_day"),
        ({"last_day": "2020-01-06"}, "last_day"),
        ({"last_day": "2099-01-06"}, "last_day"),
        ({"weekdays": []}, "weekdays"),
        ({"capacity": "0"}, "capacity"),
        ({"venue": "0"}, "venue"),
        ({"morning": "", "afternoon": ""}, "morning"),
        ({"morning_until": "07:00"}, "morning_until"),
        ({"morning_from": ""}, "morning_from"),
    ],
)
def test_a_bad_series_is_explained_beside_its_field_and_makes_nothing(city, running, change, field):
    programme, *_ = running
    response = city.post(url("series", programme.code), series(**change) | {"make": "1"})
    assert list(response.context["form"].errors) == [field]
    assert Session.objects.count() == 1


def one(session, **changes) -> dict:
    data = {
        "venue": session.venue_id,
        "starts_at": f"{timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}",
        "ends_at": f"{timezone.localtime(session.ends_at):%Y-%m-%d %H:%M}",
        "capacity": session.capacity,
    }
    return data | changes


def test_a_time_in_the_past_and_one_that_is_taken_are_refused(city, running):
    programme, session, _root = running
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at.replace(microsecond=0), ends_at=session.ends_at.replace(microsecond=0)
    )
    past = city.post(url("session_add", programme.code), one(session, starts_at="2020-01-01 08:00"))
    assert list(past.context["form"].errors) == ["starts_at"]
    same = city.post(url("session_add", programme.code), one(session))
    assert list(same.context["form"].errors) == ["starts_at"]
    assert Session.objects.count() == 1


def test_a_capacity_below_what_is_taken_is_refused_with_the_bookings_in_the_way(city, tree, running):
    programme, session, root = running
    booked(session, tree["unit_a"], root)
    last = booked(session, tree["unit_c"], root)
    page = url("session", programme.code, session.token)
    response = city.post(page, one(session, capacity=1))
    assert list(response.context["form"].errors) == ["capacity"]
    assert [booking.pk for booking in response.context["affected"]] == [last.pk]
    session.refresh_from_db()
    assert session.capacity == 50
    assert city.post(page, one(session, capacity=2)).status_code == 302
    session.refresh_from_db()
    assert session.capacity == 2


def test_a_session_goes_into_no_past_and_the_women_who_have_a_place_are_named(city, tree, running):
    programme, session, root = running
    theirs = [booked(session, tree[unit], root) for unit in ("unit_a", "unit_c")]
    page = url("session", programme.code, session.token)
    response = city.post(page, one(session, starts_at="2020-01-01 08:00", ends_at="2020-01-01 11:00"))
    assert list(response.context["form"].errors) == ["starts_at"]
    assert [booking.pk for booking in response.context["affected"]] == [her.pk for her in reversed(theirs)]
    assert theirs[0].worker.name not in response.content.decode()
    session.refresh_from_db()
    assert session.starts_at > timezone.now()


def test_a_session_whose_new_time_is_over_when_it_is_saved_is_refused_the_same_way(city, tree, running, monkeypatch):
    programme, session, root = running
    her = booked(session, tree["unit_a"], root)
    soon = timezone.now() + timedelta(minutes=3)
    monkeypatch.setattr("services.screening.desk.sessions.edit_session", _an_hour_later(edit_session))
    starts = {"starts_at": f"{timezone.localtime(soon):%Y-%m-%d %H:%M}"}
    response = city.post(url("session", programme.code, session.token), one(session, **starts))
    assert list(response.context["form"].errors) == ["starts_at"]
    assert [booking.pk for booking in response.context["affected"]] == [her.pk]


def _an_hour_later(act):
    return lambda *given, now, **more: act(*given, now=now + timedelta(hours=1), **more)


def test_only_an_empty_session_can_be_removed(city, tree, running):
    programme, session, root = running
    hers = [booked(session, tree["unit_a"], root) for _ in range(2)]
    response = city.post(url("session_remove", programme.code, session.token))
    (said,) = response.context["form"].non_field_errors()
    assert (response.status_code, "2" in said) == (200, True)
    assert {booking.pk for booking in response.context["affected"]} == {booking.pk for booking in hers}
    assert hers[0].worker.masked_name in response.content.decode()
    empty = SessionFactory(offering=programme.offering)
    assert city.post(url("session_remove", programme.code, empty.token)).status_code == 302
    assert list(Session.objects.all()) == [session]


def test_the_roll_spells_names_out_for_the_staff_of_the_site_alone(city, tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, name="示例桂兰")
    booked(session, tree["unit_c"], root, name="示例秀英")
    clinic = at_desk(tree["city"], Role.CLINIC_OPERATOR)
    page = url("roll", session.token)
    assert clinic.get(page).status_code == 404
    VenueOperator.objects.create(venue=session.venue, user=clinic.user)
    full = clinic.get(page).content.decode()
    assert ("示例桂兰" in full, "示例秀英" in full) == (True, True)
    masked = city.get(page)
    assert len(masked.context["rows"]) == 2
    assert "示例桂兰" not in masked.content.decode()
    county = at_desk(tree["county_a"]).get(page)
    assert [row.worker.name for row in county.context["rows"]] == ["示例桂兰"]


def test_the_roll_lists_nobody_whose_booking_is_not_certain(city, tree, running):
    _programme, session, root = running
    for state in ("held", "offered", "cancelled", "expired", "no_show"):
        booked(session, tree["unit_a"], root, state=state)
    certain = [booked(session, tree["unit_a"], root, state=state).pk for state in ("confirmed", "attended")]
    assert {row.pk for row in city.get(url("roll", session.token)).context["rows"]} == set(certain)


def test_sessions_are_listed_in_the_same_number_of_queries(city, running):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    programme, *_ = running
    page = url("sessions", programme.code)
    city.get(page)
    with CaptureQueriesContext(connection) as few:
        city.get(page)
    SessionFactory.create_batch(29, offering=programme.offering)
    with CaptureQueriesContext(connection) as many:
        city.get(page)
    assert len(many) == len(few)
