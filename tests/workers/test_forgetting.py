"""The record of a woman who left goes when the statistics of her year are closed and nothing else is kept of her."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from services.foundation import clock
from services.privacy.actions import due_now, erase_ended
from services.privacy.models import Erasure
from services.privacy.registry import terms
from services.workers.actions.records import mark_left, take_back
from services.workers.enums import WorkerState
from services.workers.models import MergedRecord, RecordClaim, Worker
from services.workers.rules.retention import kept_until, left_by
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.casework import AuthorisationFactory
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.workers.test_records import officer

LEFT, CLOSED = date(2025, 3, 8), date(2026, 7, 1)


def night(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 3))


def gone(worker: Worker) -> bool:
    return not Worker.objects.unscoped().filter(pk=worker.pk).exists()


@pytest.fixture
def left(db):
    return WorkerFactory(organization=small_tree()["unit_a"], state=WorkerState.LEFT, left_on=LEFT)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_day_of_the_list_and_the_day_of_the_rule_are_one(today):
    last = left_by(today)
    assert kept_until(last) < today <= kept_until(date.fromordinal(last.toordinal() + 1))


def test_her_record_is_kept_until_her_years_statistics_are_closed(left):
    erase_ended(now=night(date(2026, 6, 30)))
    assert not gone(left)
    [proof] = erase_ended(now=night(CLOSED))
    assert gone(left) and (proof.kind, proof.matters) == ("workers", 1)
    assert erase_ended(now=night(CLOSED)) == []


def test_what_is_told_beforehand_is_what_goes(left):
    told = {term.label: count for term, count in due_now(CLOSED)}
    assert told[terms["workers"].label] == 1


def test_her_account_stays_hers_and_what_hung_on_the_record_alone_goes(left):
    user, union = WorkerUserFactory(), left.organization
    Worker.objects.unscoped().filter(pk=left.pk).update(user=user)
    RecordClaim.objects.create(user=user, organization=union, stated_name="示例", worker=left, state="confirmed")
    second = {"was": left.pk + 1000, "token": "x" * 22, "merged_by": StaffFactory(), "merged_at": clock.now()}
    MergedRecord.objects.create(into=left, organization=union, **second)
    erase_ended(now=night(CLOSED))
    user.refresh_from_db()
    assert gone(left) and not RecordClaim.objects.unscoped().exists() and not MergedRecord.objects.unscoped().exists()


def test_what_another_service_keeps_of_her_keeps_her_record(left):
    consent = AuthorisationFactory(worker=left)
    assert erase_ended(now=night(CLOSED)) == [] and not gone(left)
    consent.delete()
    erase_ended(now=night(CLOSED))
    assert gone(left)


def test_who_works_here_stays_however_long(db):
    here = WorkerFactory(organization=small_tree()["unit_a"], hired_on=date(1990, 1, 1))
    erase_ended(now=night(date(2060, 1, 1)))
    assert not gone(here) and not Erasure.objects.exists()


def test_the_day_she_left_is_noted_and_forgotten_when_she_is_taken_back(db):
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["unit_a"])
    assert mark_left(worker, by=by, reason="退休").left_on == clock.today()
    assert take_back(worker, by=by, reason="返聘").left_on is None


def test_a_record_from_before_that_day_was_noted_counts_from_its_last_change(left):
    Worker.objects.unscoped().filter(pk=left.pk).update(left_on=None, updated_at=night(date(2025, 12, 31)))
    assert terms["workers"].due(date(2026, 6, 30)) == []
    assert terms["workers"].due(CLOSED) == [left.pk]
