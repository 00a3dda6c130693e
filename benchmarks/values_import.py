"""A workbook of 20,000 values: the whole import against reading and inserting it plainly. Run it as a module.

Yardstick: openpyxl (read-only) and ``bulk_create`` of the same lines into plain columns, in batches, nothing checked.
Ours: open safely, read, find place, year, element and split of every line, judge amount and status, compare with what
is on record, write, in one transaction. Each runs in a process of its own on a database of its own, in turns; the
medians of ``BENCHMARK_ROUNDS`` give the ratios. ``BENCHMARK_ROWS`` overrides the number of lines.
"""

import json
import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks import roster_import as frame

ROWS = int(os.environ.get("BENCHMARK_ROWS", "20000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME = 1.2
COUNTIES = 100
ELEMENTS = max(ROWS // COUNTIES, 1)
YEAR = 2025
HEADINGS = ("地区", "年度", "数据元素编码", "填报内容", "分组", "数值", "数据状态", "说明")


def make_workbook(path: Path) -> None:
    """One value in ten is missing, with its cause."""
    from services.exchange.workbooks.streaming import StreamedBook

    def rows():
        for county in range(COUNTIES):
            for number in range(ELEMENTS):
                missing = (county + number) % 10 == 0
                said = (None, "未采集", "今年未开展") if missing else (county * 7 + number * 3 + 1, None, None)
                yield f"V-{county:03d}", YEAR, f"e{number}", f"示例数据{number}", None, *said

    with path.open("wb") as stream:
        book = StreamedBook(stream, sheets=1)
        book.add(1, rows(), headings=HEADINGS)
        book.finish(["监测数据"])


def yardstick(path: Path) -> int:
    """The plain way: a library reads, the lines go into a table of plain columns."""
    from django.db import connection, models, transaction
    from openpyxl import load_workbook

    class PlainValue(models.Model):
        place = models.CharField(max_length=40)
        year = models.PositiveSmallIntegerField()
        element = models.CharField(max_length=40)
        title = models.CharField(max_length=120)
        cut = models.CharField(max_length=60, null=True)  # noqa: DJ001
        amount = models.DecimalField(max_digits=18, decimal_places=4, null=True)
        status = models.CharField(max_length=24, null=True)  # noqa: DJ001
        note = models.CharField(max_length=200, null=True)  # noqa: DJ001

        class Meta:
            app_label = "benchmarks"
            constraints = [models.UniqueConstraint(fields=["place", "year", "element", "cut"], name="plain_once")]

    with connection.schema_editor() as editor:
        editor.create_model(PlainValue)
    fields = [field.name for field in PlainValue._meta.fields if field.name != "id"]
    batch = []
    with transaction.atomic():
        book = load_workbook(path, read_only=True)
        for values in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            row = [*values, *[None] * (len(fields) - len(values))]
            batch.append(PlainValue(**dict(zip(fields, row, strict=True))))
            if len(batch) == 2_000:
                PlainValue.objects.bulk_create(batch)
                batch = []
        PlainValue.objects.bulk_create(batch)
    return PlainValue.objects.count()


def prepare() -> None:
    """A city with its counties, the elements, a year that is open. Not measured."""
    from django.utils import timezone

    from services.indicators.models import Element, Place, Report, Round
    from services.organizations.models import Organization

    city = Organization.add_root(code="V", name="示例市妇联", branch="womens_federation", kind="city_wf")
    Element.objects.bulk_create(
        Element(owner=city, code=f"e{number}", title=f"示例数据{number}", domain="health") for number in range(ELEMENTS)
    )
    opened = Round.objects.create(owner=city, year=YEAR, due_on=date(YEAR + 1, 3, 31), opened_at=timezone.now())
    top = Place.objects.create(round=opened, organization=city, level=1, reporters={"2": COUNTIES})
    for number in range(COUNTIES):
        county = city.add_child(
            code=f"V-{number:03d}", name=f"示例第{number}县妇联", branch="womens_federation", kind="county_wf"
        )
        place = Place.objects.create(round=opened, organization=county, above=top, level=2, reporters={"2": 1})
        Report.objects.create(place=place)


def ours(path: Path) -> int:
    from services.exchange.actions import import_file
    from services.foundation import clock
    from services.foundation.sheets import sheets
    from services.indicators.models import Value
    from services.organizations.models import Organization

    city = Organization.objects.get(code="V")
    with path.open("rb") as stream:
        done = import_file(sheets["indicator-values"], stream, organization=city, today=clock.today(), now=clock.now())
    if done.refused:
        raise SystemExit(f"{done.refused} lines refused: the benchmark's own lines must be fine")
    return Value.objects.count()


def run_child(step: str, path: Path) -> None:
    import django

    django.setup()
    if step == "ours":
        prepare()
    start, busy = time.perf_counter(), time.process_time()
    rows = ours(path) if step == "ours" else yardstick(path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu_seconds": busy, "peak_mb": peak, "rows": rows}))


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        path = folder / "values.xlsx"
        make_workbook(path)
        databases = frame.Databases(folder)
        runs = {"yardstick": [], "ours": []}
        try:
            for turn in range(ROUNDS):
                for side, found in runs.items():
                    address = databases.fresh(f"{side}_{turn}")
                    frame.measure("migrate", path, address, folder, module="values_import")
                    found.append(frame.measure(side, path, address, folder, module="values_import"))
        finally:
            databases.close()
    plain, full = (frame.middle(runs[side]) for side in ("yardstick", "ours"))
    outcome = {
        "benchmark": "values_import",
        "database": "postgresql" if databases.postgres else "sqlite",
        "rows": COUNTIES * ELEMENTS,
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "time_ratio": round(full["seconds"] / plain["seconds"], 3),
        "cpu_ratio": round(full["cpu_seconds"] / plain["cpu_seconds"], 3),
        "memory_ratio": round(full["peak_mb"] / plain["peak_mb"], 3),
        "targets": {"time_ratio": MOST_TIME},
        "yardstick": plain,
        "ours": full,
    }
    outcome["met"] = outcome["time_ratio"] <= MOST_TIME
    assert plain["rows"] == full["rows"] == COUNTIES * ELEMENTS, "every line must have arrived"
    return outcome


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        found = main()
        print(json.dumps(found, indent=2))
        sys.exit(0 if found["met"] else 1)
