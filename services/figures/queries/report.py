"""A statistic at a place: its lines, its splits, its month ends. Sums are made of counts, rates of sums."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction

from django.db.models import Q
from django.utils.timezone import make_aware

from services.figures.models import SnapshotCell, SnapshotNode, Target
from services.figures.queries import gathered
from services.figures.queries.ground import Ground, Place, snapshots
from services.figures.queries.published import Published, is_protected, published
from services.figures.registry import NOW, Column, Dimension, Statistic, counts
from services.figures.rules.numbers import percentile_bucket, rate


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` None: no data, or hidden for somebody's sake."""

    value: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. ``place`` None: the key of a split."""

    key: str
    place: Place | None
    figures: dict[str, Figure]
    statistic: Statistic
    direct: bool = False

    @property
    def rate(self) -> Fraction | None:
        if self.statistic.denominator is None:
            return None
        numerator, denominator = (
            self.figures[self.statistic.numerator.code],
            self.figures[self.statistic.denominator.code],
        )
        return rate(numerator.value, denominator.value)

    @property
    def value(self) -> Fraction | int | None:
        """What the statistic is about: the rate, or the number."""
        return self.rate if self.statistic.denominator else self.figures[self.statistic.numerator.code].value

    @property
    def hidden(self) -> bool:
        named = (self.statistic.numerator, self.statistic.denominator)
        return any(self.figures[column.code].hidden for column in named if column)


@dataclass(frozen=True, slots=True)
class Table:
    total: Line
    kept: Line
    children: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.children, self.kept]


def periods(statistic: Statistic, ground: Ground) -> list[str]:
    """The periods in which anything was counted anywhere, the latest first."""
    found = ground.cells().filter(count__in=statistic.counts, dimension="", parent_path="")
    return sorted(set(found.values_list("period", flat=True)), reverse=True)


def told_at(statistic: Statistic, ground: Ground, dimension: Dimension | None) -> Ground:
    """Protected numbers of the present are those of the last month end: day by day they would differ by one woman.

    Before the first month end was kept (within an hour of the first start) there is nothing to differ from.
    """
    if ground.snapshot is not None or not any(is_protected(counts[code], dimension) for code in statistic.counts):
        return ground
    last = snapshots().first()
    return Ground(last) if last else ground


def place_told(statistic: Statistic, told: Ground, place: Place, period: str) -> Place | None:
    """Where the place stood then; None when nothing of the period had been counted by then, or it wasn't there."""
    return told.place_then(place.organization) if period in periods(statistic, told) else None


def occurs(statistic: Statistic, ground: Ground, dimension: Dimension, key: str, *, within: Iterable[str]) -> bool:
    """Was anything ever counted under this key at or below these paths, or is it one of the fixed ones?"""
    if key in dimension.keys:
        return True
    paths = list(within)
    cells = ground.cells().filter(path__in=paths, count__in=statistic.counts, dimension=dimension.code, key=key)
    if cells.exists():
        return True
    single = gathered.numbers(statistic.counts, ground, gathered.alone(*paths), NOW, dimension.code)
    return any(of == key for _count, _path, of in single)


def table(
    statistic: Statistic,
    ground: Ground,
    place: Place,
    period: str,
    *,
    dimension: Dimension | None = None,
    key: str = "",
) -> Table:
    """The place, its own part and every child; with ``dimension`` the same for one of its keys alone."""
    told = told_at(statistic, ground, dimension)
    if told is not ground:
        then = place_told(statistic, told, place, period)
        if then is None:
            nothing = Line("", place, _all_hidden(statistic), statistic)
            return Table(nothing, replace(nothing, direct=True), [])
        return table(statistic, told, then, period, dimension=dimension, key=key)
    numbers = _numbers(statistic, ground, place.path, period, dimension, key)
    shown = _shown(statistic, ground, place.path, period, dimension)

    def line(at: Place, *, own: bool = False) -> Line:
        figures = {
            column.code: _figure(column, at.path, own, numbers, shown, dimension, key) for column in statistic.columns
        }
        return Line("", at, figures, statistic, direct=own)

    children = ground.children(place.path, with_cells={path for _count, path in numbers})
    return Table(line(place), line(place, own=True), [line(child) for child in children])


def _all_hidden(statistic: Statistic) -> dict[str, Figure]:
    return {column.code: Figure(None, hidden=True) for column in statistic.columns}


Numbers = dict[tuple[str, str], tuple[int, int]]


def _numbers(statistic, ground, path: str, period: str, dimension: Dimension | None, key: str) -> Numbers:
    found = ground.cells().filter(
        Q(path=path) | Q(parent_path=path),
        count__in=statistic.counts,
        period=period,
        dimension=dimension.code if dimension else "",
        key=key,
    )
    numbers = {
        (count, at): (own, total) for count, at, own, total in found.values_list("count", "path", "own", "total")
    }
    split = dimension.code if dimension else ""
    single = gathered.numbers(statistic.counts, ground, gathered.at_place(path), period, split)
    for (count, at, of), number in single.items():
        if of == key:
            _own, total = numbers.get((count, at), (0, number))
            numbers[count, at] = (number, total)
    for code in () if ground.snapshot else statistic.counts:
        if counts[code].gathered and (code, path, key) not in single:
            numbers[code, path] = (0, numbers.get((code, path), (0, 0))[1])
    return numbers


def _shown(statistic, ground, path: str, period: str, dimension: Dimension | None) -> dict[str, Published]:
    """What decides on each count; sums are decided on by the count of those whom they are the sums of."""
    deciding = {code: counts[counts[code].told_like or code] for code in statistic.counts}
    return {code: published(ground, count, period, path, dimension) for code, count in deciding.items()}


def _figure(column: Column, path, own, numbers, shown, dimension: Dimension | None, key: str) -> Figure:
    """The sum of the column's counts; missing when a count isn't split this way, hidden when one of them is."""
    if dimension and any(dimension.code not in counts[code].dimensions for code in column.counts):
        return Figure(None)
    for code in column.counts:
        seen = shown[code].cell(path, key, own=own) if dimension else shown[code].total(path, own=own)
        if not seen:
            return Figure(None, hidden=True)
    return Figure(sum(numbers.get((code, path), (0, 0))[0 if own else 1] for code in column.counts))


def split(statistic: Statistic, ground: Ground, place: Place, period: str, dimension: Dimension) -> list[Line]:
    """The place by the keys of a dimension: all of them where they are fixed, else those that occur."""
    told = told_at(statistic, ground, dimension)
    if told is not ground:
        then = place_told(statistic, told, place, period)
        if then is None:
            return [Line(key, None, _all_hidden(statistic), statistic) for key in dimension.keys]
        return split(statistic, told, then, period, dimension)
    found = ground.cells().filter(path=place.path, count__in=statistic.counts, period=period, dimension=dimension.code)
    numbers: dict[str, Numbers] = defaultdict(dict)
    single = gathered.numbers(statistic.counts, ground, gathered.alone(place.path), period, dimension.code)
    for (count, at, key), number in single.items():
        numbers[key][count, at] = (number, number)
    for count, key, own, total in found.values_list("count", "key", "own", "total"):
        numbers[key][count, place.path] = (own, total)
    shown = _shown(statistic, ground, place.path, period, dimension)
    occurring = numbers.keys() | {key for seen in shown.values() for key in seen.keys}
    keys = [*dimension.keys, *sorted(occurring - set(dimension.keys))]
    return [
        Line(
            key,
            None,
            {
                column.code: _figure(column, place.path, False, numbers[key], shown, dimension, key)
                for column in statistic.columns
            },
            statistic,
        )
        for key in keys
    ]


def median(lines: list[Line]) -> Line | None:
    """The line of the bucket in which the middle one lies; None without data, or when a bucket is hidden."""
    return percentile(lines, 50)


def percentile(lines: list[Line], per_cent: int) -> Line | None:
    """The line of the first bucket up to which at least so many per cent lie; None as for the median."""
    column = lines[0].statistic.numerator.code if lines else ""
    values = [line.figures[column].value for line in lines]
    if not lines or None in values:
        return None
    index = percentile_bucket(values, per_cent)
    return None if index is None else lines[index]


@dataclass(frozen=True, slots=True)
class History:
    """The undivided figure at a month end."""

    day: date
    value: Fraction | int | None


def months(statistic: Statistic, organization: int, period: str) -> list[History]:
    """Every month end that was kept, the oldest first. Protected totals have no history on a page. Two queries."""
    if statistic.median_of or any(counts[code].protected for code in statistic.counts):
        return []
    nodes = SnapshotNode.objects.filter(organization=organization).select_related("snapshot")
    where = {node.snapshot_id: node for node in nodes}
    found = SnapshotCell.objects.filter(
        snapshot__in=where,
        path__in={node.path for node in where.values()},
        count__in=statistic.counts,
        period=period,
        dimension="",
    )
    totals: dict[int, dict[str, int]] = defaultdict(dict)
    for snapshot, path, count, total in found.values_list("snapshot_id", "path", "count", "total"):
        if where[snapshot].path == path:
            totals[snapshot][count] = total
    return [
        History(where[snapshot].snapshot.day, _value(statistic, by_count))
        for snapshot, by_count in sorted(totals.items(), key=lambda item: where[item[0]].snapshot.day)
    ]


def _value(statistic: Statistic, by_count: dict[str, int]) -> Fraction | int | None:
    def total(column: Column) -> int:
        return sum(by_count.get(code, 0) for code in column.counts)

    if statistic.denominator is None:
        return total(statistic.numerator)
    return rate(total(statistic.numerator), total(statistic.denominator))


def aim_period(period: str, ground: Ground, *, today: date) -> str:
    """The period whose target counts: what is counted as it stands is to be reached within its year."""
    day = ground.snapshot.day if ground.snapshot else today
    return str(day.year) if period == NOW else period


def latest_target(statistic: Statistic, organization: int, period: str, ground: Ground | None = None) -> Target | None:
    """The last one that was set; at a month end, the last until then."""
    found = Target.objects.filter(statistic=statistic.code, organization=organization, period=period)
    if ground is not None and ground.snapshot is not None:
        found = found.filter(set_at__lt=make_aware(datetime.combine(ground.snapshot.day, time.max)))
    return found.select_related("set_by").first()
