"""Two records become one while others work on them: nothing is left behind, nothing is done twice."""

import threading

import pytest
from django.db import IntegrityError
from django.utils import timezone

from services.casework.models import Case
from services.organizations.enums import Role
from services.payments.models import Payable
from services.screening import actions as screening
from services.workers.actions.duplicates import merge_records
from services.workers.models import MergedRecord, Worker
from tests.factories.notices import case_with_notice
from tests.factories.organizations import small_tree
from tests.factories.payments import fund_of, owed
from tests.factories.workers import WorkerFactory
from tests.races.scene import at_once
from tests.races.test_withdrawing import uncommitted, until_locks_are_waited_for
from tests.screening.her_world import her_world
from tests.screening.people import post

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def pair():
    tree = small_tree()
    records = [WorkerFactory(organization=tree[unit]) for unit in ("unit_a", "unit_b")]
    return tree, records, [post(tree["town_a"], Role.CASE_OFFICER) for _ in range(2)]


def merge(worker, into, by):
    return merge_records(worker, into=into, taken=[], by=by, reason="看过身份证", now=timezone.now()).pk


@pytest.mark.parametrize("again", range(3))
def test_two_officers_who_merge_the_two_in_opposite_ways_merge_them_once(again):
    tree, (one, other), (first, second) = pair()
    case_with_notice(one, tree["unit_a"], number="HZ-one")
    case_with_notice(other, tree["unit_b"], number="HZ-other")
    Case.objects.own(number="HZ-other").update(subject_code="other")  # two of one thing would keep them apart
    jobs = [lambda: merge(one, other, first), lambda: merge(other, one, second)] * 2
    results = at_once(jobs)
    left = Worker.objects.unscoped().get(pk__in=[one.pk, other.pk])
    assert set(map(str, results)) == {str(left.pk), "merged_elsewhere"}
    assert MergedRecord.objects.own(into=left).count() == 1
    assert Case.objects.own(worker=left).count() == 2


@pytest.mark.parametrize("again", range(3))
def test_money_that_becomes_due_meanwhile_is_owed_to_the_record_that_stays_or_to_nobody(again):
    tree, (into, twin), (by, _other) = pair()
    fund = fund_of(tree["city"])
    owed(fund, worker=twin, amount="1.00")

    def due():
        try:
            return owed(fund, worker=twin, amount="2.00").amount
        except IntegrityError:
            return "gone"

    results = at_once([lambda: merge(twin, into, by), due])
    assert results[0] == into.pk
    assert set(Payable.objects.unscoped().values_list("worker", flat=True)) == {into.pk}
    assert Payable.objects.unscoped().count() == (1 if results[1] == "gone" else 2)


@pytest.mark.parametrize("take", ["book", "join_waiting_list"])
def test_who_books_a_screening_waits_for_a_merge_under_way_and_the_place_is_hers_who_stays(take):
    world = her_world()
    twin, by = world.worker, post(world.tree["town_a"], Role.CASE_OFFICER)
    into = WorkerFactory(organization=twin.organization, birth_date=twin.birth_date)
    results: list[object] = []

    def takes():
        given = {"session": world.sessions[0], "worker": twin, "by": twin.user, "now": timezone.now()}
        return getattr(screening, take)(world.programme, **given).worker_id

    thread = threading.Thread(target=lambda: results.extend(at_once([takes])))
    with uncommitted(lambda: merge(twin, into, by)):
        thread.start()
        until_locks_are_waited_for(thread)
    thread.join(timeout=30)
    assert results == [into.pk]
