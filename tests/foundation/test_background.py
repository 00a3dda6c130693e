"""Work that waits for the background survives a queue that is gone: nothing breaks, nothing is forgotten."""

import logging

import pytest
from django.db import transaction

from portal.celery import app
from services.foundation.background import after_commit
from services.organizations.tasks import end_lapsed_posts

TASK = end_lapsed_posts.name


@pytest.fixture
def real_queue():
    """Tasks are sent rather than run."""
    eager, app.conf.task_always_eager = app.conf.task_always_eager, False
    yield app
    app.conf.task_always_eager = eager


@pytest.fixture(params=["redis", "folder"])
def no_queue(request, real_queue, tmp_path):
    """A Redis that doesn't run; a folder for the queue's files that isn't there."""
    folder = str(tmp_path / "gone")
    options = {f"{name}_folder": folder for name in ("control", "processed")} | {
        "data_folder_in": folder,
        "data_folder_out": folder,
    }
    way = {"redis": ("redis://127.0.0.1:1/0", {}), "folder": ("filesystem://localhost", options)}[request.param]
    with real_queue.connection_for_write(url=way[0], transport_options=way[1]) as connection:
        yield connection


@pytest.mark.django_db(transaction=True)
def test_a_lost_queue_is_logged_and_the_answer_goes_out(no_queue, monkeypatch, caplog):
    monkeypatch.setattr(app, "connection_for_write", lambda *args, **options: no_queue)
    monkeypatch.setattr(app, "producer_or_acquire", lambda *_: no_queue.Producer())
    with caplog.at_level(logging.ERROR), transaction.atomic():
        after_commit(TASK)
    (record,) = [record for record in caplog.records if record.name == "services.foundation.background"]
    assert TASK in record.getMessage()
