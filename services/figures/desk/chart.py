"""Charts as server-rendered SVG; names and numbers are text beside them, so that they can be read on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BARS, MOST_COLUMNS = 24, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """``length`` is its share of the longest, in per cent as SVG takes it; empty where there is nothing to draw."""

    name: str
    text: str
    length: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What passes in time, from left to right in a drawing of 100 by 100; a gap where nothing is known."""

    bars: list[tuple[str, str, str, str]]  # x, y, width, height
    first: str
    last: str
    most: str


Point = tuple[str, str, float | None]  # name, the value in words, the value


def bars(points: Sequence[Point]) -> list[Bar]:
    """One bar a name; none at all when there is nothing to compare."""
    known = [value for _name, _text, value in points if value is not None]
    if len(known) < 2 or len(points) > MOST_BARS or max(known) <= 0:
        return []
    return [
        Bar(name, text, "" if value is None else f"{100 * value / max(known):.2f}%") for name, text, value in points
    ]


def columns(points: Sequence[Point]) -> Columns | None:
    points = points[-MOST_COLUMNS:]
    known = [(value, text) for _name, text, value in points if value is not None]
    if len(known) < 2 or max(known)[0] <= 0:
        return None
    highest, width = max(known)[0], 100 / len(points)
    drawn = []
    for index, (_name, _text, value) in enumerate(points):
        height = 100 * (value or 0) / highest
        drawn.append(tuple(f"{n:.2f}" for n in (index * width + width * 0.1, 100 - height, width * 0.8, height)))
    return Columns(drawn, points[0][0], points[-1][0], max(known)[1])
