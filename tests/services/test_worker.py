"""What is left to the background reaches a real worker through Redis, and is done there."""

import pytest
from django.db import transaction

from services.exchange.actions import import_file, upload_sheet
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.foundation.sheets import sheets
from services.messaging.actions import notify
from services.messaging.enums import MessageState
from services.messaging.models import Message
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory
from tests.services.conftest import celery_worker
from tests.services.waiting import wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def _uploaded(shared_data) -> Job:
    with (shared_data / "unions.xlsx").open("rb") as unions:
        import_file(sheets["organizations"], unions, today=clock.today(), now=clock.now())
    union = Organization.objects.get(code="S01-01")
    officer = StaffFactory()
    AssignmentFactory(user=officer, organization=union, role=Role.GRASSROOTS_OFFICER)
    with (shared_data / "roster-clean.xlsx").open("rb") as roster:
        return upload_sheet(
            spec=sheets["workers"],
            organization=union,
            by=officer,
            upload=roster,
            file_name="roster-clean.xlsx",
            now=clock.now(),
        )


def _state(job: Job) -> str:
    return Job.objects.unscoped().get(pk=job.pk).state


def test_a_roster_uploaded_before_any_worker_runs_is_checked_by_the_first_and_writes_nothing_yet(queued, shared_data):
    job = _uploaded(shared_data)
    assert _state(job) == JobState.QUEUED
    with celery_worker():
        wait_until(lambda: _state(job) == JobState.CLEAN, "the roster is checked", seconds=60)
    assert Worker.objects.unscoped().count() == 0


def test_a_message_is_delivered_after_its_transaction_commits(queued):
    her = WorkerUserFactory()
    with celery_worker():
        with transaction.atomic():
            messages = notify(
                "record_claim_confirmed", to=her, context={"union": "示例第1工会"}, dedupe_key="services-1"
            )
            assert MessageState.WAITING in {message.state for message in messages}
        wait_until(lambda: _states(her) == {MessageState.SENT}, "every message is sent", seconds=60)


def test_a_message_of_a_transaction_that_is_undone_never_goes_out(queued):
    her, other = WorkerUserFactory(), WorkerUserFactory()
    with celery_worker():
        with transaction.atomic():
            notify("record_claim_confirmed", to=her, context={"union": "示例第1工会"}, dedupe_key="services-2")
            transaction.set_rollback(True)
        notify("record_claim_confirmed", to=other, context={"union": "示例第1工会"}, dedupe_key="services-3")
        wait_until(lambda: _states(other) == {MessageState.SENT}, "the later message is sent", seconds=60)
    assert _states(her) == set()


def _states(user) -> set[str]:
    return set(Message.objects.filter(recipient=user).values_list("state", flat=True))
