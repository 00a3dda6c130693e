"""Starts what ``deploy/`` describes by hand on loopback, walks through it, races it, loads it, and stops it again.

    python -m scripts.rehearsal [--smoke] [--minutes N]

``--smoke`` leaves out the race suite and the load. Prints a table; ends with 0 when every line of it is well. Nothing
stays behind: one folder, removed, and processes that are stopped; both are looked after and are lines of the table.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scripts import interruptions, smoke
from scripts.installation import Installation, NotReady, installation, memory_of

ROOT = Path(__file__).resolve().parents[1]


class Table:
    """What was rehearsed, how long it took and how it ended."""

    def __init__(self):
        self.lines: list[tuple[str, float, str]] = []

    def run(self, what: str, act: Callable[[], object], *, needed: bool = False) -> None:
        """Note how ``act`` ended. What is ``needed`` by everything after it ends the rehearsal when it fails."""
        print(f"… {what}", flush=True)
        began = time.monotonic()
        try:
            said = act()
        except Exception as error:
            self.lines.append((what, time.monotonic() - began, f"FAILED: {type(error).__name__}: {error}"))
            if needed:
                raise
        else:
            self.lines.append((what, time.monotonic() - began, said if isinstance(said, str) else "ok"))

    @property
    def well(self) -> bool:
        return bool(self.lines) and not any(said.startswith("FAILED") for _what, _seconds, said in self.lines)

    def show(self) -> None:
        print()
        for what, seconds, said in self.lines:
            print(f"{what:<72} {seconds:7.1f} s  {said}")
        print("\nThe rehearsal went well." if self.well else "\nThe rehearsal FAILED.")


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that everything is stopped as well
    table, whole = Table(), "--smoke" not in arguments
    place = None
    try:
        with installation(web=2) as place:
            rehearse(place, table)
            if whole:
                table.run("the race suite on this PostgreSQL", lambda: races(place))
                table.run("the load, on processes of its own", load)
            place.stop()
            table.run("every process is stopped", lambda: _none(place.left()))
        table.run("the folder is removed", lambda: _none([str(place.folder)] if place.folder.exists() else []))
    except NotReady:
        pass  # stands in the table
    table.show()
    return 0 if table.well else 1


def rehearse(place: Installation, table: Table) -> None:
    table.run("prepare: check --deploy, check_database, migrate, collectstatic", place.prepare, needed=True)
    table.run("the demo's invented people", place.load_demo, needed=True)
    table.run("2 web processes, 2 workers, clock, nginx: all of them ready", place.start, needed=True)
    table.run("the settings of rehearsals are refused by check --deploy", lambda: refused(place))
    for journey in smoke.JOURNEYS:
        table.run(journey.__doc__, lambda journey=journey: journey(place))
    table.run("/health/deep/: broker, a beat through each queue, stores, outbox", lambda: deep(place))
    table.run("memory of each process", lambda: memory(place))
    for what in (interruptions.database_restarts, interruptions.cache_and_queue_restart):
        table.run(what.__doc__, lambda what=what: what(place))


def refused(place: Installation) -> None:
    """What lets invented people in must never pass for production."""
    try:
        place.run([sys.executable, "manage.py", "check", "--deploy", "--tag", "security"])
    except NotReady as error:
        if "portal.E004" in str(error):
            return
        raise
    raise NotReady("check --deploy finds nothing wrong with the rehearsal's settings")


def deep(place: Installation) -> str:
    """The clock sends a beat once a minute."""
    place.wait(lambda: place.health("deep")[0] == 200, f"healthy: {place.health('deep')[1]}", seconds=180)
    return ", ".join(f"{name} {said}" for name, said in place.health("deep", 1)[1].items())


def memory(place: Installation) -> str:
    told = {}
    for name, process in place.processes.items():
        pids = process.pids()
        told[name] = sum(memory_of(pid) for pid in pids)
    return ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in told.items())


def races(place: Installation) -> str:
    """In a test database of its own beside the installation's, with settings of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "CELERY_BROKER_URL")}
    command = [sys.executable, "-m", "pytest", "-n0", "-m", "race", "tests/races"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"DATABASE_URL": place.database},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = (done.stdout.strip().splitlines() or ["nothing said"])[-1]
    if done.returncode:
        print(done.stdout[-6000:])
        raise NotReady(last)
    return last.strip("= ")


def load() -> str:
    done = subprocess.run([sys.executable, "-m", "benchmarks.load"], cwd=ROOT)
    if done.returncode:
        raise NotReady("a bound was missed, or nothing could be measured: see above")
    return "within its bounds: see above"


def _none(left: list[str]) -> None:
    if left:
        raise NotReady(f"still there: {', '.join(left)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
