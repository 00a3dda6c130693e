"""Where a step lies: the nearest organisation of its level at or above her union, and never nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.organizations.enums import Kind

# How high a kind stands; the two branches are compared by it, so that a route serves both.
_HEIGHT = {
    Kind.GRASSROOTS_UNION: 0,
    Kind.SCHOOL: 0,
    Kind.KINDERGARTEN: 0,
    Kind.TOWNSHIP_UNION: 1,
    Kind.TOWNSHIP_WF: 1,
    Kind.INDUSTRY_UNION: 2,
    Kind.COUNTY_UNION: 3,
    Kind.COUNTY_WF: 3,
    Kind.CITY_UNION: 4,
    Kind.CITY_WF: 4,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation at or above her union. ``open``: it isn't closed."""

    key: int
    path: str
    kind: str
    open: bool = True


def desk_for(level: str, above: Sequence[Place]) -> tuple[Place, bool]:
    """The place that handles a step of ``level``, and whether it is of that very level.

    ``above`` runs from her union up to the top. Where no open organisation of the level exists, the nearest open one
    that stands higher takes its place; where there is none, the highest open one; and the top itself if all are
    closed. Raises ``ValueError`` without any place.
    """
    if not above:
        raise ValueError("no organisation at or above her union")
    living = [place for place in above if place.open]
    for place in living:
        if place.kind == level:
            return place, True
    for place in living:
        if _HEIGHT[place.kind] > _HEIGHT[level]:
            return place, False
    return (living or list(above))[-1], False


def higher(place: Place, above: Sequence[Place]) -> list[Place]:
    """The open places above ``place``, the nearest first."""
    return [one for one in above if one.open and len(one.path) < len(place.path)]
