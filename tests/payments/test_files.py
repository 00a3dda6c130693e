"""The bank's file once it stands: who takes it, what is written down, how long it is kept, what is swept."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from services.organizations.enums import Role
from services.payments import actions, errors, tasks
from services.payments.models import Batch
from services.payments.models.batch import private_storage
from services.payments.queries.agreement import agreement_of
from services.privacy.errors import TooManyLooks
from services.privacy.models import AccessRecord
from tests.factories.payments import Office, finance, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def fresh(batch: Batch) -> Batch:
    return Batch.objects.unscoped().get(pk=batch.pk)


def test_each_download_is_written_down_for_every_woman_in_the_file(office):
    payables = [owed(office.fund), owed(office.fund)]
    batch = office.written(*payables)
    with actions.take_file(batch, by=office.first, now=timezone.now()) as stream:
        assert stream.read(2) == b"PK"
    found = AccessRecord.objects.filter(viewer=office.first, fields="bank account")
    assert set(found.values_list("subject_id", flat=True)) == {payable.worker_id for payable in payables}
    assert {batch.number in record.reason for record in found} == {True}


def test_a_file_taken_leaves_the_other_looks_and_its_own_limit_counts_files(office, settings):
    settings.LOOKS_PER_HOUR, settings.PAYMENT_FILES_PER_HOUR = 2, 2
    first, second, third = (office.written(*(owed(office.fund) for _ in range(3))) for _ in range(3))
    for batch in (first, first, second, first):
        actions.take_file(batch, by=office.first, now=timezone.now()).close()
    assert AccessRecord.objects.filter(routine=True).count() == 6
    with pytest.raises(TooManyLooks):
        actions.take_file(third, by=office.first, now=timezone.now())
    actions.take_file(third, by=office.second, now=timezone.now()).close()
    payable = third.lines.first().payable
    assert actions.reveal_account(payable, by=office.first, reason="核对账户")[1] == payable.account.number


def test_a_file_that_the_storage_lost_is_written_again_with_the_same_references(office):
    batch = office.written(owed(office.fund))
    references = set(batch.lines.values_list("reference", flat=True))
    batch.file.storage.delete(batch.file.name)
    with pytest.raises(errors.FileGone):
        actions.take_file(batch, by=office.first, now=timezone.now())
    assert not AccessRecord.objects.exists()
    again = actions.write_file(batch, by=office.first, now=timezone.now())
    assert set(again.lines.values_list("reference", flat=True)) == references
    actions.take_file(again, by=office.first, now=timezone.now()).close()


def test_a_file_whose_time_is_over_is_written_again_before_it_was_deleted(office, settings):
    batch = office.written(owed(office.fund))
    old = batch.file.name
    later = timezone.now() + timedelta(hours=settings.PAYMENT_FILE_HOURS, minutes=1)
    again = actions.write_file(batch, by=office.first, now=later)
    assert (again.file_written_at, again.file.name != old) == (later, True)
    assert actions.expire_files(now=later) == 0
    assert private_storage().exists(fresh(batch).file.name)


def test_files_that_no_row_names_are_swept_after_a_day(office):
    batch = office.answered(owed(office.fund))
    named = [fresh(batch).file.name, batch.results.get().file.name]
    beside = f"{named[0].rpartition('/')[0]}/stray.xlsx"
    strays = [private_storage().save(name, ContentFile(b"x")) for name in ("payments/zz/stray.xlsx", beside)]
    assert actions.sweep_files(now=timezone.now()) == 0
    assert actions.sweep_files(now=timezone.now() + timedelta(days=2)) >= 2
    assert actions.sweep_files(now=timezone.now() + timedelta(days=2)) == 0
    assert [private_storage().exists(name) for name in (*named, *strays)] == [True, True, False, False]
    assert tasks.sweep_files() == 0


@pytest.mark.parametrize("role", [Role.FEDERATION_OFFICER, Role.AUDITOR, Role.CASE_OFFICER])
def test_nobody_but_finance_takes_the_file(office, role):
    batch = office.written(owed(office.fund))
    with pytest.raises(PermissionDenied):
        actions.take_file(batch, by=finance(office.organization, role), now=timezone.now())
    assert not AccessRecord.objects.exists()


def test_a_file_outlives_its_keeping_time_in_nothing_but_its_digest(office, settings):
    batch = office.written(owed(office.fund))
    later = timezone.now() + timedelta(hours=settings.PAYMENT_FILE_HOURS, minutes=1)
    with pytest.raises(errors.FileGone):
        actions.take_file(batch, by=office.first, now=later)
    path = Path(batch.file.path)
    assert path.exists()
    assert actions.expire_files(now=timezone.now()) == 0
    assert actions.expire_files(now=later) == 1
    batch = fresh(batch)
    assert (bool(batch.file), len(batch.file_digest)) == (False, 64)
    assert not path.exists()
    again = actions.write_file(batch, by=office.first, now=later)
    assert agreement_of(again).gone == agreement_of(batch).gone
    assert again.lines.values_list("reference", flat=True).distinct().count() == 1
