"""Was she covered on D, as known on K, over a million covers; against fetching one row by its primary key.

``ours`` is ``queries.cover_on`` as her page, a claim and the desk ask it: one query over the history of covers, both
dates and the woman drawn at random, hits and misses alike. ``plain`` fetches a version of a cover by its key with the
same cover beside it. Both go through the ORM and build the same objects. They take turns in blocks; the result is the
middle of the blocks' ratios. A tenth of the covers has been rewritten once, so that the history is longer than the
covers are many. ``BENCHMARK_ROWS`` overrides the number of covers.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.cover_on_date
"""

import os
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

COVERS, BLOCKS = int(os.environ.get("BENCHMARK_ROWS", "1000000")), int(os.environ.get("BENCHMARK_ROUNDS", "15"))
ALLOWED, QUESTIONS, YEARS = 5.0, 400, 5
FIRST_YEAR = 2021
REWRITTEN = datetime(2025, 6, 10, 1, 0, tzinfo=UTC)

_WOMEN = """
INSERT INTO workers_worker (token, organization_id, name, id_number, id_index, id_last4, birth_date, phone, phone_index,
 phone_last4, position, employment_type, marital_status, note, state, created_at, updated_at)
SELECT 'w' || n, %s, '示例乙', 'sealed', 'i' || n, '0000', DATE '1980-01-01', '', '', '', '', '', 'unknown', '',
 'active', now(), now() FROM generate_series(1, %s) AS n
"""
_COVERS = """
INSERT INTO mutual_aid_cover (token, number, scheme_id, worker_id, organization_id, path, created_at)
SELECT 'c' || y || '-' || w.id, 'BZ-' || y || '-' || w.id, %s, w.id, %s, %s, make_date(y, 1, 1)
FROM workers_worker AS w, generate_series(%s, %s) AS y
"""
_VERSIONS = """
INSERT INTO mutual_aid_coverversion (cover_id, scheme_id, worker_id, terms_id, first_day, last_day, shares, most_shares,
 parts, renewal, state, change, reason, known_from, known_until)
SELECT c.id, c.scheme_id, c.worker_id, %s, c.created_at::date, (c.created_at + INTERVAL '1 year')::date - 1, 1, 3,
 '[]', true, 'in_force', 'enrolled', '', c.created_at, CASE WHEN c.id %% 10 = 0 THEN %s::timestamptz END
FROM mutual_aid_cover AS c
"""
_REWRITTEN = """
INSERT INTO mutual_aid_coverversion (cover_id, scheme_id, worker_id, terms_id, first_day, last_day, shares, most_shares,
 parts, renewal, state, change, reason, known_from)
SELECT c.id, c.scheme_id, c.worker_id, %s, c.created_at::date, (c.created_at + INTERVAL '1 year')::date - 1, 2, 3,
 '[]', true, 'in_force', 'corrected', '', %s FROM mutual_aid_cover AS c WHERE c.id %% 10 = 0
"""


def build():
    """Women with a cover in each of five years, a tenth of them corrected later; put in by SQL."""
    from django.db import connection

    from services.organizations.enums import Kind
    from tests.factories.mutual_aid import scheme_in_force
    from tests.factories.organizations import UnionFactory

    union = UnionFactory(kind=Kind.CITY_UNION)
    version = scheme_in_force(union)
    with connection.cursor() as cursor:
        cursor.execute(_WOMEN, [union.pk, COVERS // YEARS])
        years = [FIRST_YEAR, FIRST_YEAR + YEARS - 1]
        cursor.execute(_COVERS, [version.scheme_id, union.pk, union.path, *years])
        cursor.execute(_VERSIONS, [version.pk, REWRITTEN])
        cursor.execute(_REWRITTEN, [version.pk, REWRITTEN])
        cursor.execute("VACUUM ANALYZE mutual_aid_cover")
        cursor.execute("VACUUM ANALYZE mutual_aid_coverversion")
    return version


def asked(draw: random.Random, women: list[int]) -> list[tuple]:
    """Women, days and moments: a year before the first cover and one after the last are among them."""
    days = (YEARS + 2) * 365
    begin = date(FIRST_YEAR - 1, 1, 1)
    moment = datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC)
    return [
        (
            draw.choice(women),
            begin + timedelta(days=draw.randrange(days)),
            moment + timedelta(days=draw.randrange(days), hours=draw.randrange(24)),
        )
        for _question in range(QUESTIONS)
    ]


def _ours(questions, scheme: int) -> int:
    from services.mutual_aid.queries import cover_on

    return sum(cover_on(worker, scheme, day, at=known) is not None for worker, day, known in questions)


def _plain(keys) -> int:
    from services.mutual_aid.models import CoverVersion

    versions = CoverVersion.objects.unscoped().select_related("cover")
    return sum(versions.get(pk=key).pk == key for key in keys)


def expected(questions) -> int:
    """Covered from the year's first day to its last, known from the year's first day on."""
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    return sum(day.year in years and known.date() >= date(day.year, 1, 1) for _worker, day, known in questions)


def _seconds(act, *arguments):
    began = time.perf_counter()
    result = act(*arguments)
    return time.perf_counter() - began, result


def measure() -> bool:
    from services.mutual_aid.models import CoverVersion
    from services.workers.models import Worker

    version, draw = build(), random.Random(20260308)
    women = list(Worker.objects.unscoped().values_list("pk", flat=True)[:50_000])
    keys = list(CoverVersion.objects.unscoped().order_by("?").values_list("pk", flat=True)[: QUESTIONS * 4])
    ratios, parts = [], []
    for block in range(BLOCKS + 1):
        questions, some = asked(draw, women), draw.sample(keys, QUESTIONS)
        bare, found = _seconds(_plain, some)
        assert found == QUESTIONS, found
        full, covered = _seconds(_ours, questions, version.scheme_id)
        assert covered == expected(questions), (covered, expected(questions))
        if block:  # the first one warms both
            ratios.append(full / bare)
            parts.append((bare, full))
    middle = sorted(ratios)[BLOCKS // 2]
    bare, full = (sorted(part)[BLOCKS // 2] * 1000 / QUESTIONS for part in zip(*parts, strict=True))
    history = CoverVersion.objects.unscoped().count()
    print(f"{COVERS} covers, {history} versions: by key {bare:.2f} ms; covered on D as known on K {full:.2f} ms")
    print(f"cover_on_date ratio {middle:.2f} (allowed {ALLOWED})")
    return middle <= ALLOWED


def main() -> int:
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
    default["TEST"]["NAME"] = f"bench_covers_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure() else 1
    finally:
        connection.creation.destroy_test_db(default["NAME"], verbosity=0)


if __name__ == "__main__":
    raise SystemExit(main())
