"""Roll-ups: equal to a recount after whatever happened, at every level and in every split."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.models.signals import post_migrate, pre_migrate
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.bookings.models import Allocation, Booking, Session, WaitingEntry
from services.figures.actions import fold, mark_everything
from services.figures.actions.watching import missing_triggers
from services.figures.models import Cell, Mark
from services.figures.queries import differences
from services.organizations.actions import move_branch
from services.organizations.models import Organization
from services.screening.actions import give_many
from services.screening.models import Programme
from services.screening.queries import uptake
from services.workers.models import Worker
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import booked, post, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    """100 places: 40 to county A, 30 of them on to its town; women on every level."""
    programme, session, root = programme_at(tree["city"], code="hers", year=2026)
    (county,) = give_many(root, shares=[(tree["county_a"], 40)], by=post(tree["city"]))
    give_many(county, shares=[(tree["town_a"], 30)], by=post(tree["city"]))
    for place, state in (
        ("unit_a", "confirmed"),
        ("unit_a", "attended"),
        ("unit_b", "held"),
        ("county_a", "offered"),
        ("unit_c", "confirmed"),
        ("unit_c", "cancelled"),
        ("city", "attended"),
    ):
        booked(session, tree[place], root, state=state)
    now, her = timezone.now(), WorkerFactory(organization=tree["unit_a"])
    WaitingEntry.objects.create(offering=programme.offering, worker=her, created_at=now, changed_at=now)
    return programme


def total(count: str, organization, dimension: str = "", key: str = "", period: str = "2026") -> int:
    organization = Organization.objects.get(pk=organization.pk)
    cell = Cell.objects.filter(count=count, path=organization.path, period=period, dimension=dimension, key=key)
    return sum(cell.values_list("total", flat=True))


def booked_at(organization) -> int:
    fold()
    return total("screening-attended", organization) + total("screening-expected", organization)


def test_every_level_holds_what_is_below_it(tree, running):
    assert {place: booked_at(tree[place]) for place in ("city", "county_a", "town_a", "unit_a", "county_b")} == {
        "city": 6,
        "county_a": 4,
        "town_a": 3,
        "unit_a": 2,
        "county_b": 1,
    }
    assert [total("screening-places", tree[place]) for place in ("city", "county_a", "town_a", "county_b")] == [
        100,
        40,
        30,
        0,
    ]
    assert differences() == []


def test_the_figures_agree_with_the_uptake_page_at_every_level(tree, running):
    fold()
    for place in tree.values():
        whole = uptake(running, Organization.objects.get(pk=place.pk)).total
        sums = [total(f"screening-{count}", place) for count in ("places", "attended", "expected", "waiting")]
        assert sums == [whole.allocated, whole.attended, whole.booked - whole.attended, whole.waiting]


CHANGES = {
    "a booking is cancelled": lambda tree: (
        Booking.objects.unscoped().filter(state="confirmed").update(state="cancelled")
    ),
    "a booking is deleted": lambda tree: Booking.objects.unscoped().filter(state="held").delete(),
    "a woman changes her union": lambda tree: (
        Worker.objects.unscoped().filter(organization=tree["unit_a"]).update(organization=tree["unit_c"])
    ),
    "a date of birth is corrected": lambda tree: Worker.objects.unscoped().update(birth_date=date(1960, 1, 1)),
    "a session moves to another week": lambda tree: Session.objects.update(
        starts_at=timezone.now() + timedelta(days=90), ends_at=timezone.now() + timedelta(days=91)
    ),
    "a programme is of another year": lambda tree: Programme.objects.update(year=2027),
    "places change hands": lambda tree: give_many(
        Allocation.objects.unscoped().get(organization=tree["city"]),
        shares=[(tree["county_b"], 20)],
        by=post(tree["city"]),
    ),
    "a branch moves": lambda tree: move_branch(
        tree["town_a"], to=Organization.objects.get(code="T-B"), by=None, reason="合并"
    ),
    "a branch moves and another takes its place": lambda tree: (
        move_branch(tree["county_b"], to=UnionFactory(kind="city_union", code="X"), by=None, reason="合并"),
        UnionFactory(parent=tree["city"], kind="county_union", code="T-N"),
    ),
    "a woman waits for another site": lambda tree: WaitingEntry.objects.unscoped().update(
        session=Session.objects.order_by("pk").first()
    ),
    "a woman joins the waiting list": lambda tree: WaitingEntry.objects.create(
        offering=Programme.objects.get().offering,
        worker=WorkerFactory(organization=tree["unit_b"]),
        state="waiting",
        created_at=timezone.now(),
        changed_at=timezone.now(),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_figures_follow_when(tree, running, change):
    fold()
    CHANGES[change](tree)
    assert Mark.objects.exists()
    before = list(Cell.objects.values())
    fold()
    assert list(Cell.objects.values()) != before
    assert differences() == []


def test_folding_changes_nothing_that_did_not_change(tree, running):
    fold()
    before = list(Cell.objects.order_by("pk").values())
    mark_everything()
    fold()
    assert list(Cell.objects.order_by("pk").values()) == before


def test_nothing_marked_costs_one_query(tree, running):
    fold()
    with CaptureQueriesContext(connection) as queries:
        assert fold() == 0
    assert len(queries) == 1


def test_the_check_passes_and_names_what_differs(tree, running):
    call_command("check_figures", stdout=StringIO())
    cell = Cell.objects.filter(count="screening-attended", dimension="").first()
    Cell.objects.filter(pk=cell.pk).update(total=cell.total + 1)
    told = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("check_figures", stderr=told)
    assert refused.value.returncode == 1
    assert f"screening-attended 2026 at {cell.path}" in told.getvalue()


def test_the_check_misses_a_trigger(tree, running):
    drop = "DROP TRIGGER {name}" if connection.vendor == "sqlite" else "DROP TRIGGER {name} ON bookings_booking"
    from services.figures.actions.watching import expected_triggers

    name = next(name for name in expected_triggers(connection) if "booking_insert" in name)
    with connection.cursor() as cursor:
        cursor.execute(drop.format(name=name))
    with pytest.raises(CommandError):
        call_command("check_figures", stderr=StringIO())
    call_command("check_figures", "--repair", stdout=StringIO())


CHANGE_A_WATCHED_TABLE = {
    "sqlite": (
        "CREATE TABLE rebuilt AS SELECT * FROM bookings_waitingentry",
        "CREATE UNIQUE INDEX rebuilt_key ON rebuilt (id)",
        "DROP TABLE bookings_waitingentry",
        "ALTER TABLE rebuilt RENAME TO bookings_waitingentry",
    ),
    "postgresql": ("ALTER TABLE bookings_waitingentry ALTER COLUMN state TYPE text",),
}


def test_a_migration_may_change_a_watched_table_which_is_watched_again_afterwards():
    figures = apps.get_app_config("figures")
    told = {"sender": figures, "app_config": figures, "using": "default", "verbosity": 0, "interactive": False}
    pre_migrate.send(**told, plan=[(Migration("0002_later", "workers"), False)])
    with connection.cursor() as cursor:
        for statement in CHANGE_A_WATCHED_TABLE[connection.vendor]:
            cursor.execute(statement)
    post_migrate.send(**told, plan=[])
    assert missing_triggers(connection) == []


def test_where_nothing_is_migrated_the_triggers_stay():
    pre_migrate.send(sender=apps.get_app_config("figures"), using="default", plan=[])
    assert missing_triggers(connection) == []
