"""Sums of money: yuan as Decimal with two places, never a float.

Declared rounding: payments itself never rounds. Whoever computes a sum rounds it half up to the fen (分) before it is
owed, with ``to_fen``; from then on the same figure stands in the payable, the ledger, the batch and the bank's file.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
# What a column of 12 digits holds.
LARGEST = Decimal("9999999999.99")
_WRITTEN = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")


def to_fen(amount: Decimal) -> Decimal:
    """The amount rounded half up to whole fen. Raises ``TypeError`` for a float, which holds no exact sum."""
    if isinstance(amount, float):
        raise TypeError("money is a Decimal")
    return Decimal(amount).quantize(FEN, ROUND_HALF_UP)


def is_sum(amount: Decimal) -> bool:
    """Above zero, in whole fen, and not larger than a column holds."""
    return amount.is_finite() and Decimal(0) < amount <= LARGEST and amount == amount.quantize(FEN)


def read_sum(cell) -> Decimal | None:
    """The sum a cell of a workbook states, in yuan; None for anything that isn't one in whole fen.

    Text may have thousands separators, a yuan sign or 元. A number is taken by the digits it shows.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    text = str(cell).strip().removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        amount = Decimal(text.replace(",", ""))
        return amount.quantize(FEN) if is_sum(amount) else None
    except InvalidOperation:
        return None
