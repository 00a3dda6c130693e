"""Indicators out of their parts. What can't be said is None: never 0 %, never 100 % (DOMAIN-children-privacy C4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


def ratio(numerator: Number | None, denominator: Number | None, factor: int = 1) -> Fraction | None:
    """``factor`` × numerator ÷ denominator, exactly. None when a part is missing or the denominator isn't above nought
    (DHIS2-8177; another tracker once showed 100 % for 0/0)."""
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return Fraction(numerator) * factor / Fraction(denominator)


def number(amount: Number | None, factor: int = 1) -> Fraction | None:
    """A number without denominator; None when it is missing."""
    return None if amount is None else Fraction(amount) * factor


def rounded(value: Fraction | None, decimals: int) -> Decimal | None:
    """Halves away from zero, as people round."""
    if value is None:
        return None
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    whole = Decimal(scaled.numerator // scaled.denominator)
    return (-whole if value < 0 else whole).scaleb(-decimals) if whole else Decimal(0).scaleb(-decimals)


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of an element at a place: the sum of what ``told`` reporters told, of ``expected`` ones.

    ``absent``: how many say that it doesn't apply to them; ``estimated``: how many of those who told gave an estimate.
    """

    amount: Decimal = Decimal(0)
    told: int = 0
    absent: int = 0
    estimated: int = 0
    expected: int = 0

    @property
    def missing(self) -> int:
        return max(self.expected - self.absent - self.told, 0)

    @property
    def known(self) -> Decimal | None:
        """The sum, once everybody who should has told; a sum with a gap is no data, and so is one of nobody."""
        return self.amount if self.told and not self.missing else None


NOTHING = Part()


def together(parts: Iterable[Part]) -> Part:
    """Sums go up: amounts and how many told, never rates."""
    parts = list(parts)
    return Part(
        sum((part.amount for part in parts), Decimal(0)),
        sum(part.told for part in parts),
        sum(part.absent for part in parts),
        sum(part.estimated for part in parts),
        sum(part.expected for part in parts),
    )
