"""A backup restored and proved, against PostgreSQL's own restore of the same dump and a plain copy of the same files.

Ours: ``manage.py restore`` as it is called, with the start of Django, into an empty database and an empty folder: the
backup judged (every byte read and digested, keys, versions, room), files and dump put back, every row counted, every
file digested once more, a value of every sealed column opened, statistics gathered, four ledgers recounted, sessions
ended, what is over erased. Yardstick: ``pg_restore`` in its plainest form and ``shutil.copytree``, nothing checked.
In turns; the medians of ``BENCHMARK_ROUNDS`` give the ratio. ``BENCHMARK_ROWS`` women with a booking each and
``BENCHMARK_FILES`` files of 64 kB override the size.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.restore
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.list_export import ROOT, ROWS, Database

FILES = int(os.environ.get("BENCHMARK_FILES", "3000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST = 1.5
_BYTES = 64 * 1024


def prepare(folder: Path) -> None:
    """The export's city with its women and bookings, and files that rows name."""
    import random

    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.utils import timezone

    from benchmarks import list_export
    from services.accounts.models import User
    from services.exchange.enums import ExportState
    from services.exchange.models import Export
    from services.figures.actions import fold

    owner = User.objects.get(pk=list_export.prepare(folder / "values.csv"))
    draw, now = random.Random(20261130), timezone.now()
    Export.objects.bulk_create(
        Export(
            listing="bookings",
            owner=owner,
            language="zh-hans",
            state=ExportState.DONE,
            created_at=now,
            file=storages["private"].save(f"exchange/{number}/export.xlsx", ContentFile(draw.randbytes(_BYTES))),
        )
        for number in range(FILES)
    )
    balance()
    fold()


def balance() -> None:
    """The export's bookings are written past the ledger of places: it gets its first line, and they hold none."""
    from services.bookings.models import Allocation, Booking
    from tests.factories.bookings import opened

    Booking.objects.unscoped().update(state="cancelled")
    for row in Allocation.objects.unscoped():
        opened(row)


def yardstick(backup: Path, address: str, var: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(["pg_restore", "--no-owner", "--dbname", address, str(backup / "database.dump")], check=True)
    shutil.copytree(backup / "files", var)
    return time.perf_counter() - begun


def ours(backup: Path, address: str, var: Path) -> float:
    begun = time.perf_counter()
    call(address, var, "manage.py", "restore", str(backup))
    return time.perf_counter() - begun


def call(address: str, var: Path, *order: str) -> None:
    var.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "VAR_DIR": str(var),
        "LOG_LEVEL": "WARNING",
    }
    done = subprocess.run([sys.executable, *order], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


def into_an_empty_one(side, backup: Path, folder: Path) -> float:
    database = Database(folder)
    try:
        return side(backup, database.address, folder / "var")
    finally:
        database.drop()


def main() -> dict:
    runs = {"yardstick": [], "ours": []}
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        backup, source = folder / "backup", Database(folder)
        if not source.postgres:
            raise SystemExit("restore needs PostgreSQL: set DATABASE_URL.")
        try:
            call(source.address, folder / "source", "manage.py", "migrate", "--verbosity", "0")
            call(source.address, folder / "source", "-m", "benchmarks.restore", "--prepare", str(folder))
            call(source.address, folder / "source", "manage.py", "back_up", str(backup))
        finally:
            source.drop()
        for turn in range(ROUNDS):
            for side in (yardstick, ours):
                place = folder / f"{side.__name__}-{turn}"
                place.mkdir()
                runs[side.__name__].append(into_an_empty_one(side, backup, place))
                shutil.rmtree(place)
        size = sum(path.stat().st_size for path in backup.rglob("*") if path.is_file())
    plain, full = statistics.median(runs["yardstick"]), statistics.median(runs["ours"])
    return {
        "benchmark": "restore",
        "rows": ROWS,
        "files": FILES,
        "megabytes": round(size / 1024 / 1024),
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "seconds": {side: [round(run, 2) for run in found] for side, found in runs.items()},
        "ratio": round(full / plain, 3),
        "target": MOST,
        "met": full / plain <= MOST,
    }


if __name__ == "__main__":
    if "--prepare" in sys.argv:
        import django

        django.setup()
        prepare(Path(sys.argv[-1]))
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
