"""A list of 20,000 organisations: the whole import against reading and inserting it plainly. Run it as a module.

Yardstick: openpyxl (read-only) and ``bulk_create`` of the same lines into plain columns, in batches, nothing checked.
Ours: open safely, read, judge the tree and each committee, write organisations, committees, terms and seats, derive the
standings, in one transaction. Each runs in a process of its own on a database of its own, in turns; the medians of
``BENCHMARK_ROUNDS`` give the ratios. ``without_standings`` is our time less what deriving the standings took: they are
stored for the statistics, and the yardstick has nothing of the kind. ``BENCHMARK_ROWS`` overrides the number of lines.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks import roster_import as frame

ROWS = int(os.environ.get("BENCHMARK_ROWS", "20000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME = 1.5
UNITS_IN_A_TOWN, TOWNS_IN_A_COUNTY = 40, 10
HEADINGS = (
    *("组织编码", "上级编码", "组织名称", "类别", "行业", "职工数", "女职工数", "会员数", "女会员数", "工会成立日期"),
    *("女职工组织形式", "女职工组织筹备日期", "女职工组织选举日期", "女职工组织批复日期"),
    *("女工主任姓名", "是否工会(副)主席", "届期(年)", "本届到期"),
)
NOTHING = (None,) * 14


def _tree():
    """A city, counties, towns and their unions: exactly ``ROWS`` lines, parents first."""
    yield "B", None, "示例市总工会", "市总工会"
    left, county, town = ROWS - 1, 0, 0
    while left > 0:
        if town % TOWNS_IN_A_COUNTY == 0:
            county += 1
            left -= 1
            yield f"B-{county:03d}", "B", f"示例第{county}县总工会", "县(区)总工会"
            if not left:
                return
        town += 1
        above = f"B-{county:03d}-{town:04d}"
        left -= 1
        yield above, f"B-{county:03d}", f"示例第{town}镇总工会", "乡镇(街道)工会"
        for number in range(min(UNITS_IN_A_TOWN, left)):
            left -= 1
            yield f"{above}-{number:03d}", above, f"示例第{town}镇第{number}工会", "基层工会"


def make_workbook(path: Path) -> None:
    """Invented unions, seven in ten of them with a committee whose term runs or is over."""
    from services.exchange.workbooks.streaming import StreamedBook

    chance = random.Random(20260308)

    def rows():
        for code, above, name, kind in _tree():
            if kind != "基层工会":
                yield code, above, name, kind, *NOTHING
                continue
            staff = chance.randrange(20, 900)
            members, women = staff - chance.randrange(10), staff // 2
            began = date(2008, 1, 1) + timedelta(days=chance.randrange(6_000))
            counts = (chance.choice(("教育", "制造", "环卫")), staff, women, members, min(women, members), began)
            if chance.random() < 0.3:
                yield code, above, name, kind, *counts, "未建", *(None,) * 7
                continue
            years = chance.choice((3, 5))
            ends = began.replace(year=began.year + years * -(-(2026 - began.year) // years), day=min(began.day, 28))
            head = chance.choice("王李张刘陈杨黄赵周吴") + "".join(chance.choices("琳颖梓涵秀若香爱佳雪", k=2))
            committee = ("女职工委员会", began, began, began, head, chance.choice("是否"), years, ends)
            yield code, above, name, kind, *counts, *committee

    with path.open("wb") as stream:
        book = StreamedBook(stream, sheets=1)
        book.add(1, rows(), headings=HEADINGS)
        book.finish(["工会组织"])


def yardstick(path: Path) -> int:
    """The plain way: a library reads, the lines go into a table of plain columns."""
    from django.db import connection, models, transaction
    from openpyxl import load_workbook

    def day():
        return models.DateField(null=True)

    def number():
        return models.PositiveIntegerField(null=True)

    class PlainUnion(models.Model):
        code = models.CharField(max_length=40, unique=True)
        parent = models.CharField(max_length=40, null=True)  # noqa: DJ001
        name = models.CharField(max_length=120, db_index=True)
        kind = models.CharField(max_length=20)
        industry = models.CharField(max_length=40, null=True)  # noqa: DJ001
        staff, women, members, women_members = number(), number(), number(), number()
        established = day()
        form = models.CharField(max_length=20, null=True)  # noqa: DJ001
        prepared, elected, approved = day(), day(), day()
        head = models.CharField(max_length=40, null=True)  # noqa: DJ001
        deputy = models.CharField(max_length=10, null=True)  # noqa: DJ001
        term = number()
        until = day()

        class Meta:
            app_label = "benchmarks"

    with connection.schema_editor() as editor:
        editor.create_model(PlainUnion)
    fields = [field.name for field in PlainUnion._meta.fields if field.name != "id"]
    batch = []
    with transaction.atomic():
        book = load_workbook(path, read_only=True)
        for values in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            row = [value.date() if hasattr(value, "date") else value for value in values]
            batch.append(PlainUnion(**dict(zip(fields, row + [None] * (len(fields) - len(row)), strict=True))))
            if len(batch) == 2_000:
                PlainUnion.objects.bulk_create(batch)
                batch = []
        PlainUnion.objects.bulk_create(batch)
    return PlainUnion.objects.count()


def ours(path: Path) -> tuple[int, float]:
    """Lines written, and the seconds that deriving the standings took."""
    from services.coverage.actions import standings
    from services.exchange.actions import import_file
    from services.foundation import clock
    from services.foundation.sheets import sheets
    from services.organizations.models import Organization
    from services.organizations.registry import restated

    spent = 0.0

    def timed(*args, **kwargs):
        nonlocal spent
        start = time.perf_counter()
        standings.restate(*args, **kwargs)
        spent += time.perf_counter() - start

    restated.replace("coverage", timed)
    with path.open("rb") as stream:
        done = import_file(sheets["organizations"], stream, today=clock.today(), now=clock.now())
    if done.refused:
        raise SystemExit(f"{done.refused} lines refused: the benchmark's own lines must be fine")
    return Organization.objects.count(), spent


def run_child(step: str, path: Path) -> None:
    import django

    django.setup()
    start, busy = time.perf_counter(), time.process_time()
    rows, derived = ours(path) if step == "ours" else (yardstick(path), 0.0)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": seconds, "cpu_seconds": busy, "peak_mb": peak, "derived_seconds": derived, "rows": rows}
    print(json.dumps(told))


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        path = folder / "unions.xlsx"
        make_workbook(path)
        databases = frame.Databases(folder)
        runs = {"yardstick": [], "ours": []}
        try:
            for turn in range(ROUNDS):
                for side, found in runs.items():
                    address = databases.fresh(f"{side}_{turn}")
                    frame.measure("migrate", path, address, folder, module="unions_import")
                    found.append(frame.measure(side, path, address, folder, module="unions_import"))
        finally:
            databases.close()
    plain, full = (frame.middle(runs[side]) for side in ("yardstick", "ours"))
    ratios = {
        "benchmark": "unions_import",
        "database": "postgresql" if databases.postgres else "sqlite",
        "rows": ROWS,
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "time_ratio": round(full["seconds"] / plain["seconds"], 3),
        "cpu_ratio": round(full["cpu_seconds"] / plain["cpu_seconds"], 3),
        "without_standings": round((full["seconds"] - full["derived_seconds"]) / plain["seconds"], 3),
        "memory_ratio": round(full["peak_mb"] / plain["peak_mb"], 3),
        "targets": {"time_ratio": MOST_TIME},
        "yardstick": plain,
        "ours": full,
    }
    ratios["met"] = ratios["time_ratio"] <= MOST_TIME
    assert plain["rows"] == full["rows"] == ROWS, "every line must have arrived"
    return ratios


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
