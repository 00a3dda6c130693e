"""Figures of children's files by county, made of rolled-up counts: the same cost with a hundred homes or thousands."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from services.child_files.enums import CURRENT, LISTED, UNCONSENTED, AgeBand, FileState, Purpose, Sex
from services.child_files.figures.counted import (
    AGREED,
    BAND,
    CHILDREN,
    CODES,
    CONCERNS,
    FIELD,
    FIELDS,
    FILES,
    FILLED_IN,
    PROGRAMME,
    PURPOSE,
    SEX,
    STATE,
)
from services.child_files.models import FILLED, Child
from services.child_files.policies import COUNTY_LENGTH
from services.child_files.rules.small import Share, concern_count, shown_shares, shown_splits, shown_totals
from services.childrens_homes.models import Programme
from services.figures.queries import Ground
from services.figures.registry import NOW
from services.foundation.scope import path_filter
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Line:
    """One county, or all of them. None: hidden."""

    name: str
    children: int | None
    sexes: tuple[int, ...] | None
    bands: tuple[int, ...] | None
    complete: Share | None
    fields: dict[str, Share | None]
    consents: dict[str, Share | None]
    agreed: Share | None
    overdue: Share | None


@dataclass(frozen=True, slots=True)
class Report:
    lines: list[Line]
    total: Line
    concerns: int | None
    day: date

    @property
    def hides(self) -> bool:
        return any(line.children is None or line.sexes is None or line.bands is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Exact, and so for nobody's eyes: by the county's key, and by (county, purpose)."""

    counts: dict[int, dict[str, int]]
    consents: dict[tuple[int, str], int]
    concerns: int
    names: dict[int, str]


def report(paths: tuple[str, ...], on: date) -> Report:
    """What may be shown of ``numbers``."""
    found = numbers(paths, on)
    keys = sorted(found.counts, key=lambda key: found.names[key])
    lines = _lines({key: found.counts[key] for key in keys}, found.consents, found.names)
    return Report(lines, _total(found.counts, found.consents), concern_count(found.concerns), on)


def numbers(paths: tuple[str, ...], on: date) -> Numbers:
    """Three queries, whatever the number of children. ``paths`` don't lie within each other; fold first."""
    cells = _cells_by_county(paths)
    counties = _counties(cells)
    late = _not_called_yet(paths, on)
    rows = {key: _row(cells[path], late.get(key, 0)) for path, (key, _name) in counties.items()}
    consents = {
        (key, purpose): given
        for path, (key, _name) in counties.items()
        for purpose in Purpose.values
        if (given := cells[path][AGREED, PURPOSE, purpose])
    }
    concerns = sum(county[CONCERNS, "", ""] for county in cells.values())
    return Numbers({key: row for key, row in rows.items() if row["known"]}, consents, concerns, dict(counties.values()))


def enrolled(programme: Programme, paths: tuple[str, ...]) -> dict[int, int]:
    """Children who are looked after now in the programme's homes within ``paths``, by the county's key. Two queries,
    whatever their number; fold first."""
    which = {"count": CHILDREN, "dimension": PROGRAMME, "key": str(programme.pk)}
    cells = _cells_by_county(paths, **which)
    return {key: sum(cells[path].values()) for path, (key, _name) in _counties(cells).items()}


def _cells_by_county(paths: tuple[str, ...], **which) -> dict[str, Counter[tuple[str, str, str]]]:
    """By path of the county: what its cells, or those of places in it, hold by (count, dimension, key)."""
    above = [path for path in paths if len(path) < COUNTY_LENGTH]
    within = [path for path in paths if len(path) >= COUNTY_LENGTH]
    places = Q(parent_path__in=above) | Q(path__in=within)
    rows = Ground().cells().filter(places, **{"count__in": CODES, "period": NOW} | which)
    found: dict[str, Counter] = defaultdict(Counter)
    for path, count, dimension, key, total in rows.values_list("path", "count", "dimension", "key", "total"):
        found[path[:COUNTY_LENGTH]][count, dimension, key] += total
    return found


def _counties(paths: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Key and name of each."""
    rows = Organization.objects.filter(path__in=list(paths)).values_list("path", "pk", "name")
    return {path: (key, name) for path, key, name in rows}


def _not_called_yet(paths: tuple[str, ...], on: date) -> dict[int, int]:
    """Files whose review is overdue and that don't say so, by county: none, once the day's work has been done. The
    calendar leaves no mark, so they are counted."""
    inside = path_filter("home__host__path", paths)
    rows = Child.objects.unscoped().filter(inside, state=FileState.ACTIVE, review_due_on__lt=on).order_by()
    return dict(rows.values_list("home__county").annotate(n=Count("pk")))


def _row(cells: Counter, late: int) -> dict[str, int]:
    states = {state: cells[FILES, STATE, state] for state in LISTED}
    return {
        "children": sum(states[state] for state in CURRENT),
        "known": sum(states.values()),
        "waiting": sum(states[state] for state in UNCONSENTED),
        "overdue": states[FileState.REVIEW_DUE] + late,
        **{f"sex_{sex}": cells[CHILDREN, SEX, sex] for sex in Sex.values},
        **{f"band_{band}": cells[CHILDREN, BAND, band] for band in AgeBand.values},
        **{name: cells[FILLED_IN, FIELD, name] for name in FIELDS},
    }


def _cells(row: dict, prefix: str, values) -> tuple[int, ...]:
    """Those whose value isn't filled in stand last, so that cells add up to the children."""
    cells = tuple(row[f"{prefix}_{value}"] for value in values)
    return (*cells, row["children"] - sum(cells))


def _lines(counts: dict, consents: dict, names: dict) -> list[Line]:
    children = shown_totals({key: row["children"] for key, row in counts.items()})
    few = frozenset(key for key, shown in children.items() if shown is None)
    sexes = shown_splits({key: _cells(row, "sex", Sex.values) for key, row in counts.items()})
    bands = shown_splits({key: _cells(row, "band", AgeBand.values) for key, row in counts.items()})

    def shares(pairs: dict) -> dict:
        return {key: None if key in few else share for key, share in shown_shares(pairs).items()}

    complete = shares({key: (row["complete"], row["children"]) for key, row in counts.items()})
    agreed = shares({key: (row["known"] - row["waiting"], row["known"]) for key, row in counts.items()})
    overdue = shares({key: (row["overdue"], row["children"]) for key, row in counts.items()})
    fields = {name: shares({key: (row[name], row["children"]) for key, row in counts.items()}) for name in FILLED}
    given = {
        purpose: shares({key: (consents.get((key, purpose), 0), row["children"]) for key, row in counts.items()})
        for purpose in Purpose.values
    }
    return [
        Line(
            names[key],
            children[key],
            sexes[key],
            bands[key],
            complete[key],
            {name: found[key] for name, found in fields.items()},
            {purpose: found[key] for purpose, found in given.items()},
            agreed[key],
            overdue[key],
        )
        for key in counts
    ]


def _total(counts: dict, consents: dict) -> Line:
    """All counties together, judged as the only part there is."""
    added: dict[str, int] = {}
    for row in counts.values():
        for name, value in row.items():
            added[name] = added.get(name, 0) + value
    if not added:
        return Line("", 0, None, None, None, {}, {}, None, None)
    together: dict[tuple, int] = {}
    for (_county, purpose), count in consents.items():
        together[(0, purpose)] = together.get((0, purpose), 0) + count
    return _lines({0: added}, together, {0: ""})[0]
