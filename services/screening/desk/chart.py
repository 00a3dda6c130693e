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
    left: int
    booked_length: str
    left_length: str


def uptake_bars(result: Uptake) -> list[Bar]:
    """What each child has booked and has left, as the table says it; empty when there is nothing to compare.

    The two don't add up to what it was allocated: its women may use places kept above.
    """
    counted = [
        (row.organization, row.figures.booked, row.figures.left)
        for row in result.rows
        if row.figures.allocated or row.figures.booked
    ]
    if len(counted) < 2 or len(counted) > MOST_BARS:
        return []
    longest = max(booked + left for _organization, booked, left in counted) or 1
    return [
        Bar(organization, booked, left, _share(booked, longest), _share(left, longest))
        for organization, booked, left in counted
    ]


def _share(count: int, longest: int) -> str:
    return f"{100 * count / longest:.2f}%"
