"""100,000 roster rows: the whole import against reading and inserting them plainly. Run it as a module.

Yardstick: openpyxl (read-only) and ``bulk_create`` of the same rows into plain columns, in batches, nothing checked.
Ours: open safely, read, normalise, validate, encrypt, match, upsert, in one transaction. Each runs in a process of its
own on a database of its own, in turns; the medians of ``BENCHMARK_ROUNDS`` give the ratios of wall time and of peak
memory. The ratio of the processes' own processor time and the machine's load are printed beside them: they tell
whether a busy machine spoiled the wall time. ``BENCHMARK_ROWS`` overrides the number of rows; with DATABASE_URL set
to PostgreSQL the databases are made (and dropped) there, otherwise on SQLite.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
ROWS = int(os.environ.get("BENCHMARK_ROWS", "100000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME, MOST_MEMORY = 1.0, 1.5
UNITS = 200
HEADINGS = (
    *("序号", "工会名称", "姓名", "身份证号", "出生日期", "手机号码"),
    *("岗位", "用工形式", "入职时间", "入会时间", "婚姻状况", "备注"),
)


def make_workbook(path: Path) -> None:
    """Invented women: every identity number differs and carries a right check digit."""
    from services.exchange.workbooks.streaming import StreamedBook
    from services.foundation.identifiers import check_character

    chance = random.Random(20260308)
    first_day = date(1962, 1, 1)

    def rows():
        for number in range(ROWS):
            born = first_day + timedelta(days=number % 14_000)
            body = f"990000{born:%Y%m%d}{number // 14_000 * 2:03d}"
            name = chance.choice("王李张刘陈杨黄赵周吴") + "".join(chance.choices("琳颖梓涵秀若香爱佳雪环贞莲欣", k=2))
            hired = date(2005, 1, 1) + timedelta(days=chance.randrange(7_000))
            yield (
                number + 1,
                f"第{number % UNITS}示例工会",
                name,
                body + check_character(body),
                born,
                f"199{number:08d}",
                chance.choice(("保洁", "收银", "教务", "护士", "质检")),
                chance.choice(("合同制", "在编", "劳务派遣", "临时(满一年)")),
                hired,
                hired + timedelta(days=90),
                chance.choice(("已婚", "未婚", "离异")),
                None,
            )

    with path.open("wb") as stream:
        book = StreamedBook(stream, sheets=1)
        book.add(1, rows(), headings=HEADINGS)
        book.finish(["花名册"])


def prepare_units() -> None:
    from services.organizations.enums import Kind
    from services.organizations.models import Organization

    city = Organization.add_root(code="B", name="示例市总工会", kind=Kind.CITY_UNION, branch=Kind.CITY_UNION.branch)
    for number in range(UNITS):
        fields = {"kind": Kind.GRASSROOTS_UNION, "branch": Kind.GRASSROOTS_UNION.branch}
        city.add_child(code=f"B-{number}", name=f"第{number}示例工会", **fields)


def yardstick(path: Path) -> int:
    """The plain way: a library reads, the rows go into a table of plain columns."""
    from django.db import connection, models, transaction
    from openpyxl import load_workbook

    class PlainRow(models.Model):
        union = models.CharField(max_length=120)
        name = models.CharField(max_length=60)
        id_number = models.CharField(max_length=18, unique=True)
        birth_date = models.DateField()
        phone = models.CharField(max_length=11, db_index=True)
        position = models.CharField(max_length=60)
        employment_type = models.CharField(max_length=20)
        hired_on = models.DateField()
        joined_on = models.DateField()
        marital_status = models.CharField(max_length=10)
        note = models.CharField(max_length=200, default="")

        class Meta:
            app_label = "benchmarks"

    with connection.schema_editor() as editor:
        editor.create_model(PlainRow)
    fields = [field.name for field in PlainRow._meta.fields if field.name != "id"]
    batch = []
    with transaction.atomic():
        book = load_workbook(path, read_only=True)
        for values in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            row = [*values[1 : len(fields)], values[len(fields)] if len(values) > len(fields) else None]
            batch.append(PlainRow(**dict(zip(fields, [*row[:-1], row[-1] or ""], strict=True))))
            if len(batch) == 2_000:
                PlainRow.objects.bulk_create(batch)
                batch = []
        PlainRow.objects.bulk_create(batch)
    return PlainRow.objects.count()


def ours(path: Path) -> int:
    from services.exchange.actions import import_file
    from services.foundation import clock
    from services.foundation.sheets import sheets
    from services.organizations.models import Organization
    from services.workers.models import Worker

    city = Organization.objects.get(code="B")
    with path.open("rb") as stream:
        done = import_file(sheets["workers"], stream, organization=city, today=clock.today(), now=clock.now())
    if done.refused:
        raise SystemExit(f"{done.refused} rows refused: the benchmark's own rows must be fine")
    return Worker.objects.unscoped().count()


def run_child(step: str, path: Path) -> None:
    """In a process of its own: set up Django, run one side, print seconds, peak memory and rows."""
    import django

    django.setup()
    if step == "prepare":
        prepare_units()
        return
    start, busy = time.perf_counter(), time.process_time()
    rows = {"yardstick": yardstick, "ours": ours}[step](path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu_seconds": busy, "peak_mb": peak, "rows": rows}))


class Databases:
    """A migrated template, copied for each side."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.url = os.environ.get("DATABASE_URL", "")
        self.postgres = self.url.startswith("postgres")
        self.made: list[str] = []

    def fresh(self, name: str) -> str:
        """The address of an empty, migrated database."""
        if not self.postgres:
            return f"sqlite:///{self.folder / name}.sqlite3"
        database = f"mumian_benchmark_{name}_{os.getpid()}"
        self._maintain(f'CREATE DATABASE "{database}"')
        self.made.append(database)
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def close(self) -> None:
        for database in self.made:
            self._maintain(f'DROP DATABASE "{database}"')

    def _maintain(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def measure(step: str, path: Path, address: str, folder: Path, *, module: str = "roster_import") -> dict:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
        "IMPORT_MAX_BYTES": str(64 * 1024 * 1024),
    }
    call = [sys.executable, "-m", f"benchmarks.{module}", "--child", step, str(path)]
    if step == "migrate":
        call = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(call, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout) if step in ("yardstick", "ours") else {}


def middle(runs: list[dict]) -> dict:
    """The median of each measured figure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        path = folder / "roster.xlsx"
        make_workbook(path)
        databases = Databases(folder)
        runs = {"yardstick": [], "ours": []}
        try:
            for turn in range(ROUNDS):
                for side, found in runs.items():
                    address = databases.fresh(f"{side}_{turn}")
                    measure("migrate", path, address, folder)
                    measure("prepare", path, address, folder)
                    found.append(measure(side, path, address, folder))
        finally:
            databases.close()
    plain, full = (middle(runs[side]) for side in ("yardstick", "ours"))
    ratios = {
        "benchmark": "roster_import",
        "database": "postgresql" if databases.postgres else "sqlite",
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
    ratios["met"] = ratios["time_ratio"] <= MOST_TIME and ratios["memory_ratio"] <= MOST_MEMORY
    assert plain["rows"] == full["rows"] == ROWS, "every row must have arrived"
    return ratios


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
