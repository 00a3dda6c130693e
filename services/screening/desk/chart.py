"""The bars of uptake: names and numbers are text that wraps, so that they can be read on a telephone as well."""

from dataclasses import dataclass

from services.organizations.models import Organization
from services.screening.queries import Uptake

MOST_BARS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One organisation. The lengths are shares of the longest bar, as SVG takes them."""

    organization: Organization
    booked: int
    free: int
    booked_length: str
    free_length: str


def uptake_bars(result: Uptake) -> list[Bar]:
    """Booked and still unbooked places of each child; empty when there is nothing to compare."""
    counted = [
        (row.organization, row.figures.booked, max(row.figures.allocated - row.figures.booked, 0))
        for row in result.rows
        if row.figures.allocated or row.figures.booked
    ]
    if len(counted) < 2 or len(counted) > MOST_BARS:
        return []
    longest = max(booked + free for _organization, booked, free in counted)
    return [
        Bar(organization, booked, free, _share(booked, longest), _share(free, longest))
        for organization, booked, free in counted
    ]


def _share(count: int, longest: int) -> str:
    return f"{100 * count / longest:.2f}%"
