"""The county's mark of a home beside the city's: the real worth of looking twice (D3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """``delta`` is city less county; ``flipped``: one says passed, the other failed."""

    delta: Decimal
    flipped: bool
    flagged: bool


def compare(county: Decimal, city: Decimal, *, county_passed: bool, city_passed: bool, limit: Decimal) -> Difference:
    """Flagged beyond the limit either way, and whenever the verdict flips."""
    delta = city - county
    flipped = county_passed != city_passed
    return Difference(delta, flipped, flipped or abs(delta) > limit)


def spread(scores: Sequence[Decimal], *, width: int = 10) -> list[tuple[int, int, int]]:
    """How many scores lie in each band of ten points: (from, to, number); 100 belongs to the uppermost band."""
    bands = [0] * (100 // width)
    for score in scores:
        bands[min(int(score // width), len(bands) - 1)] += 1
    return [(place * width, (place + 1) * width, number) for place, number in enumerate(bands)]


def ranks(scores: dict, *, least: int) -> dict:
    """Places from the best down, ties share one; nobody is ranked among fewer than ``least``."""
    if len(scores) < least:
        return {}
    ordered = sorted(scores.values(), reverse=True)
    return {key: ordered.index(score) + 1 for key, score in scores.items()}
