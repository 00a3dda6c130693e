"""The evaluation of a plan at 300 indicators, 3,000 places and ten years, against one scan of the values.

``page`` is everything the page asks of the database and computes: sums of the year, of the year before and of the
base year, what may be shown of few people, targets, national numbers. Templates are left out on both sides. ``scan``
looks at every value once, without a join. Both take turns; each level's figure is the middle one of several rounds,
divided by the middle scan. A tenth of the numerators count few people.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/evaluation_page.py [--indicators N --places N
--years N]
"""

import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.coverage_world import arguments, on_postgres, seconds

ALLOWED, ROUNDS = 0.2, 9
SIZES = arguments(indicators=300, places=3_000, years=10)
FIRST, COUNTIES = 2015, 100
LEVELS = {"city": "0001", "county": "00010003", "township": "000100030002"}
_TREE = """
INSERT INTO organizations_organization (path, depth, numchild, code, name, branch, kind, industry, credit_code,
                                        division_code, officer_contact)
SELECT path, length(path) / 4, 1, 'M' || path, 'M' || path, 'womens_federation', kind, '', '', '', '' FROM (
    SELECT '0001' AS path, 'city_wf' AS kind
    UNION ALL SELECT '0001' || lpad(c::text, 4, '0'), 'county_wf' FROM generate_series(1, %(counties)s) c
    UNION ALL SELECT '0001' || lpad((n %% %(counties)s + 1)::text, 4, '0')
                            || lpad((n / %(counties)s + 1)::text, 4, '0'), 'township_wf'
              FROM generate_series(0, %(places)s - 1) n) AS tree
"""
_PLACES = """
INSERT INTO indicators_place (round_id, organization_id, level, reporters)
SELECT r.id, o.id, o.depth, jsonb_build_object('3', o.towns) FROM indicators_round r CROSS JOIN (
    SELECT o.id, o.depth, count(t.id) AS towns FROM organizations_organization o
    JOIN organizations_organization t ON t.depth = 3 AND left(t.path, length(o.path)) = o.path
    GROUP BY o.id, o.depth) AS o
"""
_ABOVE = """
UPDATE indicators_place p SET above_id = a.id FROM indicators_place a, organizations_organization o,
    organizations_organization u
WHERE p.organization_id = o.id AND a.organization_id = u.id AND a.round_id = p.round_id
  AND u.path = left(o.path, length(o.path) - 4)
"""
_REPORTS = """
INSERT INTO indicators_report (place_id, version, state, latest, because, gap_words, signed_name, signed_at,
                               signed_by_id, accepted_at, returned_because, changes)
SELECT p.id, 1, 'locked', TRUE, '', '', 'x', now(), %(by)s, now(), '', 0 FROM indicators_place p WHERE p.level = 3
"""
_VALUES = """
INSERT INTO indicators_value (report_id, element_id, cut, status, amount, note, source)
SELECT r.id, e.id, '', CASE WHEN mod(r.id + e.id, 50) = 0 THEN 'missing_late' ELSE 'reported' END,
       CASE WHEN mod(r.id + e.id, 50) = 0 THEN NULL WHEN e.code LIKE 'd%%' THEN 1000 + mod(r.id, 700)
            ELSE 5 + mod(r.id * 7 + e.id, 900) END, '', ''
FROM indicators_report r CROSS JOIN indicators_element e
"""
_TOTALS = """
INSERT INTO indicators_total (place_id, element_id, cut, amount, told, absent, estimated)
SELECT r.place_id, v.element_id, '', v.amount, 1, 0, 0
FROM indicators_value v JOIN indicators_report r ON r.id = v.report_id WHERE v.amount IS NOT NULL
"""
_SUMS_ABOVE = """
INSERT INTO indicators_total (place_id, element_id, cut, amount, told, absent, estimated)
SELECT p.above_id, t.element_id, '', sum(t.amount), sum(t.told), 0, 0
FROM indicators_total t JOIN indicators_place p ON p.id = t.place_id WHERE p.level = %(level)s
GROUP BY p.above_id, t.element_id
"""
SCAN = "SELECT status, count(*), sum(amount) FROM indicators_value GROUP BY status"


def execute(sql: str, **values):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def build() -> None:
    """Five numerators share a denominator, as rates of one population do."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from services.indicators.models import Element, Indicator, Reference, Round
    from services.organizations.models import Organization
    from services.plan_reviews.models import Goal, Plan, Target, Unit

    execute(_TREE, counties=COUNTIES, places=SIZES.places)
    city, now = Organization.objects.get(path="0001"), timezone.now()
    by = get_user_model().objects.create(username="bench")
    common = {"owner": city, "title": "示例", "domain": "health"}
    wholes = Element.objects.bulk_create(
        Element(**common, code=f"d{n}", level=3) for n in range(max(SIZES.indicators // 5, 1))
    )
    parts = Element.objects.bulk_create(
        Element(**common, code=f"n{n}", level=3, protected=n % 10 == 0) for n in range(SIZES.indicators)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(**common, code=f"i{n}", numerator=part, denominator=wholes[n // 5 % len(wholes)], unit="%", place=n)
        for n, part in enumerate(parts)
    )
    years = {"first_year": FIRST, "midterm_year": FIRST + 5, "last_year": FIRST + 15, "base_year": FIRST}
    plan = Plan.objects.create(owner=city, audience="women", title="示例", **years)
    lead = Unit.objects.create(owner=city, name="示例")
    goal = Goal.objects.create(plan=plan, domain="health", code="1", title="示例", lead=lead)
    Target.objects.bulk_create(
        Target(
            goal=goal,
            indicator=one,
            organization=city,
            due_year=FIRST + 15,
            comparator="ge",
            value=Decimal(60),
            source="示例",
            set_at=now,
        )
        for one in indicators
    )
    Reference.objects.bulk_create(
        Reference(indicator=one, year=FIRST, value=Decimal(50), source="示例") for one in indicators
    )
    Round.objects.bulk_create(
        Round(owner=city, year=FIRST + n, state="locked", due_on=now, opened_at=now, locked_at=now)
        for n in range(SIZES.years)
    )
    # Every key is taken from a row just written: asking the server to look each up again takes an hour.
    execute("SET session_replication_role = replica")
    execute(_PLACES)
    execute(_ABOVE)
    execute(_REPORTS, by=by.pk)
    execute(_VALUES)
    execute(_TOTALS)
    for level in (3, 2):
        execute(_SUMS_ABOVE, level=level)
    execute("SET session_replication_role = DEFAULT")
    execute("VACUUM ANALYZE")


def page(path: str) -> tuple:
    """What the page asks and computes; gives met, not due and no data."""
    from services.organizations.models import Organization
    from services.plan_reviews.models import Plan
    from services.plan_reviews.queries.evaluation import evaluate

    plan = Plan.objects.unscoped().select_related("owner").get()
    found = evaluate(plan, Organization.objects.get(path=path), FIRST + SIZES.years - 1)
    counts = found.counts
    assert len(found.lines) == SIZES.indicators
    return counts.met, counts.not_due, counts.no_data


def scan() -> None:
    execute(SCAN)


def measure() -> bool:
    build()
    times: dict[str, list[float]] = {level: [] for level in (*LEVELS, "scan")}
    for _round in range(ROUNDS):
        times["scan"].append(seconds(scan))
        for level, path in LEVELS.items():
            times[level].append(seconds(page, path))
    middle = {level: sorted(taken)[ROUNDS // 2] for level, taken in times.items()}
    worst = 0.0
    for level, path in LEVELS.items():
        ratio = middle[level] / middle["scan"]
        worst = max(worst, ratio)
        told = ", ".join(map(str, page(path)))
        print(
            f"{level:9} page {1000 * middle[level]:7.1f} ms  scan {1000 * middle['scan']:8.1f} ms  ratio {ratio:.3f}"
            f"  met, not due, no data: {told}"
        )
    print(f"evaluation_page ratio {worst:.3f} (allowed {ALLOWED})")
    return worst <= ALLOWED


if __name__ == "__main__":
    raise SystemExit(on_postgres("evaluation_page", measure))
