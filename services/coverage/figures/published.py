"""Coverage as everybody may read it: by district, at the last month end that was kept."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings

from services.coverage.figures.overview import ALL, COVERAGES, REQUIRED
from services.coverage.rules.published import together
from services.figures.models import SnapshotNode
from services.figures.queries import Ground, Line, Place, snapshots, whole
from services.figures.registry import NOW, Statistic
from services.figures.rules.numbers import rate
from services.organizations.enums import Branch
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Row:
    """``name`` empty: several districts together. Of each coverage part and whole, by the statistic's code."""

    name: str
    numbers: dict[str, tuple[int, int]]

    def rate(self, statistic: Statistic) -> Fraction | None:
        return rate(*self.numbers[statistic.code])


@dataclass(frozen=True, slots=True)
class Published:
    day: date
    name: str
    rows: list[Row]
    total: Row


def published() -> list[Published]:
    """One a federation at the top of a tree; [] before the first month end, or where no union is on record."""
    last = snapshots().first()
    if last is None:
        return []
    tops = Organization.objects.filter(depth=1, branch=Branch.TRADE_UNION)
    nodes = SnapshotNode.objects.filter(snapshot=last, organization__in=tops.values("pk")).order_by("path")
    found = [_of(Ground(last), Place(node.organization, node.path, node.name, node.code), last.day) for node in nodes]
    return [one for one in found if one.total.numbers[ALL.code][1]]


def _of(ground: Ground, place: Place, day: date) -> Published:
    seen = whole(COVERAGES, ground, place, NOW)
    total = _row(place.name, [{one.code: seen.totals[one.code] for one in COVERAGES}])
    lines = {}
    for one in COVERAGES:
        for line in [*seen.branches[one.code], seen.direct[one.code]]:
            lines.setdefault((line.place.path, line.direct), {})[one.code] = line
    # One in which none must have a committee isn't left out: the total of all unions would tell on it.
    sizes = [(key, _numbers(of[REQUIRED.code])[1] or min(1, _numbers(of[ALL.code])[1])) for key, of in lines.items()]
    alone, rest = together(
        [(key, size if not key[1] else min(size, settings.COVERAGE_RANKED_FROM - 1)) for key, size in sizes],
        least=settings.COVERAGE_RANKED_FROM,
    )
    rows = [_row(lines[key][ALL.code].place.name, [lines[key]]) for key in alone]
    if rest:
        rows.append(_row("", [lines[key] for key in rest]))
    return Published(day, place.name, rows, total)


def _numbers(line: Line) -> tuple[int, int]:
    statistic = line.statistic
    return tuple(line.figures[one.code].value for one in (statistic.numerator, statistic.denominator))


def _row(name: str, lines: list[dict[str, Line]]) -> Row:
    numbers = {}
    for one in COVERAGES:
        told = [_numbers(line[one.code]) for line in lines]
        numbers[one.code] = (sum(part for part, _whole in told), sum(size for _part, size in told))
    return Row(name, numbers)
