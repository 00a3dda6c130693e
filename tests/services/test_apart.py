"""Web process and worker share nothing but PostgreSQL, Redis and buckets: as on two machines."""

import pytest
from django.conf import settings

from portal import tasks, vital_signs
from services.exchange.enums import JobState
from services.foundation import clock
from tests.object_storage.conftest import s3, server, stores  # noqa: F401  fixtures
from tests.object_storage.server import BUCKETS, KEYS
from tests.services.conftest import celery_worker
from tests.services.test_worker import _uploaded
from tests.services.waiting import wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_worker_elsewhere_reads_the_roster_out_of_the_bucket(queued, stores, shared_data, tmp_path):  # noqa: F811
    job = _uploaded(shared_data)
    named = {"VAR_DIR": str(tmp_path), "S3_ENDPOINT_URL": stores.address, **KEYS, **BUCKETS}
    with celery_worker(**named):
        wait_until(lambda: job.refresh_from_db() or job.state == JobState.CLEAN, "the roster is checked")
    assert not (tmp_path / "private").exists()


def test_a_beat_through_each_queue_is_seen_by_the_web_process(queued):
    for queue in vital_signs.QUEUES:
        tasks.beat.apply_async([queue], queue=queue)
    assert {vital_signs.waiting_in(queue) for queue in vital_signs.QUEUES} == {1}
    with celery_worker(REDIS_URL=settings.CACHES["progress"]["LOCATION"]):
        wait_until(
            lambda: all(vital_signs.age_of_beat(queue, now=clock.now()) for queue in vital_signs.QUEUES),
            "both queues were worked off",
        )
    assert {vital_signs.waiting_in(queue) for queue in vital_signs.QUEUES} == {0}
