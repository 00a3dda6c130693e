"""Month ends: kept once, for the month just over, and never changed by anybody."""

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from services.figures.actions import fold, keep_month_end
from services.figures.errors import Immutable, MonthLongOver, MonthNotOver
from services.figures.models import Cell, Snapshot, SnapshotCell, SnapshotNode
from services.figures.tasks import keep_month_end as hourly
from services.organizations.models import Organization
from tests.factories.organizations import small_tree
from tests.screening.people import booked, programme_at

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 31)
AFTER = timezone.make_aware(datetime(2026, 11, 2, 3))


@pytest.fixture
def kept():
    tree = small_tree()
    _programme, session, root = programme_at(tree["city"], year=2026)
    booked(session, tree["unit_a"], root)
    return keep_month_end(DAY, now=AFTER)[0]


def test_it_holds_the_figures_and_the_tree(kept):
    fields = ("count", "period", "dimension", "key", "path", "own", "total")
    assert set(kept.cells.values_list(*fields)) == set(Cell.objects.values_list(*fields)) != set()
    assert set(kept.nodes.values_list("path", "name")) == set(Organization.objects.values_list("path", "name"))
    assert kept.taken_at == AFTER


def test_doing_it_again_changes_nothing(kept):
    Cell.objects.update(total=99)
    assert keep_month_end(DAY, now=AFTER) == (kept, False)
    assert not SnapshotCell.objects.filter(total=99).exists()


@pytest.mark.parametrize(
    ("day", "now", "refusal"),
    [
        (date(2026, 11, 30), datetime(2026, 11, 30, 23, 59), MonthNotOver),
        (date(2026, 10, 30), datetime(2026, 11, 2), MonthNotOver),
        (date(2026, 9, 30), datetime(2026, 11, 2), MonthLongOver),
    ],
)
def test_only_the_month_that_has_just_ended_is_kept(db, day, now, refusal):
    with pytest.raises(refusal):
        keep_month_end(day, now=timezone.make_aware(now))
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("model", [Snapshot, SnapshotNode, SnapshotCell])
def test_no_row_can_be_changed_or_deleted(kept, model):
    row = model.objects.first()
    for act in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=0)):
        with pytest.raises(Immutable):
            act()


@pytest.mark.parametrize("table", ["figures_snapshot", "figures_snapshotnode", "figures_snapshotcell"])
def test_the_database_refuses_too(kept, table):
    statements = [f"UPDATE {table} SET id = id + 1"]  # noqa: S608 - our own tables
    if connection.vendor == "postgresql":
        statements.append(f"DELETE FROM {table}")  # noqa: S608 - our own tables
    for statement in statements:
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_task_keeps_the_last_month_and_the_command_says_so(kept, monkeypatch):
    monkeypatch.setattr("services.foundation.clock.now", lambda: timezone.make_aware(datetime(2026, 12, 1, 0, 30)))
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 12, 1))
    hourly()
    hourly()
    assert [snapshot.day for snapshot in Snapshot.objects.all()] == [date(2026, 11, 30), DAY]
    told = StringIO()
    call_command("keep_month_end", stdout=told)
    assert told.getvalue() == "2026-11-30: was kept already.\n"


def test_the_check_does_not_mind_month_ends(kept):
    fold()
    call_command("check_figures", stdout=StringIO())
    Cell.objects.filter(dimension="").update(own=7)
    with pytest.raises(CommandError):
        call_command("check_figures", stderr=StringIO())
