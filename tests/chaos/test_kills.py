"""Processes die by SIGKILL at random points of bookings, payments and imports; afterwards the books agree (T42, D3).

``make chaos`` kills 200 times; the services tests a handful. CHAOS_KILLS and CHAOS_SEED set both; the seed is printed.
"""

import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from portal.celery import app
from services.exchange.actions import jobs
from services.organizations.enums import Role
from tests.chaos import books
from tests.chaos.crew import crew, forget_queues
from tests.chaos.people import Importer, Payer, Woman, going_on
from tests.factories.payments import Office
from tests.races.scene import scene
from tests.screening.people import at_the_desk, post
from tests.services.waiting import wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
KILLS = int(os.environ.get("CHAOS_KILLS", "8"))
SEED = int(os.environ.get("CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)
WOMEN, PLACES = 10, 7
# Between two kills, in seconds.
SOONEST, LATEST = 0.05, 1.8
FLOWS = ("booked", "cancelled", "answered", "imported")


@pytest.fixture(autouse=True)
def _real_services_only():
    postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if not (postgresql and settings.REDIS_URL and settings.CELERY_BROKER_URL.startswith("redis")):
        pytest.fail("Chaos needs PostgreSQL, Redis and Celery: run `make chaos`.", pytrace=False)


@pytest.fixture
def world(settings, monkeypatch):
    """A programme with places for some, an office that pays, three officers with rosters."""
    settings.QUIET_HOURS = (0, 0)
    # A silent import is taken up after seconds instead of minutes.
    monkeypatch.setattr(jobs, "STALE_AFTER", timedelta(seconds=8))
    forget_queues()
    stage = scene(capacity=PLACES)
    office = Office(stage.tree["city"], budget="9000000.00")
    units = [stage.tree[name] for name in ("unit_b", "unit_c", "town_a")]
    officers = [post(unit, Role.GRASSROOTS_OFFICER) for unit in units]
    for finance in (office.first, office.second):
        at_the_desk(finance, Role.FINANCE_OFFICER)
    eager, app.conf.task_always_eager = app.conf.task_always_eager, False
    yield stage, office, list(zip(officers, units, strict=True))
    app.conf.task_always_eager = eager


def sweeping(over):
    try:
        while not over.wait(2):
            books.sweep()
    finally:
        connection.close()


def test_whatever_is_killed_the_books_agree_and_everybody_was_told_the_truth(world, tmp_path, capsys):
    chance = random.Random(SEED)
    stage, office, desks = world
    with crew(Path(tmp_path) / "crew", chance) as crew_:
        women = [Woman(crew_.base, her, stage) for her in stage.women(WOMEN)]
        payer = Payer(crew_.base, office)
        importers = [Importer(crew_.base, officer, unit, n) for n, (officer, unit) in enumerate(desks)]
        people = [*women, payer, *importers]
        with going_on(people, sweeping):
            _until(people, lambda: all(_done(people)[flow] for flow in FLOWS), "every flow has come to an end")
            for _kill in range(KILLS):
                time.sleep(chance.uniform(SOONEST, LATEST))
                crew_.kill_somebody()
            before = _done(people)
            _until(people, lambda: _done(people)["booked"] > before["booked"], "people go on afterwards")
        books.let_settle()
    wrong = books.agree() | {
        "places": books.places_agree(stage),
        "women": books.what_women_were_told(women),
        "imports": books.imported_once(importers),
        "pages": [said for person in people for said in person.wrong],
    }
    with capsys.disabled():
        sys.stdout.write(f"\nchaos: seed {SEED}, {KILLS} kills {crew_.killed}, {_told(people)}\n")
    assert {about: found[:5] for about, found in wrong.items() if found} == {}, f"seed {SEED}"


def _until(people, is_so, what: str) -> None:
    try:
        wait_until(is_so, what, seconds=150)
    except AssertionError as late:
        wrong = [said for person in people for said in person.wrong]
        raise AssertionError(f"seed {SEED}: {late}: {_told(people)}; {wrong[:6]}") from None


def _done(people) -> Counter:
    return sum((person.done for person in people), Counter())


def _told(people) -> str:
    lost = sum(person.lost for person in people)
    return f"{dict(_done(people))}, {books.paid()} paid, {lost} lines lost"
