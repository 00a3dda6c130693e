"""A federation of any size on PostgreSQL, made by SQL: a city, ten counties, a hundred townships, unions and women.

One union in ten hasn't stated its women members, three in ten have too few for a committee; of the others two thirds
have one. Shared by ``coverage_page``, ``rollup_write`` and ``rollup_rebuild``.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

COUNTIES, TOWNSHIPS = 10, 10
SCANS = (
    "SELECT state, count(*) FROM workers_worker GROUP BY state",
    "SELECT required, built, count(*) FROM coverage_standing GROUP BY required, built",
)
_PATH = """'0001' || lpad((n %% %(counties)s + 1)::text, 4, '0')
         || lpad((n / %(counties)s %% %(townships)s + 1)::text, 4, '0')"""
_TREE = """
INSERT INTO organizations_organization (path, depth, numchild, code, name, branch, kind, industry, credit_code,
                                        division_code, officer_contact)
SELECT path, length(path) / 4, 1, 'B' || path, 'B' || path, 'trade_union', kind, '', '', '', '' FROM (
    SELECT '0001' AS path, 'city_union' AS kind
    UNION ALL SELECT '0001' || lpad(c::text, 4, '0'), 'county_union' FROM generate_series(1, %(counties)s) c
    UNION ALL SELECT '0001' || lpad(c::text, 4, '0') || lpad(t::text, 4, '0'), 'township_union'
              FROM generate_series(1, %(counties)s) c, generate_series(1, %(townships)s) t) AS tree
"""
_UNIONS = f"""
INSERT INTO organizations_organization (path, depth, numchild, code, name, branch, kind, industry, credit_code,
                                        division_code, officer_contact, member_count, women_member_count)
SELECT {_PATH} || lpad((n / %(counties)s / %(townships)s + 1)::text, 4, '0'), 4, 0, 'U' || n, 'U' || n,
       'trade_union', 'grassroots_union', (ARRAY['教育', '制造', '卫生', '环卫', ''])[1 + n %% 5], '', '', '',
       100, CASE WHEN n %% 10 = 0 THEN NULL WHEN n %% 10 < 4 THEN 5 ELSE 40 END
FROM generate_series(%(first)s, %(last)s - 1) n
"""
_RECORDS = """
INSERT INTO coverage_womencommittee (organization_id, form)
SELECT id, CASE WHEN women_member_count < 10 THEN 'commissioner' WHEN mod(id, 3) = 0 THEN 'none' ELSE 'committee' END
FROM organizations_organization o WHERE kind = 'grassroots_union' AND women_member_count IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM coverage_womencommittee w WHERE w.organization_id = o.id)
"""
_WOMEN = """
INSERT INTO workers_worker ({columns})
SELECT {values}
FROM generate_series(1, %(women)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY path) - 1 AS number FROM organizations_organization WHERE depth = 4) o
  ON o.number = n %% %(unions)s
"""


def arguments(**defaults: int) -> argparse.Namespace:
    """Sizes from the command line: ``--unions 100000 --women 3000000``."""
    parser = argparse.ArgumentParser()
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


def build(unions: int, *, women: int = 0, first: int = 0) -> None:
    """Unions number ``first`` to ``unions``, their records and standings; afterwards everything is rolled up."""
    from benchmarks.figures_page import execute, women_columns
    from services.coverage.actions.standings import derive
    from services.organizations.models import Organization

    sizes = {"counties": COUNTIES, "townships": TOWNSHIPS}
    for table in ("organizations_organization", "workers_worker", "coverage_standing"):
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    if not first:
        execute(_TREE, **sizes)
    execute(_UNIONS, first=first, last=unions, **sizes)
    execute(_RECORDS)
    if women:
        columns = women_columns()
        insert = _WOMEN.format(columns=", ".join(columns), values=", ".join(columns.values()))
        execute(insert, women=women, unions=unions)
    execute("ANALYZE")
    derive(Organization.objects.filter(kind="grassroots_union", standing__isnull=True), cause="begun")
    for table in ("organizations_organization", "workers_worker", "coverage_standing"):
        execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    roll_up()


def roll_up() -> float:
    """Count everything anew; gives the seconds."""
    from benchmarks.figures_page import execute
    from services.figures.actions import fold, mark_everything

    execute("TRUNCATE figures_mark")
    mark_everything()
    began = time.perf_counter()
    fold()
    seconds = time.perf_counter() - began
    # As the server's own housekeeping does a minute later.
    for table in ("figures_cell", "figures_mark", "coverage_standing", "coverage_standingchange", "workers_worker"):
        execute(f"VACUUM ANALYZE {table}")
    return seconds


def scan() -> None:
    """Every fact once: the cheapest query over the women, and that over the standings."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in SCANS:
            cursor.execute(statement)
            cursor.fetchall()


def seconds(act, *args) -> float:
    began = time.perf_counter()
    act(*args)
    return time.perf_counter() - began


def on_postgres(name: str, measure) -> int:
    """Run ``measure()`` in a database of its own; the exit code."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.database import postgres_template

    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    default["TEST"]["TEMPLATE"] = postgres_template(default)
    default["TEST"]["NAME"] = f"bench_{name}_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure() else 1
    finally:
        connection.creation.destroy_test_db(default["NAME"], verbosity=0)
