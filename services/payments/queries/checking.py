"""The books checked against themselves: ledgers replayed, sums recounted, every payable and batch consistent."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from services.payments.enums import PAYABLE_OVER, BatchState, FundMove, LineState, PayableState
from services.payments.models import Batch, BatchLine, FundLine, FundSource, Payable
from services.payments.queries.agreement import agreement_of
from services.payments.rules.ledger import Balance, Entry, replay

_CHUNK = 2_000
# The one state of a line that a payable's state goes with.
_LINE_OF = {
    PayableState.BATCHED: LineState.IN,
    PayableState.SENT: LineState.SENT,
    PayableState.UNKNOWN: LineState.UNKNOWN,
    PayableState.PAID: LineState.PAID,
}
_TELLING = frozenset(_LINE_OF.values())


@dataclass(frozen=True, slots=True)
class Fault:
    """``what`` (fund, payable, batch) number ``key`` says ``stored`` where ``counted`` was counted."""

    what: str
    key: int
    which: str
    stored: str
    counted: str


def faults() -> Iterator[Fault]:
    """Everything that doesn't agree. Reads each table once; holds one fund's lines and one batch's at a time."""
    for fund in FundSource.objects.unscoped().order_by("pk"):
        yield from _of_fund(fund)
        yield from _of_payables(fund)
    for batch in Batch.objects.unscoped().exclude(state__in=[BatchState.OPEN, BatchState.CANCELLED]).order_by("pk"):
        yield from _of_batch(batch)


def _of_fund(fund: FundSource) -> Iterator[Fault]:
    lines = FundLine.objects.filter(fund=fund).order_by("pk").iterator(_CHUNK)
    balance, wrong = replay(
        Entry(line.pk, line.move, line.amount, Balance(line.budget_after, line.committed_after, line.spent_after))
        for line in lines
    )
    for key in wrong:
        yield Fault("fund", fund.pk, "ledger", f"line {key}", "does not follow")
    for name in ("budget", "committed", "spent"):
        stored, counted = getattr(fund, name), getattr(balance, name)
        if stored != counted:
            yield Fault("fund", fund.pk, name, str(stored), str(counted))
    owed = Payable.objects.unscoped().filter(fund=fund).exclude(state__in=PAYABLE_OVER)
    paid = Payable.objects.unscoped().filter(fund=fund, state=PayableState.PAID)
    for name, rows in (("committed", owed), ("spent", paid)):
        counted = rows.aggregate(yuan=Sum("amount"))["yuan"] or Decimal(0)
        if getattr(fund, name) != counted:
            yield Fault("fund", fund.pk, f"{name} by payables", str(getattr(fund, name)), str(counted))


def _of_payables(fund: FundSource) -> Iterator[Fault]:
    moves = _moves_of(fund)
    lines = defaultdict(list)
    telling = BatchLine.objects.filter(payable__fund=fund, state__in=_TELLING).order_by()
    for key, state in telling.values_list("payable", "state").iterator(_CHUNK):
        lines[key].append(state)
    for payable in Payable.objects.unscoped().filter(fund=fund).order_by("pk").iterator(_CHUNK):
        expected = _moves_expected(payable)
        if moves[payable.pk] != expected:
            yield Fault("payable", payable.pk, "ledger", _said(moves[payable.pk]), _said(expected))
        standing = _lines_expected(payable)
        if sorted(lines[payable.pk]) != standing:
            yield Fault("payable", payable.pk, "lines", ", ".join(lines[payable.pk]), ", ".join(standing))


def _moves_of(fund: FundSource) -> dict[int, dict[str, Decimal]]:
    moves: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = FundLine.objects.filter(fund=fund, payable__isnull=False).order_by().values_list("payable", "move", "amount")
    for key, move, amount in rows.iterator(_CHUNK):
        moves[key][move] = moves[key].get(move, Decimal(0)) + amount
    return moves


def _moves_expected(payable: Payable) -> dict[str, Decimal]:
    expected = {str(FundMove.COMMIT): payable.amount}
    if payable.paid_at:
        expected[str(FundMove.SPEND)] = payable.amount
    if payable.state == PayableState.CANCELLED:
        expected[str(FundMove.REFUND if payable.paid_at else FundMove.RELEASE)] = payable.amount
    return expected


def _lines_expected(payable: Payable) -> list[str]:
    if payable.paid_at:
        return [str(LineState.PAID)]
    state = _LINE_OF.get(payable.state)
    return [str(state)] if state else []


def _said(moves: dict[str, Decimal]) -> str:
    return ", ".join(f"{move} {amount}" for move, amount in sorted(moves.items()))


def _of_batch(batch: Batch) -> Iterator[Fault]:
    found = agreement_of(batch)
    for name, sums in (("lines", found.lines), ("ledger", found.ledger)):
        if sums != found.frozen:
            yield Fault("batch", batch.pk, name, _figures(found.frozen), _figures(sums))


def _figures(sums) -> str:
    return f"{sums.count} / {sums.total} / {sums.digest[:12]}"
