"""What a woman's shares cost, and who pays how much of it (§1.2, §1.4)."""

from dataclasses import dataclass
from decimal import Decimal

from services.mutual_aid.enums import FeeSplit
from services.mutual_aid.rules.terms import Terms

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Split:
    """Who pays how much of one share, in yuan."""

    upper: Decimal
    unit: Decimal
    herself: Decimal

    @property
    def total(self) -> Decimal:
        return self.upper + self.unit + self.herself

    def times(self, count: int) -> "Split":
        return Split(self.upper * count, self.unit * count, self.herself * count)

    def plus(self, other: "Split") -> "Split":
        return Split(self.upper + other.upper, self.unit + other.unit, self.herself + other.herself)


NO_FEE = Split(NOTHING, NOTHING, NOTHING)


class FeeUnknown(ValueError):
    """The fee isn't known, or its parts don't make it up. ``field`` names the term, or ``split`` the unit's own."""

    def __init__(self, field: str):
        super().__init__(field)
        self.field = field


def fee(terms: Terms, shares: int, *, unit_split: Split | None = None) -> Split:
    """The fee for so many shares (15 + 10 + 11 of 36, S13m; 55 + 55 where the second share is her own, S14).

    ``unit_split``: what the unit says of one share, where the terms leave it to the unit. Where further shares are
    hers to pay, the split is that of the first. Nothing is rounded. Raises ``FeeUnknown``; ``ValueError`` for less
    than one share.
    """
    if shares < 1:
        raise ValueError("no share")
    if terms.fee_per_share is None:
        raise FeeUnknown("fee_per_share")
    each = _of_one(terms, unit_split)
    if not terms.more_shares_by_herself:
        return each.times(shares)
    return each.plus(Split(NOTHING, NOTHING, terms.fee_per_share * (shares - 1)))


def _of_one(terms: Terms, unit_split: Split | None) -> Split:
    if terms.fee_split == FeeSplit.BY_UNIT:
        if unit_split is None or unit_split.total != terms.fee_per_share or _negative(unit_split):
            raise FeeUnknown("split")
        return unit_split
    parts = (terms.fee_upper, terms.fee_unit, terms.fee_herself)
    if terms.fee_split != FeeSplit.FIXED or None in parts:
        raise FeeUnknown("fee_split")
    split = Split(*parts)
    if split.total != terms.fee_per_share or _negative(split):
        raise FeeUnknown("fee_split")
    return split


def _negative(split: Split) -> bool:
    return min(split.upper, split.unit, split.herself) < 0


def total_of(parts: list[Split]) -> Split:
    """What a whole batch pays: the sum of its lines."""
    total = NO_FEE
    for part in parts:
        total = total.plus(part)
    return total
