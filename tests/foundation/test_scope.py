"""Scoped querysets answer nothing until somebody said who is looking."""

import pytest

from services.foundation.scope import ScopeMissing, unscoped
from services.workers.models import Worker
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


def test_an_unscoped_query_raises():
    with pytest.raises(ScopeMissing):
        list(Worker.objects.filter(name="x"))
    with pytest.raises(ScopeMissing):
        Worker.objects.count()
    with pytest.raises(ScopeMissing):
        Worker.objects.all().delete()


def test_saying_for_whom_opens_it():
    worker = WorkerFactory(organization=small_tree()["unit_a"])
    assert list(Worker.objects.own(pk=worker.pk)) == [worker]
    assert Worker.objects.unscoped().count() == 1
    with unscoped():
        assert Worker.objects.count() == 1


def test_sealed_columns_are_not_in_the_database_in_clear():
    from django.db import connection

    worker = WorkerFactory(organization=small_tree()["unit_a"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM workers_worker")
        stored = " ".join(cursor.fetchone())
    assert worker.id_number not in stored
    assert worker.phone not in stored
    assert Worker.objects.unscoped().get().id_number == worker.id_number


def test_narrowing_first_doesnt_forget_whose_rows_they_are_nor_which_posts_read_them():
    from services.bookings.models import Booking
    from services.organizations.enums import Role
    from tests.factories.organizations import AssignmentFactory

    tree = small_tree()
    worker = WorkerFactory(organization=tree["unit_a"])
    editor = AssignmentFactory(organization=tree["city"], role=Role.COMMUNICATIONS_EDITOR).user
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    assert list(Worker.objects.filter(pk=worker.pk).visible_to(editor)) == []
    assert list(Worker.objects.filter(pk=worker.pk).visible_to(officer)) == [worker]
    assert list(Booking.objects.filter(state="held").visible_to(officer)) == []


def test_a_thousand_paths_reach_what_each_of_them_reaches_alone():
    from services.foundation.scope import path_filter
    from services.organizations.models import Organization

    tree = small_tree()
    some = (tree["town_a"].path, tree["unit_c"].path, "9999")
    many = (*some, *(f"8{number:03d}" for number in range(1_000)))

    def reached(paths):
        return set(Organization.objects.filter(path_filter("path", paths)).values_list("code", flat=True))

    assert reached(many) == reached(some) == {"T-A-1", "T-A-1-1", "T-A-1-2", "T-B-1"}


def test_a_scope_covers_what_lies_below_a_place_where_the_role_is_held():
    from services.foundation.scope import Scope

    scope = Scope({"0001": frozenset({"reader"}), "00010002": frozenset({"writer"})})
    asked = ["0001", "00010002", "000100020003", "00010003", "0002", "000", ""]
    assert [scope.covers(path) for path in asked] == [True, True, True, True, False, False, False]
    assert [scope.covers(path, roles=frozenset({"writer"})) for path in asked[:4]] == [False, True, True, False]
