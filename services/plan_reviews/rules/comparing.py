"""Is a target met? “以上/以下/以内” include the number, “不满/超过/以外” don't (Civil Code, article 1259); DOMAIN C3.

Values are compared exactly, not as they are rounded for the eye. An indicator without a value is never met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Comparator(StrEnum):
    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    MAINTAIN_GE = "maintain_ge"
    MAINTAIN_LE = "maintain_le"
    RANGE = "range"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    GAP_NARROW = "gap_narrow"
    EQUAL_ZERO = "equal_zero"
    NONE = "none"


MET, NOT_MET, NO_DATA, NO_TARGET, NOT_DUE = "met", "not_met", "no_data", "no_target", "not_due"
# It isn't said how it stands, as that would tell on few people.
WITHHELD = "withheld"
AGAINST_BASE = frozenset({Comparator.TREND_UP, Comparator.TREND_DOWN, Comparator.GAP_NARROW})
MAINTAINING = frozenset({Comparator.MAINTAIN_GE, Comparator.MAINTAIN_LE})
# How people write them, and what they include.
WORDS: Mapping[str, Comparator] = {
    "以上": Comparator.GE,
    "不低于": Comparator.GE,
    "以下": Comparator.LE,
    "以内": Comparator.LE,
    "不高于": Comparator.LE,
    "超过": Comparator.GT,
    "以外": Comparator.GT,
    "不满": Comparator.LT,
    "低于": Comparator.LT,
}


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached. ``high``: the other end of a range; ``base``: what a trend starts from."""

    comparator: str
    target: Fraction | None = None
    high: Fraction | None = None
    base: Fraction | None = None

    @property
    def sought(self) -> bool:
        """Whether there is anything to be judged by."""
        if self.comparator == Comparator.NONE:
            return False
        if self.comparator in AGAINST_BASE or self.comparator == Comparator.EQUAL_ZERO:
            return True
        return self.target is not None and (self.comparator != Comparator.RANGE or self.high is not None)


def judge(value: Fraction | None, aim: Aim) -> str:
    """``met``, ``not_met``, ``no_data`` or ``no_target``. A trend without a base has nothing to be compared with: that
    is no data too."""
    if not aim.sought:
        return NO_TARGET
    if value is None or (aim.comparator in AGAINST_BASE and aim.base is None):
        return NO_DATA
    return MET if _reached(value, aim) else NOT_MET


def _reached(value: Fraction, aim: Aim) -> bool:
    match aim.comparator:
        case Comparator.GE | Comparator.MAINTAIN_GE:
            return value >= aim.target
        case Comparator.LE | Comparator.MAINTAIN_LE:
            return value <= aim.target
        case Comparator.GT:
            return value > aim.target
        case Comparator.LT:
            return value < aim.target
        case Comparator.RANGE:
            return aim.target <= value <= aim.high
        case Comparator.TREND_UP:
            return value > aim.base
        case Comparator.TREND_DOWN:
            return value < aim.base
        case Comparator.GAP_NARROW:
            return abs(value) < abs(aim.base)
        case Comparator.EQUAL_ZERO:
            return value == 0
    raise ValueError(aim.comparator)
