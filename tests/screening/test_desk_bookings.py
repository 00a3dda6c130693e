"""Bookings and the waiting list at the desk: reach, search, filters, export, cancelling."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings.models import Booking, WaitingEntry
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


def find(client, text: str, within: str = ""):
    return client.post(reverse("screening_desk:bookings_find"), {"text": text, "within": within})


def led_to(client, text: str, within: str = "") -> tuple[set[int], str]:
    """What the search box leads to: the bookings, and the address they stand under."""
    address = find(client, text, within)["Location"]
    return {booking.pk for booking in client.get(address).context["object_list"]}, address


def test_a_booking_is_found_by_its_number_and_by_the_beginning_of_a_name(tree, running):
    _programme, session, root = running
    first = booked(session, tree["unit_a"], root, name="示例桂兰")
    second = booked(session, tree["unit_a"], root, name="测试秀英")
    city = at_desk(tree["city"])
    assert led_to(city, first.number.lower())[0] == {first.pk}
    assert led_to(city, "测试")[0] == {second.pk}
    assert led_to(city, "秀英")[0] == set()
    assert led_to(city, "%")[0] == set()
    assert found(at_desk(tree["county_b"]), q=first.number) == set()


def test_a_woman_is_found_by_her_whole_number_which_never_stands_in_an_address(tree, running):
    _programme, session, root = running
    hers = booked(session, tree["unit_a"], root, phone="19900001234")
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    for number in ("199 0000 1234", hers.worker.id_number):
        rows, address = led_to(city, number, within="state=confirmed&p=after~-pk~1")
        assert rows == {hers.pk}
        assert address == f"{LIST}?state=confirmed&person={hers.worker.token}"
    page = city.get(address).content.decode()
    assert "19900001234" not in page and hers.worker.id_number not in page


@pytest.mark.parametrize("number", ["19900009999", "123456", "990000197506150029"])
def test_a_number_nobody_within_reach_has_leads_back_without_a_trace(tree, running, number):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, phone="19900009999")
    answer = find(at_desk(tree["county_b"]), number, within="state=confirmed")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?state=confirmed")


def test_a_number_of_a_person_in_the_address_is_refused_and_nothing_is_shown(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, phone="19900001234")
    page = at_desk(tree["city"]).get(LIST, {"q": "19900001234"})
    assert (list(page.context["filters"].form.errors), list(page.context["object_list"])) == (["q"], [])


def test_a_search_can_be_shared_but_not_beyond_the_reach_of_who_opens_it(tree, running):
    _programme, session, root = running
    hers = booked(session, tree["unit_a"], root, phone="19900001234")
    _rows, address = led_to(at_desk(tree["city"]), "19900001234")
    assert [b.pk for b in at_desk(tree["county_a"]).get(address).context["object_list"]] == [hers.pk]
    assert list(at_desk(tree["county_b"]).get(address).context["object_list"]) == []


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
    assert list(page.context["object_list"]) == []


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


def test_a_list_narrowed_to_a_union_names_it_instead_of_its_code(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city, union = at_desk(tree["city"]), tree["unit_a"]
    chips = [chip.value for chip in city.get(LIST, {"union": union.code}).context["active_filters"]]
    assert chips == [union.name]
    assert [chip.value for chip in city.get(LIST, {"union": "小学"}).context["active_filters"]] == ["小学"]
    asked = city.get(reverse("exports:ask", args=["bookings"]), {"union": union.code}).content.decode()
    assert f"<dd>{union.name}</dd>" in asked
