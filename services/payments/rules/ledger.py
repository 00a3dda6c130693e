"""A fund's ledger: what each move does to the three sums, and the replay that rebuilds them. Source: D17, T55."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.payments.enums import FundMove

ZERO = Decimal(0)


class Impossible(ValueError):
    """The move would take a sum below zero or beyond the budget."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Yuan: what may be spent, what is promised, what is paid."""

    budget: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.budget - self.committed - self.spent

    @property
    def holds(self) -> bool:
        """Never below zero, never beyond the budget."""
        return min(self.budget, self.committed, self.spent) >= 0 and self.left >= 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as it stands in the ledger: the move, its amount, and the sums it left."""

    key: int
    move: str
    amount: Decimal
    after: Balance


def after(balance: Balance, move: str, amount: Decimal) -> Balance:
    """The sums after a move. Raises ``Impossible``, also for an amount that isn't above zero (a budget may shrink)."""
    if move != FundMove.BUDGET and amount <= 0:
        raise Impossible(move)
    budget, committed, spent = balance.budget, balance.committed, balance.spent
    if move == FundMove.BUDGET:
        budget += amount
    elif move == FundMove.COMMIT:
        committed += amount
    elif move == FundMove.RELEASE:
        committed -= amount
    elif move == FundMove.SPEND:
        committed, spent = committed - amount, spent + amount
    elif move == FundMove.REFUND:
        spent -= amount
    else:
        raise Impossible(move)
    result = Balance(budget, committed, spent)
    if not result.holds:
        raise Impossible(move)
    return result


def replay(entries: Iterable[Entry]) -> tuple[Balance, list[int]]:
    """The sums rebuilt from nothing, and the keys of the lines that don't follow from the lines before them."""
    balance, wrong = Balance(), []
    for entry in entries:
        try:
            balance = after(balance, entry.move, entry.amount)
        except Impossible:
            wrong.append(entry.key)
            continue
        if balance != entry.after:
            wrong.append(entry.key)
    return balance, wrong
