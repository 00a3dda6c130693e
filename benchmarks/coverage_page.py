"""The leader's page at any level with 100,000 unions and 3 million women, against one scan of the facts.

``page`` is everything the page asks of the database and computes: folding what is pending (nothing), both coverages and
the five other statistics with every branch, month ends, targets, who moved, the ranking, and what the other services
tell. Templates are left out on both sides. ``scan`` looks at every woman and every standing once, without a join. Both
take turns; each level's figure is the middle one of several rounds, divided by the middle scan. ``growth`` is the same
page with a hundredth of the unions in the same tree. Before each round one page is asked for that isn't counted.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/coverage_page.py [--unions N --women N]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.coverage_world import arguments, build, on_postgres, scan, seconds

ALLOWED, GROWTH, ROUNDS = 0.2, 1.2, 15
LEVELS = {"city": "0001", "county": "00010003", "township": "000100030004", "union": "0001000300040005"}
SIZES = arguments(unions=100_000, women=3_000_000)


def page(path: str) -> tuple[int, int]:
    """What the page asks and computes; gives both numbers of the first coverage."""
    from services.coverage.figures.overview import REQUIRED, beside, overview
    from services.figures import actions
    from services.figures.queries import Ground
    from services.foundation import clock
    from services.organizations.models import Organization

    actions.fold()
    organization, ground = Organization.objects.get(path=path), Ground()
    place = ground.place(organization)
    seen = overview(organization, place, ground, today=clock.today())
    beside(place, ground, readable=lambda statistic: True)
    line = seen.line(REQUIRED)
    return tuple(line.figures[one.code].value for one in (REQUIRED.numerator, REQUIRED.denominator))


def counted(path: str) -> tuple[int, int]:
    """The same two numbers, from the standings themselves."""
    from services.coverage.models import Standing

    must = Standing.objects.below(path).filter(required="committee")
    return must.filter(built="yes").count(), must.count()


def rounds(*, scanning: bool) -> dict[str, float]:
    """Middle seconds of every level, and of the scan."""
    times = {level: [] for level in (*LEVELS, *(["scan"] if scanning else []))}
    for _round in range(ROUNDS):
        if scanning:
            times["scan"].append(seconds(scan))
        # Whatever comes right after the scan finds the processor's caches full of it, which the small side never does.
        page(LEVELS["union"])
        for level, path in LEVELS.items():
            times[level].append(seconds(page, path))
    return {level: sorted(taken)[ROUNDS // 2] for level, taken in times.items()}


def measure() -> bool:
    few = max(SIZES.unions // 100, 1_000)
    build(few)
    small = rounds(scanning=False)
    build(SIZES.unions, women=SIZES.women, first=few)
    large = rounds(scanning=True)
    worst = worst_growth = 0.0
    for level, path in LEVELS.items():
        assert page(path) == counted(path), level
        ratio, growth = large[level] / large["scan"], large[level] / small[level]
        worst, worst_growth = max(worst, ratio), max(worst_growth, growth)
        print(
            f"{level:9} page {1000 * large[level]:6.1f} ms  scan {1000 * large['scan']:7.1f} ms  ratio {ratio:.2f}"
            f"  with {few} unions {1000 * small[level]:6.1f} ms  growth {growth:.2f}"
        )
    print(f"coverage_page ratio {worst:.2f} (allowed {ALLOWED}), growth {worst_growth:.2f} (allowed {GROWTH})")
    return worst <= ALLOWED and worst_growth <= GROWTH


if __name__ == "__main__":
    raise SystemExit(on_postgres("coverage_page", measure))
