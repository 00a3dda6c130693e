"""Looks at protected fields: recorded first, with a reason, limited, never rewritten, holding no value."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.privacy import actions, queries
from services.privacy.errors import ReasonMissing, TooManyLooks
from services.privacy.models import AccessRecord
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return WorkerFactory(user=WorkerUserFactory())


@pytest.fixture
def officer(worker):
    user = StaffFactory()
    StaffAssignment.objects.create(
        user=user, organization=worker.organization, role=Role.GRASSROOTS_OFFICER, valid_from=clock.today()
    )
    return user


def look(viewer, worker, *, reason="核对体检名单", fields=("id_number",)):
    return actions.record_look(
        viewer=viewer,
        subject=worker,
        fields=list(fields),
        reason=reason,
        organization_path=worker.organization.path,
    )


def test_a_look_keeps_role_place_fields_and_reason_but_no_value(officer, worker):
    record = look(officer, worker, reason=f"核对 {worker.id_number} 的名单", fields=("id_number", "phone"))
    assert (record.viewer, record.viewer_role, record.fields) == (officer, Role.GRASSROOTS_OFFICER, "id_number, phone")
    assert record.organization_path == worker.organization.path
    assert worker.id_number not in str(AccessRecord.objects.values())
    assert record.reason == "核对 [id] 的名单"


@pytest.mark.parametrize("reason", ["", "   ", "看看", "a b"])
def test_a_look_needs_a_reason(officer, worker, reason):
    with pytest.raises(ReasonMissing):
        look(officer, worker, reason=reason)
    assert AccessRecord.objects.count() == 0


def test_the_thirty_first_look_within_an_hour_is_refused(officer, worker, settings):
    settings.LOOKS_PER_HOUR = 3
    for _ in range(3):
        look(officer, worker)
    with pytest.raises(TooManyLooks) as refused:
        look(officer, worker)
    assert "3" in refused.value.message(staff=True)
    assert AccessRecord.objects.count() == 3


def test_the_limit_is_thirty_and_counts_one_viewer_and_one_hour(officer, worker, settings):
    assert settings.LOOKS_PER_HOUR == 30
    settings.LOOKS_PER_HOUR = 1
    look(officer, worker)
    look(StaffFactory(), worker)
    assert queries.looks_in_last_hour(officer, now=clock.now()) == 1
    assert queries.looks_in_last_hour(officer, now=clock.now() + timedelta(hours=1, seconds=1)) == 0


def test_women_and_closed_accounts_never_look(worker):
    for viewer in (WorkerUserFactory(), StaffFactory(is_active=False)):
        with pytest.raises(PermissionDenied):
            look(viewer, worker)


def test_records_cannot_be_changed_or_removed(officer, worker):
    record = look(officer, worker)
    for change in (
        record.save,
        record.delete,
        lambda: AccessRecord.objects.update(reason="x"),
        lambda: AccessRecord.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            change()


def test_she_finds_the_looks_at_her_and_no_others(officer, worker):
    record = look(officer, worker)
    look(officer, WorkerFactory(organization=worker.organization))
    assert list(queries.looks_at(worker.user)) == [record]


def take_along(viewer, workers, *, reason="银行文件，批次 1", limit=1):
    return actions.record_routine_looks(
        viewer=viewer,
        subject_type="workers.worker",
        subjects=[(worker.pk, worker.organization.path) for worker in workers],
        fields=["bank account"],
        reason=reason,
        limit=limit,
        now=clock.now(),
    )


def test_a_file_of_her_daily_work_counts_as_one_however_many_women_are_in_it(officer, settings):
    settings.LOOKS_PER_HOUR = 1
    women = [WorkerFactory() for _ in range(3)]
    assert [take_along(officer, women), take_along(officer, women)] == [3, 0]
    assert take_along(officer, [*women, WorkerFactory()]) == 1
    with pytest.raises(TooManyLooks):
        take_along(officer, women, reason="银行文件，批次 2")
    assert take_along(officer, women, reason="银行文件，批次 2", limit=0) == 3
    assert look(officer, women[0]).routine is False


def test_a_file_leaves_the_limit_of_papers_alone(officer, worker):
    take_along(officer, [WorkerFactory() for _ in range(3)])
    record = actions.record_routine_look(
        viewer=officer,
        subject=officer,
        fields=["file"],
        reason="审核",
        limit=1,
        organization_path=worker.organization.path,
        now=clock.now(),
    )
    assert record.routine is True


def test_whoever_is_not_staff_takes_no_file_along(worker):
    with pytest.raises(PermissionDenied):
        take_along(worker.user, [worker])
    with pytest.raises(ReasonMissing):
        take_along(worker.user, [worker], reason=" ")
    assert not AccessRecord.objects.exists()
