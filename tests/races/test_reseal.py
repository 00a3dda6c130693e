"""Sealing anew beside people at work: whoever holds a row is waited for by nobody and loses nothing."""

import base64
import os
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from portal import resealing
from services.workers.models import Worker
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_row_that_somebody_is_changing_is_passed_over_and_done_later(settings, monkeypatch):
    women = WorkerFactory.create_batch(4)
    held, taken, go = women[1], Event(), Event()

    def officer() -> None:
        with transaction.atomic():
            mine = Worker.objects.unscoped().select_for_update().get(pk=held.pk)
            taken.set()
            assert go.wait(20)
            mine.phone = "19900009999"
            mine.save()
        connection.close()

    settings.FIELD_KEYS = [f"new:{base64.b64encode(os.urandom(32)).decode()}", *settings.FIELD_KEYS]
    monkeypatch.setattr(resealing, "_PAUSE", 0.1)
    monkeypatch.setattr(resealing.time, "sleep", lambda seconds: go.set() or officer_at_work.join(20))
    officer_at_work = Thread(target=officer)
    officer_at_work.start()
    assert taken.wait(20)
    outcome = resealing.reseal_everything()
    officer_at_work.join(20)
    assert (outcome.held, outcome.unreadable) == (0, 0)
    assert resealing.left_over() == []
    assert Worker.objects.unscoped().get(pk=held.pk).phone == "19900009999"
    assert {one.id_number for one in Worker.objects.unscoped()} == {woman.id_number for woman in women}
