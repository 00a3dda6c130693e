"""Figures of inspections: three rates that are never one, what fails most, who was late, county against city."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count
from django.utils.timezone import localdate

from services.home_inspections.enums import CONCLUDED, DrawPurpose, DrawState, Outcome, RectificationState, Round
from services.home_inspections.models import DrawItem, HomeDraw, Inspection, Rectification
from services.home_inspections.queries.inspections import alive, county_progress
from services.home_inspections.rules import comparing, interval


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with both of its numbers; no rate where there is nothing to count."""

    part: int
    whole: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def per_cent(self) -> Decimal | None:
        return per_cent(self.rate)


def per_cent(rate: Fraction | None) -> Decimal | None:
    if rate is None:
        return None
    return (Decimal(rate.numerator) * 100 / Decimal(rate.denominator)).quantize(Decimal("0.1"))


@dataclass(slots=True)
class CountyLine:
    name: str
    code: str
    path: str
    homes: int
    inspected: int
    first_passed: int = 0
    drawn: int = 0
    city_passed: int = 0
    final: int = 0


@dataclass(slots=True)
class Figures:
    """``census``: the county's first visits, of all homes. ``first_pass``: the city's first visits, a sample.
    ``final``: homes whose last concluded visit they passed, of all homes."""

    homes: int
    census_done: Share
    census: Share
    sampled: Share
    first_pass: Share
    weighted: Fraction | None
    interval: interval.Interval | None
    final: Share
    counties: list[CountyLine]
    spread: list[tuple[int, int, int]]
    failing: list[tuple[str, str, int, int]]
    on_time: Share
    overdue: int
    compared: list[dict] = field(default_factory=list)
    missed: list[tuple[int, Fraction]] = field(default_factory=list)

    @property
    def flagged(self) -> int:
        return sum(one["difference"].flagged for one in self.compared)


def _concluded(programme):
    found = Inspection.objects.unscoped().filter(home__programme=programme, state__in=CONCLUDED)
    return found.order_by("confirmed_at", "pk")


def final_passed(programme) -> set[int]:
    """Homes whose last concluded visit they passed. One query."""
    last = dict(_concluded(programme).values_list("home_id", "passed"))
    return {home for home, passed in last.items() if passed}


def figures_of(programme, *, today, path: str = "") -> Figures:
    """Everything of a programme at or below a place: a constant number of queries whatever the number of homes."""
    homes = {
        row["pk"]: row for row in alive(programme).filter(host__path__startswith=path).values("pk", "code", "county_id")
    }
    visits = [
        one
        for one in _concluded(programme).values(
            "home_id", "round", "again_of_id", "passed", "score", "breakdown", "rubric__difference_limit", "token"
        )
        if one["home_id"] in homes
    ]
    county = {one["home_id"]: one for one in visits if one["round"] == Round.COUNTY and one["again_of_id"] is None}
    city = {one["home_id"]: one for one in visits if one["round"] == Round.CITY and one["again_of_id"] is None}
    last = {one["home_id"]: one for one in visits}
    strata, drawn = _strata(programme, homes, city)
    seen = {home: one for home, one in city.items() if home in drawn}
    passed = sum(one["passed"] for one in seen.values())
    population = sum(one.size for one in strata)
    return Figures(
        homes=len(homes),
        census_done=Share(len(county), len(homes)),
        census=Share(sum(one["passed"] for one in county.values()), len(county)),
        sampled=Share(len(seen), len(homes)),
        first_pass=Share(passed, len(seen)),
        weighted=interval.weighted_rate(strata) if strata else None,
        interval=interval.interval(population=population, seen=len(seen), passed=passed) if seen else None,
        final=Share(sum(one["passed"] for one in last.values()), len(homes)),
        counties=_counties(programme, homes, county, seen, last, path),
        spread=comparing.spread([one["score"] for one in county.values()]),
        failing=_failing(county.values()),
        on_time=_on_time(programme, path),
        overdue=_findings(programme, path).filter(due_on__lt=today).exclude(state="accepted").count(),
        compared=_compared(homes, county, city),
        missed=[
            (bad, interval.missed(population=population, seen=len(seen), bad=bad))
            for bad in (1, 2, 3, 5, 10)
            if seen and bad < population
        ],
    )


def _strata(programme, homes: dict, city: dict) -> tuple[list[interval.Stratum], set[int]]:
    """Strata of the acceptance draw with what was seen of each; homes called in from the reserve count as drawn,
    those of the must-visit list don't."""
    draws = HomeDraw.objects.unscoped().filter(programme=programme, purpose=DrawPurpose.ACCEPTANCE)
    draw = draws.filter(state__in=[DrawState.PUBLISHED, DrawState.EXECUTED]).only("pk").first()
    if draw is None:
        return [], set()
    sizes, seen, good, drawn = Counter(), Counter(), Counter(), set()
    lines = DrawItem.objects.filter(draw=draw).values_list("home_id", "stratum", "selected", "called_in", "outcome")
    for home, stratum, selected, called_in, outcome in lines:
        if home not in homes:
            continue
        sizes[stratum] += 1
        if (selected or called_in) and outcome == Outcome.VISITED and home in city:
            drawn.add(home)
            seen[stratum] += 1
            good[stratum] += city[home]["passed"]
    return [interval.Stratum(sizes[one], seen[one], good[one]) for one in sorted(sizes)], drawn


def _counties(programme, homes, county, city, last, path: str) -> list[CountyLine]:
    lines = {
        row["county_id"]: CountyLine(row["name"], row["code"], row["path"], row["homes"], row["done"])
        for row in county_progress(programme)
        if row["path"].startswith(path) or path.startswith(row["path"])
    }
    for pk, home in homes.items():
        line = lines.get(home["county_id"])
        if line is None:
            continue
        line.first_passed += bool(pk in county and county[pk]["passed"])
        line.drawn += pk in city
        line.city_passed += bool(pk in city and city[pk]["passed"])
        line.final += bool(pk in last and last[pk]["passed"])
    return list(lines.values())


def _failing(visits) -> list[tuple[str, str, int, int]]:
    """Criteria by how often points were lost at the county's first visit: (item, criterion, lost, failed)."""
    lost, failed, item_of = Counter(), Counter(), {}
    for one in visits:
        for item in one["breakdown"].get("items", []):
            for line in item["lines"]:
                if line["why"] == "given":
                    item_of[line["code"]] = item["code"]
                    lost[line["code"]] += line["points"] != line["weight"]
                    failed[line["code"]] += line["failed"]
    order = sorted(item_of, key=lambda code: (-lost[code], -failed[code], code))
    return [(item_of[code], code, lost[code], failed[code]) for code in order if lost[code]]


def _findings(programme, path: str):
    return Rectification.objects.unscoped().filter(home__programme=programme, home__host__path__startswith=path)


def _on_time(programme, path: str) -> Share:
    done = _findings(programme, path).filter(state=RectificationState.ACCEPTED)
    counted = done.values_list("accepted_at", "due_on")
    good = [localdate(at) <= due for at, due in counted]
    return Share(sum(good), len(good))


def _compared(homes: dict, county: dict, city: dict) -> list[dict]:
    found = []
    for pk in sorted(set(county) & set(city), key=lambda pk: homes[pk]["code"]):
        first, second = county[pk], city[pk]
        difference = comparing.compare(
            first["score"],
            second["score"],
            county_passed=first["passed"],
            city_passed=second["passed"],
            limit=second["rubric__difference_limit"],
        )
        found.append(
            {
                "code": homes[pk]["code"],
                "county": first["score"],
                "city": second["score"],
                "difference": difference,
                "token": second["token"],
            }
        )
    return sorted(found, key=lambda one: (not one["difference"].flagged, -abs(one["difference"].delta)))


def findings_by_state(programme, path: str = "") -> dict[str, int]:
    rows = _findings(programme, path).order_by().values_list("state").annotate(Count("pk"))
    return defaultdict(int, rows)
