"""Uptake at the desk: figures that close, each equal to the list behind it; and what waits on the first page."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.bookings.models import Offering, PlacesFault, Session, WaitingEntry
from services.bookings.tasks import audit_places
from services.organizations.enums import Role
from services.screening.actions import give_many
from services.screening.desk.chart import uptake_bars
from services.screening.queries import Figures, uptake
from services.screening.todos import todos_for
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.screening import TermsFactory
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, booked, post, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    """100 places: 40 to county A (30 of them on to its town), 25 to county B, 35 kept; bookings on every level."""
    programme, session, root = programme_at(tree["city"])
    boss = post(tree["city"])
    county_a, county_b = give_many(root, shares=[(tree["county_a"], 40), (tree["county_b"], 25)], by=boss)
    (town,) = give_many(county_a, shares=[(tree["town_a"], 30)], by=boss)
    for place, allocation, state in (
        ("unit_a", town, "confirmed"),
        ("unit_a", town, "attended"),
        ("unit_b", county_a, "held"),
        ("county_a", root, "offered"),
        ("unit_c", county_b, "confirmed"),
        ("unit_c", county_b, "cancelled"),
        ("unit_c", county_b, "no_show"),
        ("city", root, "attended"),
    ):
        booked(session, tree[place], allocation, state=state)
    now = timezone.now()
    for place, state in (("unit_a", "waiting"), ("unit_c", "offered"), ("unit_c", "left"), ("city", "waiting")):
        worker = WorkerFactory(organization=tree[place])
        WaitingEntry.objects.create(
            offering=programme.offering, worker=worker, state=state, created_at=now, changed_at=now
        )
    return programme


def page(client, programme, *organization):
    name = "uptake_of" if organization else "uptake"
    return client.get(reverse(f"screening_desk:{name}", args=[programme.code, *organization]))


def test_the_rows_and_what_the_level_kept_make_the_total(tree, running):
    result = uptake(running, tree["city"])
    assert {row.organization.code: row.figures for row in result.rows} == {
        "T-A": Figures(allocated=40, booked=4, attended=1, waiting=1, left=37),
        "T-B": Figures(allocated=25, booked=1, attended=0, waiting=1, left=24),
    }
    assert result.kept == Figures(allocated=35, booked=1, attended=1, waiting=1, left=33)
    assert result.total == Figures(allocated=100, booked=6, attended=2, waiting=3, left=94)
    assert result.total.allocated == result.total.booked + result.total.left


def test_one_level_down_the_child_shows_the_figures_its_row_had(tree, running):
    above = {row.organization.code: row.figures for row in uptake(running, tree["city"]).rows}
    tree["county_a"].refresh_from_db()
    assert uptake(running, tree["county_a"]).total == above["T-A"]


def test_every_number_equals_the_list_it_leads_to(tree, running):
    city = at_desk(tree["city"])
    context = page(city, running).context
    for line in [*context["lines"], context["kept"], context["total"]]:
        for name in ("booked", "attended", "waiting"):
            listed = city.get(line[name])
            assert listed.status_code == 200
            assert listed.context["items_count"] == getattr(line["figures"], name), (line["organization"], name)


def test_a_county_sees_its_own_level_and_none_above_or_beside(tree, running):
    county = at_desk(tree["county_a"])
    response = page(county, running)
    assert (response.context["organization"], response.context["total"]["figures"].booked) == (tree["county_a"], 4)
    assert tree["county_b"].name not in response.content.decode()
    assert [page(county, running, code).status_code for code in ("T", "T-B", "T-A-1")] == [404, 404, 200]


def test_the_sentence_says_the_figures(tree, running):
    sentence = page(at_desk(tree["city"]), running).context["sentence"]
    assert sentence == "示例市总工会 100 个名额已预约 6 个（6.0%），其中 2 人已参检；剩余 94 个名额，候补 3 人。"


def test_the_sentence_says_how_many_have_places_of_a_level_above(tree, running):
    county = at_desk(tree["county_a"])
    sentence = page(county, running).context["sentence"]
    assert sentence.endswith("剩余 37 个名额，候补 1 人。 其中 1 人使用上级保留的名额。")
    own = county.get(reverse("screening_desk:programme", args=[running.code]))
    assert own.context["sentence"] == sentence


def test_each_bar_names_its_organisation_and_says_its_numbers_in_text(tree, running):
    response = page(at_desk(tree["city"]), running)
    bars = response.context["bars"]
    lines = {row.organization: row.figures for row in response.context["result"].rows}
    assert {bar.organization for bar in bars} <= set(lines)
    for bar in bars:
        assert (bar.booked, bar.left) == (lines[bar.organization].booked, lines[bar.organization].left)


def test_the_longest_bar_fills_the_width_and_the_others_are_in_proportion():
    def row(booked, left):
        figures = SimpleNamespace(booked=booked, left=left, allocated=booked + left)
        return SimpleNamespace(organization=None, figures=figures)

    bars = uptake_bars(SimpleNamespace(rows=[row(10, 30), row(5, 5), row(0, 0)]))
    assert [(bar.booked_length, bar.left_length) for bar in bars] == [("25.00%", "75.00%"), ("12.50%", "12.50%")]
    assert uptake_bars(SimpleNamespace(rows=[row(1, 1)])) == []


def test_the_workbook_holds_the_table(tree, running):
    client = at_desk(tree["city"])
    url = reverse("screening_desk:uptake_of", args=[running.code, "T"])
    book = load_workbook(BytesIO(client.get(f"{url}?export=xlsx").content))
    rows = [list(row) for row in book.worksheets[1].iter_rows(values_only=True)]
    assert [row[1:6] for row in rows[1:]] == [
        [40, 4, 1, 1, 37],
        [25, 1, 0, 1, 24],
        [35, 1, 1, 1, 33],
        [100, 6, 2, 3, 94],
    ]


def test_the_queries_do_not_grow_with_the_tree(tree, running):
    city = at_desk(tree["city"])
    page(city, running)
    with CaptureQueriesContext(connection) as few:
        page(city, running)
    for number in range(28):
        UnionFactory(parent=tree["city"], kind="county_union", code=f"T-{number + 10}")
    with CaptureQueriesContext(connection) as many:
        page(city, running)
    assert len(many) == len(few)


def test_an_organisation_without_places_divides_by_nothing(tree):
    programme = programme_at(tree["city"])[0]
    response = page(at_desk(tree["county_b"]), programme)
    assert (response.status_code, response.context["total"]["figures"].share) == (200, None)


# --- what waits ---


def texts(user) -> list[str]:
    user = type(user).objects.get(pk=user.pk)
    return [todo.url for todo in todos_for(user)]


def test_unpublished_terms_wait_for_the_officer_who_can_publish_them(tree, running):
    TermsFactory(programme=running, version=2, published_at=None, change_note="示例")
    terms = reverse("screening_desk:terms", args=[running.code])
    assert texts(post(tree["city"])) == [terms]
    assert texts(post(tree["county_a"])) == []
    assert texts(post(tree["city"], Role.AUDITOR)) == []
    Offering.objects.update(state="closed")
    assert texts(post(tree["city"])) == []


def test_a_window_about_to_close_warns_those_whose_places_lie_idle(tree, running):
    Offering.objects.update(closes_at=timezone.now() + timedelta(days=3))
    uptake_page = reverse("screening_desk:uptake", args=[running.code])
    assert texts(post(tree["city"])) == [uptake_page]
    places = reverse("screening_desk:places_of", args=[running.code, "T-A"])
    assert texts(post(tree["county_a"])) == [places]
    assert texts(post(tree["unit_a"], Role.GRASSROOTS_OFFICER)) == []
    Offering.objects.update(closes_at=timezone.now() + timedelta(days=30))
    assert texts(post(tree["county_a"])) == []


def test_tomorrows_sessions_wait_with_the_number_of_women(tree, running):
    noon = timezone.localtime().replace(hour=12, minute=0) + timedelta(days=1)
    Session.objects.update(starts_at=noon, ends_at=noon + timedelta(hours=3))
    (todo,) = todos_for(post(tree["city"]))
    assert (todo.url, "6" in todo.text) == (reverse("screening_desk:sessions", args=[running.code]), True)
    assert texts(post(tree["county_b"])) == []


def test_counters_that_disagree_wait_for_officer_and_administrator_until_they_agree(tree, running):
    Session.objects.update(taken=F("taken") + 1)
    audit_places()
    check = reverse("screening_desk:places_check", args=[running.code])
    for place, role, told in (
        ("city", Role.FEDERATION_OFFICER, True),
        ("city", Role.PLATFORM_ADMINISTRATOR, True),
        ("city", Role.AUDITOR, False),
        ("county_a", Role.FEDERATION_OFFICER, False),
    ):
        assert (check in texts(post(tree[place], role))) is told
    answer = at_desk(tree["city"], Role.PLATFORM_ADMINISTRATOR).get(check)
    assert ("session", "taken", 7, 6) in [
        (one.kind, one.counter, one.stored, one.counted) for _kind, _counter, one in answer.context["differences"]
    ]
    assert at_desk(tree["county_a"]).get(check).status_code == 404
    PlacesFault.objects.all().delete()
    assert check not in texts(post(tree["city"]))


def test_todos_take_the_same_number_of_queries_however_much_waits(tree, running):
    Offering.objects.update(closes_at=timezone.now() + timedelta(days=3))
    officer = post(tree["city"])

    def count() -> int:
        user = type(officer).objects.get(pk=officer.pk)
        with CaptureQueriesContext(connection) as queries:
            todos_for(user)
        return len(queries)

    one = count()
    for _ in range(10):
        programme = programme_at(tree["city"])[0]
        TermsFactory(programme=programme, version=2, published_at=None, change_note="示例")
    Offering.objects.update(closes_at=timezone.now() + timedelta(days=3))
    assert count() == one
