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
