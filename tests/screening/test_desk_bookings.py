"""Bookings and the waiting list at the desk: reach, search, filters, export, cancelling."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.bookings.models import Booking, WaitingEntry
from services.organizations.enums import Role
from tests.factories.bookings import SessionFactory
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db
LIST = "/admin/screening/bookings/"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    return programme_at(tree["city"])


def found(client, **query) -> set[int]:
    page = client.get(LIST, query)
    assert page.status_code == 200
    return {booking.pk for booking in page.context["object_list"]}


def cells(response) -> list[list]:
    book = load_workbook(BytesIO(response.content))
    return [list(row) for row in book.worksheets[1].iter_rows(values_only=True)]


def test_she_sees_the_bookings_of_her_own_women_only_and_no_number_whole(tree, running):
    _programme, session, root = running
    mine = booked(session, tree["unit_a"], root, phone="19900001234")
    theirs = booked(session, tree["unit_c"], root, name="示例秀英")
    county = at_desk(tree["county_a"])
    assert found(county) == {mine.pk}
    assert found(at_desk(tree["city"])) == {mine.pk, theirs.pk}
    page = county.get(LIST).content.decode()
    assert ("199****1234" in page, "19900001234" in page, mine.worker.id_number in page) == (True, False, False)
    assert ("示例秀英" in page, mine.token in page) == (False, True)


def test_a_booking_is_found_by_number_or_name(tree, running):
    _programme, session, root = running
    first = booked(session, tree["unit_a"], root, name="示例桂兰")
    second = booked(session, tree["unit_a"], root, name="示例秀英")
    city = at_desk(tree["city"])
    assert found(city, q=first.number.lower()) == {first.pk}
    assert found(city, q="秀英") == {second.pk}
    assert found(city, q="TJ-26-999999-9") == set()
    assert found(at_desk(tree["county_b"]), q=first.number) == set()


def test_every_filter_narrows_and_lives_in_the_address(tree, running):
    programme, session, root = running
    other, other_session, other_root = programme_at(tree["city"])
    later = SessionFactory(offering=programme.offering, starts_at=timezone.now() + timedelta(days=40))
    a = booked(session, tree["unit_a"], root)
    b = booked(later, tree["unit_c"], root, state="attended")
    c = booked(other_session, tree["county_b"], other_root, state="cancelled")
    city = at_desk(tree["city"])
    day = f"{timezone.localtime(later.starts_at):%Y-%m-%d}"
    assert found(city, programme=programme.code) == {a.pk, b.pk}
    assert found(city, state=["attended", "cancelled"]) == {b.pk, c.pk}
    assert found(city, venue=later.venue_id) == {b.pk}
    assert found(city, day_from=day, day_to=day) == {b.pk}
    assert found(city, session=session.token) == {a.pk}
    assert found(city, union="T-B") == {b.pk, c.pk}
    assert found(city, union="T-B", direct="1") == {c.pk}
    assert found(city, union="中学") == {a.pk}
    assert found(city, programme=other.code, state="confirmed") == set()


@pytest.mark.parametrize("query", [{"programme": "x"}, {"state": "x"}, {"venue": "x"}, {"day_from": "x"}, {"p": "x"}])
def test_nonsense_in_the_address_is_no_error_of_the_server(tree, running, query):
    assert at_desk(tree["city"]).get(LIST, query).status_code == 200


def test_a_programme_beyond_her_reach_is_no_choice_of_the_filter(tree):
    theirs = programme_at(tree["county_b"])[0]
    page = at_desk(tree["county_a"]).get(LIST, {"programme": theirs.code})
    assert list(page.context["filters"].form.errors) == ["programme"]


@pytest.mark.parametrize("path", [LIST, "/admin/screening/waiting/", "/admin/screening/"])
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(tree, running, path):
    programme, session, root = running

    def add():
        booked(session, tree["unit_a"], root)
        now = timezone.now()
        WaitingEntry.objects.create(
            offering=programme.offering,
            worker=WorkerFactory(organization=tree["unit_a"]),
            created_at=now,
            changed_at=now,
        )

    city = at_desk(tree["city"])
    add()
    city.get(path)
    with CaptureQueriesContext(connection) as one:
        city.get(path)
    for _ in range(29):
        add()
    if path == "/admin/screening/":
        for _ in range(19):
            programme_at(tree["city"])
    with CaptureQueriesContext(connection) as thirty:
        city.get(path)
    assert len(thirty) == len(one)


def test_the_export_holds_exactly_what_the_list_shows_masked_and_harmless(tree, running):
    programme, session, root = running
    shown = booked(session, tree["unit_a"], root, name="=示例+1", phone="19900001234")
    booked(session, tree["unit_a"], root, state="cancelled")
    booked(session, tree["unit_c"], root)
    query = {"programme": programme.code, "union": "T-A", "state": ["confirmed"]}
    response = at_desk(tree["city"]).get(reverse("screening_desk:bookings_export"), query)
    rows = cells(response)
    assert [row[0] for row in rows[1:]] == [shown.number]
    assert rows[1][1:4] == [shown.worker.masked_name, "199****1234", tree["unit_a"].name]
    raw = response.content
    assert all(value not in raw for value in (b"19900001234", shown.worker.id_number.encode()))
    about = dict(load_workbook(BytesIO(raw)).worksheets[0].iter_rows(values_only=True, max_col=2))
    assert "1" in about.values()
    assert any(tree["city"].name in str(value) or "T-A" in str(value) for value in about.values())
    county = at_desk(tree["county_b"]).get(reverse("screening_desk:bookings_export"))
    assert len(cells(county)) == 2


def test_an_export_of_nothing_says_so_instead_of_an_empty_file(tree, running):
    response = at_desk(tree["city"]).get(reverse("screening_desk:bookings_export"), {"union": "T-A"})
    assert (response.status_code, response["Location"]) == (302, f"{LIST}?union=T-A")


def test_a_download_too_many_leads_back_to_the_list_as_it_was_filtered(tree, running, settings):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    settings.EXPORTS_PER_HOUR, client = 1, at_desk(tree["city"])
    export = reverse("screening_desk:bookings_export")
    assert client.get(export, {"union": "T-A"}).status_code == 200
    answer = client.get(export, {"union": "T-A"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?union=T-A")


def cancel(client, *tokens, **data):
    query = "&".join(f"id={token}" for token in tokens)
    return client.post(f"/admin/bulk/bookings/booking/cancel/?{query}&next={LIST}", data)


def test_cancelling_shows_each_row_first_and_frees_the_places(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    done = booked(session, tree["unit_a"], root, state="attended")
    city = at_desk(tree["city"])
    preview = city.get(f"/admin/bulk/bookings/booking/cancel/?id={live.token}&id={done.token}")
    assert [entry["item"].pk for entry in preview.context["items"]] == [live.pk]
    assert [booking.pk for booking in preview.context["items_with_no_access"]] == [done.pk]
    cancel(city, live.token, done.token, reason="体检点临时停诊，请另选时间。")
    live.refresh_from_db()
    done.refresh_from_db()
    session.refresh_from_db()
    assert (live.state, done.state, session.taken) == ("cancelled", "attended", 1)
    event = live.events.get(verb="cancelled")
    assert (event.by, event.details["reason"]) == (city.user, "体检点临时停诊，请另选时间。")


def test_cancelling_needs_a_reason_and_a_row_within_reach(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    assert list(cancel(at_desk(tree["city"]), live.token, reason="").context["form"].errors) == ["reason"]
    cancel(at_desk(tree["county_b"]), live.token, reason="示例")
    cancel(at_desk(tree["city"], Role.AUDITOR), live.token, reason="示例")
    cancel(at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR), live.token, reason="示例")
    assert Booking.objects.unscoped().get().state == "confirmed"


def test_wagtails_own_deleting_of_snippets_does_not_reach_bookings(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    for path in (
        f"/admin/bulk/bookings/booking/delete/?id={live.pk}",
        f"/admin/snippets/bookings/booking/delete/{live.pk}/",
    ):
        assert city.post(path).status_code in (403, 404)
    assert Booking.objects.unscoped().count() == 1
    assert "delete" not in city.get(LIST).content.decode()


def test_the_waiting_list_keeps_the_true_place_even_where_she_sees_only_some(tree, running):
    programme, *_ = running
    now = timezone.now()

    def wait(organization, minutes, priority=0, state="waiting"):
        return WaitingEntry.objects.create(
            offering=programme.offering,
            worker=WorkerFactory(organization=organization),
            priority=priority,
            state=state,
            created_at=now - timedelta(minutes=minutes),
            changed_at=now,
        )

    second = wait(tree["unit_c"], 50)
    third = wait(tree["unit_a"], 20)
    first = wait(tree["unit_a"], 5, priority=1)
    gone = wait(tree["unit_a"], 90, state="left")
    page = reverse("screening_desk:waiting")
    rows = {e.pk: e.place for e in at_desk(tree["city"]).get(page).context["object_list"]}
    assert rows == {first.pk: 1, second.pk: 2, third.pk: 3, gone.pk: 0}
    rows = {e.pk: e.place for e in at_desk(tree["county_a"]).get(page).context["object_list"]}
    assert rows == {first.pk: 1, third.pk: 3, gone.pk: 0}
