"""Coverage by homes: children enrolled ÷ children counted, never across two definitions without saying so (0.6)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """``rate`` in per cent; None where there is nothing to divide by. ``mixed``: several definitions were added up."""

    enrolled: int | None
    counted: int | None
    rate: Decimal | None
    mixed: bool


def coverage(enrolled: int | None, counted: int | None, definitions: Collection[int]) -> Coverage:
    """Missing is not nought: without a number on either side there is no rate."""
    rate = None
    if enrolled is not None and counted:
        rate = (Decimal(100) * enrolled / counted).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Coverage(enrolled, counted, rate, len(set(definitions)) > 1)


def faults(*, boys: int, girls: int, ages: Collection[int], parents: Collection[int]) -> list[str]:
    """The same children are counted three times: which of the other two sums differs from that by sex."""
    total = boys + girls
    return [name for name, found in (("ages", ages), ("parents", parents)) if sum(found) != total]
