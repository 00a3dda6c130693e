"""Eight writers at once, each changing what unions have, with roll-ups and without.

A write is the product's own: the record of a union changes and its standing is derived, in one transaction. With
roll-ups the triggers leave their marks, and a ninth process folds them over and over, some seconds apart (the schedule
does so every minute). Without, the triggers are off and nobody folds. Both take turns. ``fresh`` is the longest time
that a mark of these writes lay before it was folded, by how often and how long folding took.

Run: DATABASE_URL=postgres://user@host:5432/postgres benchmarks/rollup_write.py [--unions N --seconds N --every N]
"""

import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.coverage_world import arguments, build, on_postgres

WRITERS, ALLOWED, FRESH, ROUNDS = 8, 0.85, 60, 3
SIZES = arguments(unions=100_000, women=0, seconds=60, every=20)


def writer(number: int, seconds: int, started, results) -> None:
    """Writes until the time is up; its unions are its own, so that nobody waits for a row of somebody else."""
    from django.db import connection, transaction

    from services.coverage.actions.standings import derive
    from services.coverage.models import WomenCommittee
    from services.organizations.models import Organization

    unions = list(Organization.objects.filter(women_member_count=40).values_list("pk", flat=True)[number::WRITERS])
    connection.ensure_connection()
    started.wait()
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        union, turn = unions[done % len(unions)], done // len(unions)
        with transaction.atomic():
            form = "committee" if turn % 2 else "none"
            WomenCommittee.objects.own(organization=union).update(form=form)
            derive([union], cause="bench")
        done += 1
    results.put(("wrote", done))


def folder(seconds: int, every: int, started, results) -> None:
    """Folds as the schedule does; the oldest mark of a fold is as old as the last one's end and this one's."""
    from services.figures.actions import fold

    started.wait()
    last, oldest, until = time.monotonic(), 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(min(every, max(until - time.monotonic(), 0)))
        began = time.monotonic()
        fold()
        oldest, last = max(oldest, time.monotonic() - last), began
    results.put(("oldest", oldest))


def run(*, rolled_up: bool) -> tuple[float, float]:
    """Writes a second of all writers together, and the age of the oldest mark."""
    from django.db import connections

    from benchmarks.figures_page import execute

    able = "ENABLE" if rolled_up else "DISABLE"
    for table in ("coverage_standing", "organizations_organization"):
        execute(f"ALTER TABLE {table} {able} TRIGGER USER")
    connections.close_all()
    context = multiprocessing.get_context("fork")
    started, results = context.Barrier(WRITERS + rolled_up), context.Queue()
    crew = [context.Process(target=writer, args=(n, SIZES.seconds, started, results)) for n in range(WRITERS)]
    if rolled_up:
        crew.append(context.Process(target=folder, args=(SIZES.seconds, SIZES.every, started, results)))
    for process in crew:
        process.start()
    said = [results.get(timeout=SIZES.seconds + 300) for _ in crew]
    for process in crew:
        process.join()
    wrote = sum(value for what, value in said if what == "wrote")
    return wrote / SIZES.seconds, max((value for what, value in said if what == "oldest"), default=0.0)


def measure() -> bool:
    from services.figures.actions import fold, mark_everything
    from services.figures.queries import differences

    build(SIZES.unions, women=SIZES.women)
    run(rolled_up=True)  # caches are warm for both
    plain, rolled, oldest = [], [], 0.0
    for _round in range(ROUNDS):
        plain.append(run(rolled_up=False)[0])
        mark_everything()  # what was written without marks
        fold()
        speed, age = run(rolled_up=True)
        rolled.append(speed)
        oldest = max(oldest, age)
        print(f"without roll-ups {plain[-1]:.0f} writes/s, with {speed:.0f}, ratio {speed / plain[-1]:.2f}")
    fold()
    assert differences() == []
    ratio = sorted(rolled)[ROUNDS // 2] / sorted(plain)[ROUNDS // 2]
    print(f"fresh within {oldest:.0f} s (allowed {FRESH}), folding every {SIZES.every} s")
    print(f"rollup_write ratio {ratio:.2f} (allowed at least {ALLOWED})")
    return ratio >= ALLOWED and oldest <= FRESH


if __name__ == "__main__":
    raise SystemExit(on_postgres("rollup_write", measure))
