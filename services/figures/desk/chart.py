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
    """What passes in time, from left to right in a drawing of 100 by 100; a gap where nothing is known.

    ``wholes`` stand pale behind ``bars``: what the numbers are a part of.
    """

    bars: list[tuple[str, str, str, str]]  # x, y, width, height
    wholes: list[tuple[str, str, str, str]]
    first: str
    last: str
    most: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on a map of tiles; filled from below by ``height`` of a hundred, empty where nothing is known."""

    name: str
    text: str
    url: str
    top: str
    height: str


@dataclass(frozen=True, slots=True)
class Map:
    """``rows`` of equal length, None for an empty place; ``missing`` are the names of what isn't drawn on it."""

    rows: list[list[Tile | None]]
    missing: list[str]


Point = tuple[str, str, float | None]  # name, the value in words, the value


def bars(points: Sequence[Point]) -> list[Bar]:
    """One bar a name; none at all when there is nothing to compare."""
    known = [value for _name, _text, value in points if value is not None]
    if len(known) < 2 or len(points) > MOST_BARS or max(known) <= 0:
        return []
    return [Bar(name, text, "" if not value else f"{100 * value / max(known):.2f}%") for name, text, value in points]


def columns(points: Sequence[Point], wholes: Sequence[float | None] = ()) -> Columns | None:
    points, wholes = points[-MOST_COLUMNS:], wholes[-MOST_COLUMNS:]
    known = [(value, text) for _name, text, value in points if value is not None]
    highest = max([value for value, _text in known] + [whole for whole in wholes if whole], default=0)
    if len(known) < 2 or highest <= 0:
        return None
    values = [value for _name, _text, value in points]
    return Columns(_drawn(values, highest), _drawn(wholes, highest), points[0][0], points[-1][0], max(known)[1])


def _drawn(values: Sequence[float | None], highest: float) -> list[tuple[str, str, str, str]]:
    found, width = [], 100 / max(len(values), 1)
    for index, value in enumerate(values):
        height = 100 * (value or 0) / highest
        found.append(tuple(f"{n:.2f}" for n in (index * width + width * 0.1, 100 - height, width * 0.8, height)))
    return found


def tiles(rows: Sequence[Sequence[int | None]], points: dict[int, tuple[str, str, str, float | None]], whole: float):
    """A map of what was drawn; None where fewer than two are. ``points``: by key name, value in words, address, value;
    ``whole``: the value of a full tile."""
    drawn = {key for row in rows for key in row if key in points}
    if len(drawn) < 2:
        return None
    shown = [[_tile(*points[key], whole) if key in points else None for key in row] for row in rows]
    return Map(shown, [name for key, (name, *_rest) in points.items() if key not in drawn])


def _tile(name: str, text: str, url: str, value: float | None, whole: float) -> Tile:
    share = min(100 * value / whole, 100) if value and whole > 0 else 0
    return Tile(name, text, url, f"{100 - share:.1f}", f"{share:.1f}" if share else "")
