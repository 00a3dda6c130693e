"""The one writer of a fund's sums: each change with its line in the ledger, in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.payments.models import FundLine, FundSource, Payable
from services.payments.rules import ledger

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Move:
    """``amount`` in yuan, above zero but for a budget that is cut."""

    move: str
    amount: Decimal
    payable: Payable | None = None
    reason: str = ""


def write(fund: FundSource, moves: Iterable[Move], *, by, now: datetime) -> None:
    """Write the moves' lines and bring the fund's sums in line. The fund is locked by the caller.

    One statement for the fund, whatever the number of moves. Raises ``rules.ledger.Impossible`` before anything is
    written; the constraints of the database say the same.
    """
    balance = ledger.Balance(fund.budget, fund.committed, fund.spent)
    lines = []
    for move in moves:
        balance = ledger.after(balance, move.move, move.amount)
        lines.append(
            FundLine(
                fund=fund,
                move=move.move,
                amount=move.amount,
                payable=move.payable,
                budget_after=balance.budget,
                committed_after=balance.committed,
                spent_after=balance.spent,
                reason=move.reason[:200],
                by=by,
                at=now,
            )
        )
    FundLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
    fund.budget, fund.committed, fund.spent = balance.budget, balance.committed, balance.spent
    fund.save(update_fields=["budget", "committed", "spent"])
