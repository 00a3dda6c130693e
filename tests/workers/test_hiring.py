"""One new woman is added at the desk: by the rules, the sealing and the refusals of the roster's importer."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.workers.actions import hiring
from services.workers.actions.hiring import hire
from services.workers.enums import WorkerState
from services.workers.errors import NumberTaken
from services.workers.models import Worker
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory, identity_number

pytestmark = pytest.mark.django_db
ADD = reverse("workers_desk:add")
NUMBER = identity_number(date(1985, 3, 8), 7)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def clerk(client, tree):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    client.force_login(user)
    return user


def typed(**changes) -> dict:
    return {
        "organization": "T-A-1-1",
        "name": "示例新",
        "id_number": NUMBER,
        "phone": "19900007777",
        "position": "教师",
        "employment_type": "contract",
        "hired_on": "2026-09-01",
        "joined_on": "",
        "marital_status": "married",
        "note": "",
    } | changes


def everybody():
    return Worker.objects.unscoped().count()


def test_a_clerk_adds_one_woman_of_her_own_union(client, clerk, tree):
    assert client.post(ADD, typed()).status_code == 302
    worker = Worker.objects.unscoped().get()
    assert (worker.organization, worker.name, worker.state) == (tree["unit_a"], "示例新", WorkerState.ACTIVE)
    assert (worker.id_number, worker.phone, worker.birth_date) == (NUMBER, "19900007777", date(1985, 3, 8))
    assert worker.id_index == Worker.index_of(NUMBER)
    entry = log_registry.get_logs_for_instance(worker).get()
    assert (entry.action, entry.user) == ("workers.add", clerk)
    assert NUMBER not in str(entry.data)


def test_numbers_are_sealed_in_the_database(client, clerk):
    client.post(ADD, typed())
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM workers_worker")
        assert not {NUMBER, "19900007777"} & set(map(str, cursor.fetchone()))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "id_number"),
        ({"id_number": identity_number(date(1985, 3, 8), 7, female=False)}, "id_number"),
        ({"id_number": identity_number(date(2020, 3, 8), 7)}, "id_number"),
        ({"phone": "1990000"}, "phone"),
        ({"hired_on": "2999-01-01"}, "hired_on"),
        ({"joined_on": "1980-01-01"}, "joined_on"),
        ({"name": "<b>x</b>"}, "name"),
        ({"organization": "T-B-1"}, "organization"),
    ],
)
def test_what_the_importer_refuses_is_said_beside_its_field_and_nothing_is_saved(client, clerk, change, field):
    refused = client.post(ADD, typed(**change))
    assert refused.status_code == 200
    assert field in refused.context["form"].errors
    assert everybody() == 0


@pytest.mark.parametrize("state", WorkerState.values)
def test_whoever_is_on_the_roster_already_is_shown_and_not_changed(client, clerk, tree, state):
    known = WorkerFactory(organization=tree["unit_a"], name="示例旧", state=state)
    answer = client.post(ADD, typed(id_number=known.id_number), follow=True)
    assert answer.redirect_chain[0][0] == reverse("workers_desk:one", args=[known.token])
    assert [str(message.level_tag) for message in answer.context["messages"]] == ["warning"]
    known.refresh_from_db()
    assert (everybody(), known.name, known.state) == (1, "示例旧", state)


def test_a_woman_of_another_unit_is_refused_without_saying_of_which(client, clerk, tree):
    other = WorkerFactory(organization=tree["unit_c"])
    refused = client.post(ADD, typed(id_number=other.id_number))
    assert list(refused.context["form"].errors) == ["id_number", "__all__"]
    assert tree["unit_c"].name not in refused.content.decode()
    assert everybody() == 1


def test_the_action_itself_refuses_a_foreign_union(clerk, tree):
    cells = {"name": "示例新", "id_number": NUMBER}
    with pytest.raises(PermissionDenied):
        hire(cells, union=tree["unit_b"], by=clerk, today=clock.today(), now=timezone.now())
    assert everybody() == 0


def test_adding_costs_the_same_on_a_roster_of_one_and_of_thirty(client, clerk, tree):
    def cost(order: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.post(ADD, typed(id_number=identity_number(date(1985, 3, 8), order))).status_code == 302
        return len(asked)

    cost(100)
    alone = cost(101)
    WorkerFactory.create_batch(30, organization=tree["unit_a"])
    assert cost(102) == alone


def test_whoever_was_added_by_somebody_faster_is_not_restated(tree, clerk, monkeypatch):
    read, seen = hiring._read, []

    def read_while_a_colleague_types(cells, context):
        found = read(cells, context)
        if not seen:
            seen.append(WorkerFactory(organization=tree["unit_a"], id_number=NUMBER, name="示例先到"))
        return found

    monkeypatch.setattr(hiring, "_read", read_while_a_colleague_types)
    cells = {"name": "示例后来", "id_number": NUMBER}
    with pytest.raises(NumberTaken):
        hire(cells, union=tree["unit_a"], by=clerk, today=clock.today(), now=timezone.now())
    assert not Worker.objects.unscoped().filter(name="示例后来").exists()
