"""Every roll-up counted anew, against one scan of the facts, and compared with what increments had made of it.

First the cells come about by increments: batches of unions change what they have, and are folded. Then all cells are
thrown away and everything is marked and folded. Both must be the same, cell by cell. ``scan`` looks at every woman and
every standing once; it is taken before and after, and the middle one counts.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/rollup_rebuild.py [--unions N --women N]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.coverage_world import arguments, build, on_postgres, roll_up, scan, seconds

ALLOWED, BATCHES, SCANNED = 30, 5, 5
SIZES = arguments(unions=100_000, women=3_000_000)
_COLUMNS = "count, period, dimension, key, path, organization, own, total"
_DIFFERENT = """
SELECT count(*) FROM (
    (SELECT {columns} FROM figures_cell EXCEPT SELECT {columns} FROM bench_before)
    UNION ALL (SELECT {columns} FROM bench_before EXCEPT SELECT {columns} FROM figures_cell)) AS different
"""


def change(batch: int) -> None:
    """A fiftieth of the unions set up a committee, or lose it; a union moves its industry."""
    from benchmarks.figures_page import execute
    from services.figures.actions import fold

    answer = "CASE WHEN built = 'yes' THEN 'no' ELSE 'yes' END"
    execute(f"UPDATE coverage_standing SET built = {answer} WHERE id %% 50 = %(batch)s", batch=batch)
    execute("UPDATE coverage_standing SET industry = '交通' WHERE id %% 1000 = %(batch)s", batch=batch)
    fold()


def measure() -> bool:
    from django.db import connection

    from benchmarks.figures_page import execute
    from services.figures.models import Cell

    build(SIZES.unions, women=SIZES.women)
    for batch in range(BATCHES):
        print(f"increment {batch}: {seconds(change, batch):.1f} s")
    scans = [seconds(scan) for _round in range(SCANNED)]
    execute(f"CREATE TABLE bench_before AS SELECT {_COLUMNS} FROM figures_cell")
    execute("TRUNCATE figures_cell")
    taken = roll_up()
    scans += [seconds(scan) for _round in range(SCANNED)]
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(columns=_COLUMNS))
        (different,) = cursor.fetchone()
    middle = sorted(scans)[SCANNED]
    ratio = taken / middle
    print(f"{SIZES.unions} unions, {SIZES.women} women, {Cell.objects.count()} cells")
    print(f"rebuilt in {taken:.1f} s, scan {1000 * middle:.0f} ms, {different} cells differ from the increments")
    print(f"rollup_rebuild ratio {ratio:.1f} (allowed {ALLOWED})")
    return ratio <= ALLOWED and different == 0


if __name__ == "__main__":
    raise SystemExit(on_postgres("rollup_rebuild", measure))
