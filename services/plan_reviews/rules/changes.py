"""How a value moved. Relative per cent, percentage points and per-mille points are three things, and always named:
“下降5.3%”, “1.8个百分点”, “0.3个千分点” (DOMAIN-children-privacy C2, lesson ii). Trend isn't status (lesson i)."""

from dataclasses import dataclass
from fractions import Fraction

PERCENTAGE_POINTS, PER_MILLE_POINTS, UNITS = "percentage_points", "per_mille_points", "units"
BETTER, WORSE, SAME, MOVED = "better", "worse", "same", "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """``points`` in what ``points_of`` names; ``relative`` in per cent of the value before, None where that was nought.
    ``trend``: ``moved`` where neither direction is better."""

    points: Fraction
    points_of: str
    relative: Fraction | None
    trend: str


def points_of(unit: str) -> str:
    """What the difference of two values of this unit is called."""
    return {"%": PERCENTAGE_POINTS, "百分点": PERCENTAGE_POINTS, "‰": PER_MILLE_POINTS}.get(unit, UNITS)


def change(now: Fraction | None, before: Fraction | None, *, unit: str, direction: str) -> Change | None:
    """None when either is missing: from nothing nothing moves."""
    if now is None or before is None:
        return None
    moved = now - before
    relative = moved / abs(before) * 100 if before else None
    return Change(moved, points_of(unit), relative, _trend(now, before, direction))


def _trend(now: Fraction, before: Fraction, direction: str) -> str:
    if now == before:
        return SAME
    better = {
        "up": now > before,
        "keep": now > before,
        "down": now < before,
        "narrow": abs(now) < abs(before),
    }.get(direction)
    if direction == "narrow" and abs(now) == abs(before):
        return SAME
    return MOVED if better is None else BETTER if better else WORSE
