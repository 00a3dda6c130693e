"""100,000 bookings from the list's real query to a finished masked workbook, against a plain loop of openpyxl.

Ours: what the background worker does for an export: scope, filters, one query read in chunks, unsealing and masking of
phones and names, the digest, the sheet, the file in private storage. Yardstick: openpyxl in write-only mode, appending
the very same values row by row, read from a text file that was written beforehand: no database, no masking, no digest,
no sheet about the file. Each runs in a process of its own with Django set up, in turns; the medians of
``BENCHMARK_ROUNDS`` give the ratios of wall time and of peak memory. Afterwards the workbook is read back and compared
with the values. ``BENCHMARK_ROWS`` overrides the number of rows.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.list_export
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
ROWS = int(os.environ.get("BENCHMARK_ROWS", "100000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME, MOST_MEMORY = 0.6, 1.2
_CHUNK = 2_000


def prepare(path: Path) -> int:
    """A city with women of 200 unions and a booking each, made through the models so that numbers are sealed; the
    export's values as text."""
    from datetime import date, timedelta

    from django.db import connection
    from django.utils import timezone

    from services.bookings.models import Allocation, Booking, Pool
    from services.organizations.enums import Kind
    from services.workers.models import Worker
    from tests.factories.bookings import SessionFactory, VenueFactory
    from tests.factories.organizations import UnionFactory
    from tests.factories.screening import ProgrammeFactory
    from tests.screening.people import post

    city = UnionFactory(kind=Kind.CITY_UNION, code="B", name="示例市总工会")
    unions = [UnionFactory(parent=city, name=f"第{number}示例工会") for number in range(200)]
    programme = ProgrammeFactory(offering__organization=city, code="bench")
    venues = [VenueFactory(organization=city) for _ in range(8)]
    sessions = [SessionFactory(offering=programme.offering, venue=venues[n % 8], capacity=ROWS) for n in range(200)]
    pool = Pool.objects.create(offering=programme.offering, general=True)
    root = Allocation.objects.create(offering=programme.offering, pool=pool, organization=city, slots=ROWS)
    now, user = timezone.now(), post(city)
    for first in range(0, ROWS, _CHUNK):
        women = []
        for number in range(first, min(first + _CHUNK, ROWS)):
            woman = Worker(
                organization=unions[number % 200],
                name="王李张刘陈"[number % 5] + "琳颖梓涵秀"[number % 3] + "若香爱佳雪"[number % 4],
                id_number=f"9900001975{number:08d}",
                phone=f"199{number:08d}",
                birth_date=date(1975, 6, 15),
            )
            woman.fill_derived()
            women.append(woman)
        Worker.objects.bulk_create(women)
        Booking.objects.bulk_create(
            Booking(
                offering=programme.offering,
                session=sessions[woman.pk % 200],
                allocation=root,
                worker=woman,
                state=("confirmed", "attended", "cancelled")[woman.pk % 3],
                created_at=now - timedelta(minutes=woman.pk),
                changed_at=now,
            )
            for woman in women
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(values(user))
    return user.pk


def values(user):
    from django.http import QueryDict
    from django.utils.translation import override

    from services.foundation.exports import exports

    listing = exports["bookings"]
    with override("zh-hans"):
        yield [str(column.heading) for column in listing.columns]
        yield from listing.lines(listing.find(user, QueryDict(""), False).rows.iterator(_CHUNK), False)


def yardstick(path: Path, _user: int) -> int:
    """The plain way: openpyxl streams the values into a file."""
    from openpyxl import Workbook

    book, rows = Workbook(write_only=True), 0
    page = book.create_sheet("Data")
    with path.open(newline="") as stream:
        for rows, row in enumerate(csv.reader(stream)):  # noqa: B007 - the last number is the count
            page.append(row)
    book.save(path.with_suffix(".plain.xlsx"))
    return rows


def ours(path: Path, user: int) -> int:
    from django.utils import timezone

    from services.accounts.models import User
    from services.exchange.actions.exports import make_export
    from services.exchange.enums import ExportState
    from services.exchange.models import Export

    owner, now = User.objects.get(pk=user), timezone.now()
    asked = Export.objects.create(
        listing="bookings", owner=owner, language="zh-hans", expected=ROWS, heartbeat_at=now, created_at=now
    )
    made = make_export(asked, now=now)
    if made.state != ExportState.DONE:
        raise SystemExit(f"the export ended as {made.state}")
    return made.rows


def compare(path: Path, _user: int) -> int:
    """Reads the last workbook back: every value of every row, as text."""
    from openpyxl import load_workbook

    from services.exchange.models import Export

    with Export.objects.order_by("-pk").first().file.open("rb") as stream, path.open(newline="") as text:
        page = load_workbook(stream, read_only=True).worksheets[1]
        pairs = zip(page.iter_rows(values_only=True), csv.reader(text), strict=True)
        return sum(1 for written, meant in pairs if [cell or "" for cell in written] == meant) - 1


def run_child(step: str, path: Path, user: int) -> None:
    import django

    django.setup()
    if step == "prepare":
        print(json.dumps({"user": prepare(path)}))
        return
    start, busy = time.perf_counter(), time.process_time()
    rows = {"yardstick": yardstick, "ours": ours, "compare": compare}[step](path, user)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu_seconds": busy, "peak_mb": peak, "rows": rows}))


def call(step: str, path: Path, address: str, user: int = 0) -> dict:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "VAR_DIR": str(path.parent),
        "LOG_LEVEL": "WARNING",
    }
    order = [sys.executable, "-m", "benchmarks.list_export", "--child", step, str(path), str(user)]
    if step == "migrate":
        order = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(order, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() and step != "migrate" else {}


class Database:
    """A database of its own on PostgreSQL, or a file."""

    def __init__(self, folder: Path):
        self.url = os.environ.get("DATABASE_URL", "")
        self.postgres = self.url.startswith("postgres")
        self.name = f"mumian_benchmark_export_{os.getpid()}"
        self.address = f"sqlite:///{folder / self.name}.sqlite3"
        if self.postgres:
            self.address = urlunsplit(urlsplit(self.url)._replace(path=f"/{self.name}"))
            self._maintain(f'CREATE DATABASE "{self.name}"')

    def drop(self) -> None:
        if self.postgres:
            self._maintain(f'DROP DATABASE "{self.name}"')

    def _maintain(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def middle(runs: list[dict]) -> dict:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def main() -> dict:
    runs = {"yardstick": [], "ours": []}
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        path, database = folder / "values.csv", Database(folder)
        try:
            call("migrate", path, database.address)
            user = call("prepare", path, database.address)["user"]
            for _turn in range(ROUNDS):
                for side, found in runs.items():
                    found.append(call(side, path, database.address, user))
            same = call("compare", path, database.address, user)["rows"]
        finally:
            database.drop()
    plain, full = (middle(runs[side]) for side in ("yardstick", "ours"))
    assert plain["rows"] == full["rows"] == same == ROWS, "every row must have arrived as it is"
    outcome = {
        "benchmark": "list_export",
        "database": "postgresql" if database.postgres else "sqlite",
        "rows": ROWS,
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "time_ratio": round(full["seconds"] / plain["seconds"], 3),
        "cpu_ratio": round(full["cpu_seconds"] / plain["cpu_seconds"], 3),
        "memory_ratio": round(full["peak_mb"] / plain["peak_mb"], 3),
        "targets": {"time_ratio": MOST_TIME, "memory_ratio": MOST_MEMORY},
        "yardstick": plain,
        "ours": full,
    }
    outcome["met"] = outcome["time_ratio"] <= MOST_TIME and outcome["memory_ratio"] <= MOST_MEMORY
    return outcome


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-3], Path(sys.argv[-2]), int(sys.argv[-1]))
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
