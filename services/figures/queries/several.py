"""Several statistics at a place and at the branches below it, read together: for pages that show a place whole.

Only statistics that tell on nobody can be read so: what protected ones may show is decided statistic by statistic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.figures.models import Generation, SnapshotNode
from services.figures.queries import gathered
from services.figures.queries.ground import Ground, Place
from services.figures.queries.report import Figure, Line
from services.figures.registry import Statistic, counts
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Whole:
    """By the statistic's code: the line of the place, of what stands at it or in units directly below that have
    nothing below them, and of each branch."""

    totals: dict[str, Line]
    direct: dict[str, Line]
    branches: dict[str, list[Line]]


def whole(which: Sequence[Statistic], ground: Ground, place: Place, period: str) -> Whole:
    """Five queries at most, however many statistics. Raises ``ValueError`` for a protected one."""
    codes = {code for statistic in which for code in statistic.counts}
    if any(counts[code].protected for code in codes):
        raise ValueError("a protected statistic is read by itself")
    below = branches(ground, place)
    paths = [place.path, *(branch.path for branch in below)]
    cells = ground.cells().filter(path__in=paths, count__in=codes, period=period, dimension="", key="")
    totals = {(path, count): total for path, count, total in cells.values_list("path", "count", "total")}
    for (count, path, _key), number in gathered.numbers(codes, ground, gathered.alone(place.path), period).items():
        totals[path, count] = number

    def figures(statistic: Statistic, number) -> dict[str, Figure]:
        return {column.code: Figure(sum(map(number, column.counts))) for column in statistic.columns}

    def line(statistic: Statistic, at: Place) -> Line:
        return Line("", at, figures(statistic, lambda count: totals.get((at.path, count), 0)), statistic)

    def direct(statistic: Statistic) -> Line:
        def rest(count: str) -> int:
            return totals.get((place.path, count), 0) - sum(totals.get((one.path, count), 0) for one in below)

        return Line("", place, figures(statistic, rest), statistic, direct=True)

    return Whole(
        {statistic.code: line(statistic, place) for statistic in which},
        {statistic.code: direct(statistic) for statistic in which},
        {statistic.code: [line(statistic, branch) for branch in below] for statistic in which},
    )


def branches(ground: Ground, place: Place) -> list[Place]:
    """The open organisations directly below that have others below them. One query."""
    if ground.snapshot is not None:
        nodes = SnapshotNode.objects.filter(snapshot=ground.snapshot)
        parents = nodes.filter(parent_path__startswith=place.path).values("parent_path")
        found = nodes.filter(parent_path=place.path, path__in=parents).order_by("path")
        return [Place(node.organization, node.path, node.name, node.code, True) for node in found]
    depth = len(place.path) // Organization.steplen + 1
    found = Organization.objects.below(place.path).filter(depth=depth, numchild__gt=0, closed_on__isnull=True)
    return [Place(*row, True) for row in found.values_list("pk", "path", "name", "code")]


def generation() -> int:
    """Rises whenever a fold has changed what pages show: what was made of figures of one generation stays true until
    the next. One query; fold first."""
    return Generation.objects.values_list("number", flat=True).first() or 0
