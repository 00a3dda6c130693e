"""Count, total and digest of the lines of a batch: the three figures that must be the same wherever they are shown."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """What counts of a line: its reference, its sum in yuan, and the keyed digest of the account it goes to."""

    reference: str
    amount: Decimal
    account_index: str


@dataclass(frozen=True, slots=True)
class Sums:
    """``digest`` is SHA-256 over the lines ordered by reference, whatever order they came in."""

    count: int
    total: Decimal
    digest: str


def sums_of(lines: Iterable[Line]) -> Sums:
    total, count, state = Decimal(0), 0, hashlib.sha256()
    for line in sorted(lines, key=lambda one: one.reference):
        count += 1
        total += line.amount
        state.update(f"{line.reference}|{line.amount:.2f}|{line.account_index}\n".encode())
    return Sums(count, total, state.hexdigest())
