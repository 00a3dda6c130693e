"""A place seen whole: both coverages, how they moved, what stands below it, and what other services tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings

from services.coverage.enums import SizeClass
from services.coverage.figures.unions import SILENT, SIZE, STATISTICS, WITHOUT
from services.coverage.queries.moves import month_of, moved_below
from services.coverage.rules.moves import Moved
from services.coverage.rules.ranking import Ranked, missing_for, ranked
from services.figures import queries
from services.figures.models import Target
from services.figures.queries import Ground, History, Line, Place, Whole
from services.figures.registry import NOW, Statistic, counts, statistics

REQUIRED, ALL, *QUALITY = STATISTICS
COVERAGES = (REQUIRED, ALL)
# Of other apps, known by code alone: whoever doesn't run one of them simply doesn't see it.
BESIDE = ("screening-uptake", "screening-attendance", "mutual-aid-joining", "relief-households", "relief-awards")


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, and how many unions are still missing for it; 0: it is reached."""

    target: Target
    missing: int


@dataclass(frozen=True, slots=True)
class Overview:
    place: Place
    ground: Ground
    day: date
    whole: Whole
    months: dict[str, list[History]]
    aims: dict[str, Aim]
    ranking: list[Ranked]
    moved: list[Moved]

    def line(self, statistic: Statistic) -> Line:
        return self.whole.totals[statistic.code]

    def at(self, path: str, statistic: Statistic) -> Line:
        """The line of one branch."""
        return next(line for line in self.whole.branches[statistic.code] if line.place.path == path)


def overview(organization, place: Place, ground: Ground, *, today: date) -> Overview:
    """About ten queries, however large the tree below. Fold first where the present is asked for."""
    day = ground.snapshot.day if ground.snapshot else today
    whole = queries.whole(STATISTICS, ground, place, NOW)
    months = {one.code: _until(queries.months(one, organization.pk, NOW), day) for one in COVERAGES}
    aims = {one.code: aim for one in COVERAGES for aim in [_aim(one, whole, organization, ground, today)] if aim}
    ranking = ranked(
        ((line.place.path, _part(line), _whole(line)) for line in whole.branches[REQUIRED.code]),
        least=settings.COVERAGE_RANKED_FROM,
    )
    moved = moved_below(place.path, *month_of(day), snapshot=ground.snapshot)
    return Overview(place, ground, day, whole, months, aims, ranking, moved)


def few_without(place: Place, ground: Ground) -> int:
    """Unions with fewer women members than a committee is required for, that have nobody or of which nothing is on
    record. One query."""
    line = next(line for line in queries.split(ALL, ground, place, NOW, SIZE) if line.key == SizeClass.BELOW)
    return sum(line.figures[column.code].value or 0 for column in (WITHOUT, SILENT))


def _part(line: Line) -> int:
    return line.figures[line.statistic.numerator.code].value


def _whole(line: Line) -> int:
    return line.figures[line.statistic.denominator.code].value


def _until(months: Sequence[History], day: date) -> list[History]:
    return [month for month in months if month.day <= day]


def _aim(statistic: Statistic, whole: Whole, organization, ground: Ground, today: date) -> Aim | None:
    period = queries.aim_period(NOW, ground, today=today)
    target = queries.latest_target(statistic, organization.pk, period, ground)
    if target is None:
        return None
    line = whole.totals[statistic.code]
    return Aim(target, missing_for(_part(line), _whole(line), Fraction(target.value)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What another service tells of the place, and where it can be told so of each branch, by path."""

    statistic: Statistic
    period: str
    line: Line
    branches: dict[str, Line]
    protected: bool


def beside(place: Place, ground: Ground, *, readable) -> list[Beside]:
    """The statistics of the other services that ``readable`` admits and that know of anything."""
    found = []
    for statistic in (statistics.get(code) for code in BESIDE):
        if statistic is None or not readable(statistic):
            continue
        periods = queries.periods(statistic, ground)
        if not periods:
            continue
        protected = any(counts[code].protected for code in statistic.counts)
        if protected:
            line, below = queries.table(statistic, ground, place, periods[0]).total, {}
        else:
            whole = queries.whole([statistic], ground, place, periods[0])
            line = whole.totals[statistic.code]
            below = {one.place.path: one for one in whole.branches[statistic.code]}
        found.append(Beside(statistic, periods[0], line, below, protected))
    return found
