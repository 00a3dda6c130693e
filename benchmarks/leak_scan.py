"""Looking for personal numbers in a workbook of 5 MB, against reading it with openpyxl.

``ours`` unpacks, reads every cell, hidden ones too, every comment, name and property, and judges all of it.
``plain`` loads the same file by openpyxl and walks through its cells. They take turns; the result is the middle of the
rounds' ratios. Both must see the planted numbers. ``BENCHMARK_ROWS`` overrides the number of rows.

Run: python -m benchmarks.leak_scan
"""

import os
import sys
import time
from datetime import date
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

ROWS, ROUNDS = int(os.environ.get("BENCHMARK_ROWS", "100000")), int(os.environ.get("BENCHMARK_ROUNDS", "5"))
ALLOWED = 1.5
PLANTED = 25


def made() -> bytes:
    """A list as an office keeps it: numbers, names, places, dates, sums; identity numbers in a hidden column."""
    from openpyxl import Workbook

    from services.foundation.identifiers import check_character

    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append(["序号", "单位", "事项", "日期", "数量", "金额", "备注", "编号"])
    for number in range(1, ROWS + 1):
        first = f"990000{1970 + number % 30}0{number % 9 + 1}15{number % 1000:03d}"
        planted = (
            first + check_character(first) if number % (ROWS // PLANTED) == 0 else f"NO-{number:09d}-{number % 97}"
        )
        unit = f"示例单位第{number % 4000}小组"
        sheet.append(
            [
                number,
                unit,
                f"事项{number * 7919 % 100003}",
                f"2026-{number % 12 + 1:02d}-15",
                number % 9,
                number * 3.25,
                f"已办结，流水{number * 104729 % 9999991}",
                planted,
            ]
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ours(data: bytes) -> int:
    from services.publishing.rules.readers import scan_file
    from services.publishing.rules.scanning import Scan

    scan = Scan(today=date(2026, 11, 30))
    scan_file("明细.xlsx", BytesIO(data), scan)
    return len(scan.found)


def plain(data: bytes) -> int:
    from openpyxl import load_workbook

    seen = 0
    for sheet in load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            seen += sum(
                1 for value in row if isinstance(value, str) and len(value) == 18 and value.startswith("990000")
            )
    return seen


def main() -> int:
    import django

    django.setup()
    data, ratios = made(), []
    for turn in range(ROUNDS + 1):
        took = {}
        for name, act in (("ours", ours), ("plain", plain)):
            started = time.perf_counter()
            if act(data) != PLANTED:
                print(f"{name} did not see the {PLANTED} planted numbers")
                return 1
            took[name] = time.perf_counter() - started
        if turn:  # the first turn warms up
            ratios.append(took["ours"] / took["plain"])
            print(f"ours {took['ours']:.2f} s, openpyxl {took['plain']:.2f} s")
    ratio = sorted(ratios)[len(ratios) // 2]
    print(f"leak_scan: {ratio:.2f} of openpyxl on {len(data) / 1e6:.1f} MB (allowed {ALLOWED})")
    return int(ratio > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
