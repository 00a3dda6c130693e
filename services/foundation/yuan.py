"""Yuan in rules: exact while they are compared, rounded to fen only where a sum is decided."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

_HALF = Fraction(1, 2)


def fen(amount: Decimal | Fraction) -> Decimal:
    """A sum to be paid, in yuan with two decimals, half a fen rounded up. Takes no negative amount."""
    return Decimal(_text(floor(Fraction(amount) * 100 + _HALF), 2))


@lru_cache(maxsize=1024)
def plain(amount: Decimal | int) -> str:
    """An amount as it is, in digits, with at least two decimals and no exponent.

    Answers are kept: equal amounts read alike, and the figures of a programme's or a scheme's terms are few.
    """
    whole, _, decimals = format(Decimal(amount), "f").partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def beside(value: Decimal | Fraction, bound: Decimal) -> str:
    """``value`` in digits, cut off so that it stands to ``plain(bound)`` exactly as it stands to the bound.

    819.999 beside 820 is 819.99, never 820.00: what she reads can be checked by looking at it.
    """
    places = len(plain(bound).partition(".")[2])
    return _text(floor(Fraction(value) * 10**places), places)


def raised(value: Decimal | Fraction, bound: Decimal) -> str:
    """Like ``beside`` where the bound itself still counts: 1230.004 beside 1230 is 1230.01."""
    places = len(plain(bound).partition(".")[2])
    return _text(ceil(Fraction(value) * 10**places), places)


def _text(scaled: int, places: int) -> str:
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{places}d}"
