"""Health addresses tell strangers one word; monitoring alone learns what fails, and gets the numbers for graphs."""

import logging
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from portal import health, tasks, vital_signs
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-tests"
ADDRESSES = ["/health/live/", "/health/ready/", "/health/deep/"]


@pytest.fixture(autouse=True)
def asked_anew(settings):
    """Nobody asks from a place that is trusted, unless a test says so, and no verdict is remembered."""
    settings.MONITORING_TOKEN, settings.MONITORING_FROM_LOOPBACK = "", False
    health._verdicts.clear()
    yield
    health._verdicts.clear()


@pytest.fixture
def beating():
    for queue in vital_signs.QUEUES:
        tasks.beat(queue)


def monitor(settings) -> Client:
    settings.MONITORING_TOKEN = TOKEN
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


def broken(*args, **kwargs):
    raise OperationalError("no route to host db.internal for user mumian")


def message(**fields) -> Message:
    return Message.objects.create(
        key="test", channel=Channel.SMS, subject="", body="words", dedupe_key=f"k{Message.objects.count()}", **fields
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_is_well_and_that_is_all_a_stranger_learns(client, beating, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_probe_needs_neither_our_name_nor_a_secure_line(client, beating, settings, address):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["portal.example.org"]
    assert client.get(address, headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_a_process_lives_whatever_else_is_gone(client, monkeypatch):
    monkeypatch.setattr(health.connection, "cursor", broken)
    assert client.get("/health/live/").status_code == 200


def test_without_its_database_nothing_is_sent_to_it_and_the_fault_is_logged_without_names(client, monkeypatch, caplog):
    monkeypatch.setattr(health.connection, "cursor", broken)
    with caplog.at_level(logging.ERROR, logger="portal.health"):
        answer = client.get("/health/ready/")
    assert (answer.status_code, answer.content) == (503, b"failing\n")
    assert "'database': 'OperationalError'" in caplog.text and "db.internal" not in caplog.text


def test_before_its_migrations_it_isn_t_ready(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    assert client.get("/health/ready/").status_code == 503
    monkeypatch.undo()
    health._verdicts.clear()
    assert client.get("/health/ready/").status_code == 200


def test_without_its_cache_it_isn_t_ready(client, settings, monkeypatch):
    monkeypatch.setattr(health.caches["default"], "set", lambda *args: None)
    found = monitor(settings).get("/health/ready/")
    assert (found.status_code, found.json()["cache"]) == (503, "keeps nothing")


def test_a_queue_without_a_beat_is_named_to_monitoring(settings):
    tasks.beat("bulk")
    found = monitor(settings).get("/health/deep/")
    assert (found.status_code, found.json()["workers"]) == (503, "no beat: interactive")
    assert [name for name, said in found.json().items() if said == "ok"] == [
        *("database", "migrations", "cache", "broker", "storage", "outbox")
    ]


def test_an_old_beat_is_none_and_a_worker_of_workbooks_may_be_busy_for_longer(settings):
    for queue in vital_signs.QUEUES:
        vital_signs.note_beat(queue, now=clock.now() - timedelta(minutes=30))
    assert monitor(settings).get("/health/deep/").json()["workers"] == "no beat: interactive"


def test_a_store_that_keeps_nothing_and_a_broker_that_is_gone_are_found(settings, beating, monkeypatch):
    def full(*args):
        raise OSError(28, "full")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    monkeypatch.setattr(vital_signs, "waiting_in", full)
    found = monitor(settings).get("/health/deep/").json()
    assert (found["storage"], found["broker"], found["database"]) == ("OSError", "OSError", "ok")


def test_a_message_that_is_due_for_too_long_is_a_fault_and_one_that_waits_for_the_morning_isn_t(settings, beating):
    now, client = clock.now(), monitor(settings)
    message(next_attempt_at=now + timedelta(hours=9))
    assert client.get("/health/deep/").json()["outbox"] == "ok"
    late = message(next_attempt_at=now - timedelta(hours=2), state=MessageState.FAILED)
    health._verdicts.clear()
    assert client.get("/health/deep/").json()["outbox"].startswith("late by 7200")
    Message.objects.filter(pk=late.pk).update(state=MessageState.SENT)
    health._verdicts.clear()
    assert client.get("/health/deep/").status_code == 200


def test_asking_often_costs_one_look(client, beating, monkeypatch):
    looks = []
    monkeypatch.setitem(health.CHECKS, "deep", (lambda: looks.append(1) or "ok",))
    assert {client.get("/health/deep/").status_code for _ in range(5)} == {200}
    assert len(looks) == 1


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ümlaut"])
def test_without_the_token_there_are_no_numbers(client, settings, header):
    assert client.get("/metrics", headers={"authorization": header}).status_code == 404
    settings.MONITORING_TOKEN = TOKEN
    assert client.get("/metrics", headers={"authorization": header}).status_code == 404


def test_this_machine_may_ask_where_that_is_allowed_and_nobody_through_a_proxy(client, settings):
    settings.MONITORING_FROM_LOOPBACK = True
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 404


def numbers(settings) -> dict[tuple[str, ...], float]:
    answer = monitor(settings).get("/metrics")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_view_and_never_by_what_was_asked_for(client, settings):
    before = numbers(settings)
    client.get("/accounts/sign-in/?phone=19900001234")
    client.get("/no-such-page-19900001234/")
    after = numbers(settings)
    counted = ("mumian_requests_total", "GET", "200", "accounts:sign_in")
    assert after[counted] == before.get(counted, 0) + 1
    took = ("mumian_request_seconds_count", "accounts:sign_in")
    assert after[took] == before.get(took, 0) + 1
    assert not any("1990000" in part for name in after for part in name)


COUNT = """
import django
django.setup()
from portal import watching
watching.REQUESTS.labels("a", "GET", "200").inc()
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
together = CollectorRegistry()
MultiProcessCollector(together)
print(generate_latest(together).decode())
"""


def test_several_processes_count_together(tmp_path):
    named = {"METRICS_DIR": str(tmp_path / "metrics"), "VAR_DIR": str(tmp_path), "ENV_FILE": os.devnull}
    named |= {"DJANGO_SETTINGS_MODULE": "portal.settings.demo"}
    for count in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", COUNT], cwd=ROOT, env=os.environ | named, capture_output=True, text=True
        )
        assert f'mumian_requests_total{{method="GET",status="200",view="a"}} {count}.0' in done.stdout, done.stderr


def test_what_waits_too_long_is_a_number(settings, beating):
    now, tree = clock.now(), small_tree()
    message(next_attempt_at=now - timedelta(hours=2), state=MessageState.FAILED)
    message(state=MessageState.GIVEN_UP)
    old, recent = now - timedelta(hours=1), now - timedelta(minutes=1)
    for unit, heard in (("unit_a", old), ("unit_b", recent)):
        Job.objects.create(
            spec="workers", organization=tree[unit], owner=StaffFactory(), state=JobState.CHECKING, heartbeat_at=heard
        )
    found = numbers(settings)
    assert [found["mumian_outbox_messages", state] for state in ("due", "failed", "given_up")] == [1, 1, 1]
    assert 7200 <= found["mumian_outbox_oldest_seconds", "late"] < 7300
    assert (found["mumian_jobs_stuck", "imports"], found["mumian_jobs_stuck", "exports"]) == (1, 0)
    assert found["mumian_queue_beat_age_seconds", "bulk"] < 60 and found["mumian_queue_waiting", "bulk"] == 0


def test_ledgers_are_recounted_every_night_and_their_differences_are_numbers(settings, monkeypatch):
    assert ("mumian_ledger_differences", "funds") not in numbers(settings)
    tasks.prove_ledgers()
    found = numbers(settings)
    names = ("places", "funds", "figures", "draws")
    assert [found["mumian_ledger_differences", name] for name in names] == [0, 0, 0, 0]
    assert found["mumian_ledger_checked_seconds", "funds"] < 60
    monkeypatch.setattr("portal.ledgers.faults", lambda: iter(["one", "two"]))
    tasks.prove_ledgers()
    assert numbers(settings)["mumian_ledger_differences", "funds"] == 2


def test_the_clock_sends_a_beat_through_every_queue(settings):
    sent = {
        one["args"][0]: one["options"]["queue"]
        for one in settings.CELERY_BEAT_SCHEDULE.values()
        if one["task"] == tasks.beat.name
    }
    assert sent == {queue: queue for queue in vital_signs.QUEUES}
    assert tasks.prove_ledgers.name in {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}


def test_numbers_of_the_database_are_missing_while_it_is_gone(settings, monkeypatch):
    monkeypatch.setattr(vital_signs, "numbers", broken)
    found = numbers(settings)
    assert ("mumian_queue_waiting", "bulk") in found and ("mumian_jobs_stuck", "imports") not in found
