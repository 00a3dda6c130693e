"""A prepared query answers as the queryset it was made from, whatever it is asked."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.accounts.models import User
from services.foundation.prepared import Prepared
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


def build(*, union, user, moment):
    others = Worker.objects.unscoped().filter(organization=OuterRef("organization"), user=user)
    oldest = others.order_by("birth_date")
    return (
        Worker.objects.unscoped()
        .filter(Q(organization=union), created_at__lte=moment, name__contains="100%")
        .annotate(
            has_her=Exists(others),
            born=Subquery(oldest.values("birth_date")[:1]),
            joined=Subquery(oldest.values("created_at")[:1]),
            twice=F("pk") + F("pk"),
        )
        .order_by("-pk")
    )


PREPARED = Prepared(build, keys=("union", "user"), moment="moment")


def answer(**values):
    row = PREPARED.first(**values)
    if row is None:
        return None
    return row, row.name, row.birth_date, row.id_number, row.has_her, row.born, row.joined, row.twice


def plainly(**values):
    row = build(**values).first()
    if row is None:
        return None
    return row, row.name, row.birth_date, row.id_number, row.has_her, row.born, row.joined, row.twice


def test_every_question_has_the_answer_of_the_orm():
    her = WorkerFactory(name="示例100%", user=WorkerUserFactory(), birth_date=date(1980, 2, 29))
    other = WorkerFactory(name="示例乙100%")
    WorkerFactory(name="示例丙", organization=her.organization)
    now = timezone.now()
    for union in (her.organization_id, other.organization_id, 0):
        for user in (her.user_id, User.objects.count() + 99):
            for moment in (now + timedelta(days=1), now - timedelta(days=1)):
                asked = {"union": union, "user": user, "moment": moment}
                assert answer(**asked) == plainly(**asked), asked


def test_nothing_equals_no_key():
    her = WorkerFactory(name="示例100%", user=None)
    asked = {"union": her.organization_id, "user": None, "moment": timezone.now() + timedelta(days=1)}
    row, *_rest, has_her, _born, _joined, _twice = answer(**asked)
    assert (row, has_her) == (her, False)
    assert PREPARED.first(**asked | {"union": None}) is None


def test_it_is_one_query_and_names_its_values_anew_each_time():
    first, second = WorkerFactory(name="示例100%"), WorkerFactory(name="示例100%")
    moment = timezone.now() + timedelta(days=1)
    with CaptureQueriesContext(connection) as asked:
        found = [PREPARED.first(union=her.organization_id, user=1, moment=moment) for her in (first, second)]
    assert (found, len(asked)) == ([first, second], 2)


def test_a_value_left_out_is_an_error_and_no_row_of_somebody_else():
    with pytest.raises(KeyError):
        PREPARED.first(union=1, moment=timezone.now())


def test_the_server_prepares_it_too_where_connections_last(settings):
    """On PostgreSQL the same answers come from a prepared statement, and other queries stay as they were."""
    settings.DATABASE_PREPARED_STATEMENTS = True
    her = WorkerFactory(name="示例100%", user=WorkerUserFactory())
    moment = timezone.now() + timedelta(days=1)
    for _again in range(7):  # PostgreSQL plans anew five times
        asked = {"union": her.organization_id, "user": her.user_id, "moment": moment}
        assert answer(**asked) == plainly(**asked)
    assert PREPARED.first(union=None, user=her.user_id, moment=moment) is None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%has_her%%'")
            assert cursor.fetchone()[0] >= 1
        assert connection.connection.prepare_threshold is None
