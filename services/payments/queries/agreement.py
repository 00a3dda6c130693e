"""Count, total and digest of a batch from each place where they stand: they have to be the same (D17)."""

from dataclasses import dataclass
from decimal import Decimal

from services.exchange.errors import WorkbookRefused
from services.payments.enums import BatchState, LineState
from services.payments.models import Batch, BatchLine, FundLine
from services.payments.rules.digest import Line, Sums, sums_of

# What the batch's figures speak of: all that was in it when it was frozen.
_APPROVED = tuple(state for state in LineState if state != LineState.TAKEN_OUT)
_AT_BANK = (LineState.SENT, LineState.PAID, LineState.RETURNED, LineState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Agreement:
    """``frozen``: as the batch states them; ``lines``: worked out anew from its lines; ``ledger``: with each amount as
    the fund's ledger promised it. ``gone`` are the lines in the bank's file, ``void`` how many fell out after the
    approval, with their yuan."""

    frozen: Sums
    lines: Sums
    ledger: Sums
    gone: Sums | None
    void: tuple[int, Decimal]

    @property
    def agrees(self) -> bool:
        return self.frozen == self.lines == self.ledger


def agreement_of(batch: Batch) -> Agreement:
    """Four queries at most, whatever the number of lines."""
    rows = list(
        BatchLine.objects.filter(batch=batch, state__in=_APPROVED)
        .order_by()
        .values_list("reference", "amount", "account_index", "payable", "state")
    )
    promised = dict(
        FundLine.objects.filter(fund=batch.fund_id, move="commit", payable__lines__batch=batch)
        .order_by()
        .values_list("payable", "amount")
    )
    lines = [Line(*row[:3]) for row in rows]
    in_ledger = [Line(row[0], promised.get(row[3], Decimal(0)), row[2]) for row in rows]
    gone = [Line(*row[:3]) for row in rows if row[4] in _AT_BANK]
    void = [row[1] for row in rows if row[4] == LineState.VOIDED]
    stated = Sums(batch.count, batch.total, batch.digest)
    worked_out = sums_of(lines)
    return Agreement(
        frozen=worked_out if batch.state == BatchState.OPEN else stated,
        lines=worked_out,
        ledger=sums_of(in_ledger),
        gone=sums_of(gone) if batch.file_digest else None,
        void=(len(void), sum(void, Decimal(0))),
    )


def file_agrees(batch: Batch, gone: Sums, read) -> bool | None:
    """Whether the kept file, read by ``read(stream, layout)``, holds exactly ``gone``; None once it was deleted."""
    if not batch.file:
        return None
    try:
        with batch.file.open("rb") as stream:
            return read(stream, batch.layout_kept) == gone
    except FileNotFoundError:
        return None
    except WorkbookRefused:
        return False
