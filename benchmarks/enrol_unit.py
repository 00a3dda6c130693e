"""A unit's list of 5,000 women becomes the lines of its batch, against reading and inserting it plainly.

Yardstick: openpyxl (read-only) and ``bulk_create`` of the same rows into plain columns, nothing checked. Ours: open
safely, read, match each line to the roster by its identity number, judge her joining, work out fee and split, seal what
is to be said, write, and bring the sums in line; in one transaction. Each runs in a process of its own on a copy of an
SQLite database of its own, in turns; the medians of ``BENCHMARK_ROUNDS`` give the ratio. The ratio of processor times
and the machine's load stand beside it: they tell whether a busy machine spoiled the wall time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.roster_import import ROOT, middle

ROWS = int(os.environ.get("BENCHMARK_ROWS", "5000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME = 1.3
HEADINGS = ("序号", "姓名", "身份证号", "参保份数")


def people():
    """Number, name, identity number, date of birth: invented women of working age."""
    from services.foundation.identifiers import check_character

    first_day = date(1975, 1, 1)
    for number in range(ROWS):
        born = first_day + timedelta(days=number % 7_000)
        body = f"990000{born:%Y%m%d}{number // 7_000 * 2:03d}"
        yield number, f"示例{'琳颖梓涵秀若香爱佳雪'[number % 10]}", body + check_character(body), born


def make_workbook(path: Path) -> None:
    from services.exchange.workbooks.streaming import StreamedBook

    with path.open("wb") as stream:
        book = StreamedBook(stream, sheets=1)
        rows = ((number + 1, name, identity, number % 3 + 1) for number, name, identity, _born in people())
        book.add(1, rows, headings=HEADINGS)
        book.finish(["参保名单"])


def prepare() -> None:
    """The unit with its roster, a scheme in force, and a batch that was begun."""
    from django.db import transaction

    from services.foundation import clock
    from services.mutual_aid.actions.enrolling import begin_batch
    from services.organizations.actions import assign_staff
    from services.organizations.enums import Kind, Role
    from services.workers.actions.roster import add_workers
    from services.workers.models import Worker
    from tests.factories.accounts import StaffFactory
    from tests.factories.mutual_aid import scheme_in_force
    from tests.factories.organizations import UnionFactory

    city = UnionFactory(kind=Kind.CITY_UNION)
    unit = UnionFactory(parent=city, code="B-1")
    women = [
        Worker(
            organization=unit,
            name=name,
            id_number=identity,
            birth_date=born,
            phone=f"199{number:08d}",
            employment_type="contract",
        )
        for number, name, identity, born in people()
    ]
    for woman in women:
        woman.fill_derived()
    officer = StaffFactory()
    assign_staff(officer, organization=unit, role=Role.GRASSROOTS_OFFICER, by=None, valid_from=date(2020, 1, 1))
    with transaction.atomic():
        add_workers(women, now=clock.now())
        begin_batch(scheme_in_force(city), organization=unit, by=officer, now=clock.now())


def yardstick(path: Path) -> int:
    from django.db import connection, models, transaction
    from openpyxl import load_workbook

    class PlainLine(models.Model):
        name = models.CharField(max_length=60)
        id_number = models.CharField(max_length=18, unique=True)
        shares = models.PositiveSmallIntegerField()

        class Meta:
            app_label = "benchmarks"

    with connection.schema_editor() as editor:
        editor.create_model(PlainLine)
    with transaction.atomic():
        book = load_workbook(path, read_only=True)
        rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
        lines = [PlainLine(name=row[1], id_number=row[2], shares=row[3]) for row in rows]
        PlainLine.objects.bulk_create(lines, batch_size=2_000)
    return PlainLine.objects.count()


def ours(path: Path) -> int:
    from services.exchange.actions import import_file
    from services.foundation import clock
    from services.foundation.sheets import sheets
    from services.mutual_aid.models import EnrolmentBatch
    from services.organizations.models import Organization

    unit = Organization.objects.get(code="B-1")
    with path.open("rb") as stream:
        done = import_file(sheets["mutual-aid"], stream, organization=unit, today=clock.today(), now=clock.now())
    if done.refused:
        raise SystemExit(f"{done.refused} rows refused: the benchmark's own rows must be fine")
    return EnrolmentBatch.objects.unscoped().get().persons


def run_child(step: str, path: Path) -> None:
    import django

    django.setup()
    if step == "prepare":
        prepare()
        return
    start, busy = time.perf_counter(), time.process_time()
    rows = {"yardstick": yardstick, "ours": ours}[step](path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(json.dumps({"seconds": seconds, "cpu_seconds": busy, "rows": rows}))


def measure(step: str, path: Path, address: str, folder: Path) -> dict:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    call = [sys.executable, "-m", "benchmarks.enrol_unit", "--child", step, str(path)]
    if step == "migrate":
        call = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(call, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout) if step in ("yardstick", "ours") else {}


def copied(folder: Path, side: str, turn: int) -> str:
    """The address of a copy of a side's database."""
    target = folder / f"{side}_{turn}.sqlite3"
    shutil.copyfile(folder / f"{side}.sqlite3", target)
    return f"sqlite:///{target}"


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        path = folder / "list.xlsx"
        make_workbook(path)
        runs = {"yardstick": [], "ours": []}
        for side in runs:
            measure("migrate", path, f"sqlite:///{folder}/{side}.sqlite3", folder)
        measure("prepare", path, f"sqlite:///{folder}/ours.sqlite3", folder)
        for turn in range(ROUNDS):
            for side, found in runs.items():
                found.append(measure(side, path, copied(folder, side, turn), folder))
    plain, full = (middle(runs[side]) for side in ("yardstick", "ours"))
    assert plain["rows"] == full["rows"] == ROWS, "every row must have arrived"
    ratio = round(full["seconds"] / plain["seconds"], 3)
    return {
        "benchmark": "enrol_unit",
        "database": "sqlite",
        "rows": ROWS,
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "time_ratio": ratio,
        "cpu_ratio": round(full["cpu_seconds"] / plain["cpu_seconds"], 3),
        "targets": {"time_ratio": MOST_TIME},
        "yardstick": plain,
        "ours": full,
        "met": ratio <= MOST_TIME,
    }


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
