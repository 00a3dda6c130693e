"""10,000 claims explained and summed, against loading the same rows through the ORM.

``ours`` loads what a claim is judged by (the claim with its sealed particulars, its case, the present version of its
cover), makes facts of it, judges it by the terms of its scheme (every finding that the officer and she would read) and
adds the sums up. ``plain`` loads the same rows by the same query, opens what is sealed in them, and does nothing with
it. They take turns; the result is the middle of the rounds' ratios. The sums are compared with those worked out apart
from the rules. ``BENCHMARK_ROWS`` overrides the number of claims.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.adjudicate
"""

import os
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

ROWS, ROUNDS = int(os.environ.get("BENCHMARK_ROWS", "10000")), int(os.environ.get("BENCHMARK_ROUNDS", "9"))
ALLOWED = 2.0
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
GRADES, DISEASES = ("invasive_primary", "invasive_primary", "in_situ", "metastatic"), ("breast", "cervix", "ovary")


def particulars(number: int) -> dict:
    """A claim as she and her unit have stated it; every branch of the rules is walked by some."""
    diagnosed = FIRST + timedelta(days=number % 365)
    return {
        "diagnosed": diagnosed.isoformat(),
        "discovered": diagnosed.isoformat(),
        "noticed": (diagnosed + timedelta(days=number % 40)).isoformat(),
        "grade": GRADES[number % 4],
        "disease": DISEASES[number % 3],
        "hospitalised": True,
        "surgery": number % 2 == 0,
        "hospital_days": number % 30,
        "hospital_level": "level_3" if number % 7 else "level_1",
        "hospital": "示例市第一人民医院",
        "told": "示例：单位体检发现，已住院手术。",
    }


def filed(number: int) -> date:
    return FIRST + timedelta(days=number % 365 + number % 400)


def build():
    """A scheme, and for each claim a woman, a cover, a case and what was stated."""
    from datetime import UTC, datetime

    from django.utils import timezone

    from services.casework.models import Case
    from services.mutual_aid.models import Claim, Cover, CoverVersion, Scheme
    from services.organizations.enums import Kind
    from services.workers.models import Worker
    from tests.factories.mutual_aid import scheme_in_force
    from tests.factories.notices import case_with_notice
    from tests.factories.organizations import UnionFactory
    from tests.factories.workers import WorkerFactory, identity_number

    city = UnionFactory(kind=Kind.CITY_UNION)
    union, now = UnionFactory(parent=city), timezone.now()
    version = scheme_in_force(city)
    women = []
    for number in range(ROWS):
        born = date(1970, 1, 1) + timedelta(days=number)
        woman = WorkerFactory.build(
            organization=union, name="示例乙", birth_date=born, id_number=identity_number(born, number)
        )
        woman.fill_derived()
        women.append(woman)
    women = Worker.objects.bulk_create(women)
    common = {"scheme": version.scheme, "organization": union, "path": union.path, "created_at": now}
    covers = Cover.objects.bulk_create(Cover(number=f"BZ-{one.pk}", worker=one, **common) for one in women)
    what = {"scheme": version.scheme, "terms": version, "first_day": FIRST, "last_day": LAST, "most_shares": 3}
    what |= {"change": "enrolled", "known_from": now}
    CoverVersion.objects.bulk_create(
        CoverVersion(cover=cover, worker=cover.worker, shares=n % 3 + 1, renewal=n % 5 == 0, **what)
        for n, cover in enumerate(covers)
    )
    first = case_with_notice(women[0], city, stage="in_review", number="HZ-0")
    kept = {
        field.attname: getattr(first, field.attname)
        for field in Case._meta.concrete_fields
        if field.name not in ("id", "token", "number", "worker", "submitted_at")
    }

    def submitted(number: int) -> datetime:
        return datetime(*filed(number).timetuple()[:3], 2, tzinfo=UTC)

    Case.objects.bulk_create(
        Case(**kept, number=f"HZ-{n}", worker=woman, submitted_at=submitted(n))
        for n, woman in enumerate(women[1:], start=1)
    )
    Case.objects.unscoped().filter(pk=first.pk).update(submitted_at=submitted(0))
    cases = Case.objects.unscoped().order_by("pk")
    Claim.objects.bulk_create(
        Claim(case=case, scheme=version.scheme, terms=version, cover=cover, particulars=particulars(number))
        for number, (case, cover) in enumerate(zip(cases, covers, strict=True))
    )
    return Scheme.objects.get(pk=version.scheme_id)


def _claims(scheme):
    from django.db.models import Prefetch

    from services.mutual_aid.models import Claim, CoverVersion

    present = Prefetch(
        "cover__versions", queryset=CoverVersion.objects.own(known_until__isnull=True), to_attr="present"
    )
    claims = Claim.objects.own(scheme=scheme).select_related("case", "cover").prefetch_related(present)
    return claims.order_by("pk").iterator(chunk_size=1_000)


def plain(scheme) -> int:
    return sum(1 for claim in _claims(scheme) if claim.particulars and claim.cover.present)


def ours(scheme) -> tuple[Decimal, int]:
    """The sum of all, and how many findings were made."""
    from django.utils.timezone import localdate

    from services.mutual_aid import queries
    from services.mutual_aid.queries.claiming import facts_of
    from services.mutual_aid.rules.benefit import benefit

    terms = queries.terms_of(queries.version_for(scheme.code))
    total, findings = Decimal(0), 0
    for claim in _claims(scheme):
        filed = localdate(claim.case.submitted_at)
        judged = benefit(terms, facts_of(claim, claim.cover.present[0], on=filed, earlier=()))
        total += judged.amount
        findings += len(judged.findings)
    return total, findings


def expected() -> Decimal:
    """The sums worked out apart from the rules, from what was drawn."""
    total = Decimal(0)
    for number in range(ROWS):
        said = particulars(number)
        day = number % 365
        paid = (number % 5 == 0 or day > 30) and said["hospital_level"] == "level_3" and number % 400 <= 365
        each = {"invasive_primary": 10000, "in_situ": 2000, "metastatic": 0}[said["grade"]]
        total += each * (number % 3 + 1) if paid else 0
    return total


def _seconds(act, *arguments):
    began = time.perf_counter()
    result = act(*arguments)
    return time.perf_counter() - began, result


def measure() -> bool:
    scheme = build()
    ratios, parts = [], []
    wanted = expected()
    for number in range(ROUNDS + 1):
        bare, rows = _seconds(plain, scheme)
        full, (total, findings) = _seconds(ours, scheme)
        assert rows == ROWS, rows
        assert total == wanted, (total, wanted)
        if number:  # the first round warms both
            ratios.append(full / bare)
            parts.append((bare, full))
    middle = sorted(ratios)[ROUNDS // 2]
    bare, full = (sorted(part)[ROUNDS // 2] for part in zip(*parts, strict=True))
    print(f"{ROWS} claims: loaded in {bare:.2f} s; loaded, explained ({findings} findings) and summed in {full:.2f} s")
    print(f"adjudicate ratio {middle:.2f} (allowed {ALLOWED})")
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
    default["TEST"]["NAME"] = f"bench_adjudicate_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure() else 1
    finally:
        connection.creation.destroy_test_db(default["NAME"], verbosity=0)


if __name__ == "__main__":
    raise SystemExit(main())
