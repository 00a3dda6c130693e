"""Booking under contention: the whole action against the bare SQL that any correct seat counter needs.

Eight processes make 400 attempts for 100 places on PostgreSQL. ``whole`` counts what a web process does for a woman
who books, views aside: policy, consent, eligibility with its kept record, both counters, timeline, the confirmation in
a second transaction that asks everything again, and the outbox rows. Sending is left out, as in production, where a
worker elsewhere does it; so is the hand-over to the broker, whose kind is the operator's choice. ``bare`` is one
conditional UPDATE and one INSERT. ``control`` reads before it writes, without the constraint: it must oversell.
Figures of one run on one machine are comparable with one another only, so the result is their ratio, the middle one
of several rounds in which both take turns.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/booking_race.py
"""

import multiprocessing
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

PROCESSES, ATTEMPTS, PLACES, ROUNDS = 8, 400, 100, 5
REHEARSALS = 6  # after five, PostgreSQL keeps the plan of a prepared statement
NEEDED = 0.15
_TABLES = """
DROP TABLE IF EXISTS bench_seat, bench_taken;
CREATE TABLE bench_seat (id int PRIMARY KEY, taken int NOT NULL, capacity int NOT NULL CHECK (taken <= capacity));
CREATE TABLE bench_taken (id bigserial PRIMARY KEY, seat int NOT NULL REFERENCES bench_seat, who int NOT NULL UNIQUE);
INSERT INTO bench_seat VALUES (1, 0, %s)
"""


def _connect():
    from django.db import connection

    connection.ensure_connection()
    return connection


def bare_attempts(_stage, people, started) -> int:
    """One transaction an attempt: take if there is one, write who took it."""
    from django.db import transaction

    connection, done = _connect(), 0
    started.wait()
    for who in people:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE bench_seat SET taken = taken + 1 WHERE id = 1 AND taken < capacity")
            if cursor.rowcount:
                cursor.execute("INSERT INTO bench_taken (seat, who) VALUES (1, %s)", [who])
                done += 1
    return done


def control_attempts(_stage, people, started) -> int:
    """What goes wrong without a conditional UPDATE: read, think for a millisecond, write."""
    from django.db import transaction

    connection, done = _connect(), 0
    started.wait()
    for who in people:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT taken, capacity FROM bench_seat WHERE id = 1")
            taken, capacity = cursor.fetchone()
            if taken < capacity:
                time.sleep(0.001)
                cursor.execute("UPDATE bench_seat SET taken = %s WHERE id = 1", [taken + 1])
                cursor.execute("INSERT INTO bench_taken (seat, who) VALUES (1, %s)", [who])
                done += 1
    return done


def whole_attempts(stage, people, started) -> int:
    """A woman holds a place and confirms it; when many are booking she tries again, as the page tells her."""
    from django.urls import reverse

    from services.bookings.errors import Busy
    from services.bookings.models import Session
    from services.foundation import clock
    from services.foundation.errors import Refused
    from services.screening.actions import book, confirm
    from services.screening.models import Programme

    _connect()
    reverse("bookings:today")  # a server has its routes loaded before it is asked
    programme = Programme.objects.get(pk=stage["programme"])
    session = Session.objects.get(pk=stage["session"])
    women = _women(people)
    done = 0
    _rehearse(programme, stage)
    started.wait()
    for her in women.values():
        while True:
            try:
                held = book(programme, session=session, worker=her, by=her.user, now=clock.now())
                confirm(held, by=her.user, now=clock.now())
                done += 1
            except Busy:
                continue
            except Refused:
                pass
            break
    return done


def _women(keys: list[int]) -> dict:
    from services.workers.models import Worker

    return Worker.objects.unscoped().select_related("user", "organization").in_bulk(keys)


def _rehearse(programme, stage) -> None:
    """Other women book elsewhere: a pooled connection has answered these questions before the rush begins."""
    from services.bookings.models import Session
    from services.foundation import clock
    from services.screening.actions import book, confirm

    session = Session.objects.get(pk=stage["rehearsal"])
    for her in _women(stage["rehearsing"]).values():
        held = book(programme, session=session, worker=her, by=her.user, now=clock.now())
        confirm(held, by=her.user, now=clock.now())


def _work(job, stage, people, started, results) -> None:
    done = -1
    try:
        done = job(stage, people, started)
    finally:
        results.put((done, time.time()))


def _silence_courier() -> None:
    """Messages stay in the outbox."""
    from services.messaging.registry import courier

    courier.employ(lambda ids: None)


def run(job, stage, people) -> tuple[int, float]:
    """(places got, seconds) of all processes together, from the common start to the last end."""
    from django.db import connections

    connections.close_all()  # each process makes its own
    context = multiprocessing.get_context("fork")
    started, results = context.Barrier(PROCESSES + 1), context.Queue()
    shares = [people[n::PROCESSES] for n in range(PROCESSES)]
    stages = [stage | {"rehearsing": stage["rehearsing"][n::PROCESSES]} for n in range(PROCESSES)]
    parts = zip(stages, shares, strict=True)
    crew = [context.Process(target=_work, args=(job, part, share, started, results)) for part, share in parts]
    for process in crew:
        process.start()
    started.wait(timeout=120)
    begin = time.time()
    ends = [results.get(timeout=300) for _ in crew]
    for process in crew:
        process.join()
    assert all(done >= 0 for done, _ in ends), "a process failed"
    return sum(done for done, _ in ends), max(at for _, at in ends) - begin


def _reset_bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_TABLES, [PLACES])


def _drop_check() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bench_seat DROP CONSTRAINT bench_seat_check")


def _warm_up(stage: dict, people: list[int]) -> None:
    """What a server process has behind it when women come: code paths, catalogues and templates loaded once.

    The crew inherits it by fork. Without it, half a second of loading in each process was measured as booking.
    """
    from services.foundation import clock
    from services.screening.actions import book, confirm
    from services.screening.models import Programme

    programme = Programme.objects.select_related("offering").get(pk=stage["programme"])
    session = programme.offering.sessions.get(pk=stage["session"])
    for her in _women(people[:3]).values():
        confirm(
            book(programme, session=session, worker=her, by=her.user, now=clock.now()), by=her.user, now=clock.now()
        )


def _empty(made) -> None:
    """Give every place back, so that the same women can ask again."""
    from django.db import connection

    from services.bookings.models import Allocation, Session

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bookings_booking, messaging_message CASCADE")
    Session.objects.update(taken=0)
    Allocation.objects.unscoped().filter(pk=made.root.pk).update(used=0)


def _round(made, stage: dict, people: list[int]) -> tuple[float, float]:
    """(whole, bare) in places a second, after making sure that each sold exactly the places there are."""
    from services.bookings.models import Booking

    _empty(made)
    _reset_bare()
    bare_got, bare_seconds = run(bare_attempts, stage, people)
    got, seconds = run(whole_attempts, stage, people)
    made.session.refresh_from_db()
    sold = Booking.objects.unscoped().filter(session=made.session).count()
    assert bare_got == PLACES, bare_got
    assert got == sold == made.session.taken == PLACES, (got, sold, made.session.taken)
    assert made.differences() == []
    return got / seconds, bare_got / bare_seconds


def measure() -> bool:
    from tests.factories.bookings import SessionFactory
    from tests.races.scene import scene

    made = scene(capacity=PLACES)
    people = [her.pk for her in made.women(ATTEMPTS)]
    others = [her.pk for her in made.women(PROCESSES * REHEARSALS)]
    rehearsal = SessionFactory(offering=made.offering, capacity=len(others))
    stage = {"programme": made.programme.pk, "session": made.session.pk}
    stage |= {"rehearsal": rehearsal.pk, "rehearsing": others}
    _warm_up(stage, people)
    ratios = []
    for round_ in range(ROUNDS):
        whole, bare = _round(made, stage, people)
        ratios.append(whole / bare)
        print(f"round {round_ + 1}: whole {whole:6.1f}/s  bare {bare:6.1f}/s  ratio {ratios[-1]:.2f}  oversold 0")
    _reset_bare()
    _drop_check()
    control, _seconds = run(control_attempts, stage, people)
    middle = sorted(ratios)[len(ratios) // 2]
    print(f"control (no conditional update, no constraint): {control} got one of {PLACES} places")
    print(f"booking_race ratio {middle:.2f} (needed {NEEDED})")
    return middle >= NEEDED and control > PLACES


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.database import postgres_template

    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    settings.CELERY_TASK_ALWAYS_EAGER = False
    _silence_courier()
    default["TEST"]["TEMPLATE"] = postgres_template(default)
    default["TEST"]["NAME"] = f"bench_booking_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure() else 1
    finally:
        connection.creation.destroy_test_db(default["NAME"], verbosity=0)


if __name__ == "__main__":
    raise SystemExit(main())
