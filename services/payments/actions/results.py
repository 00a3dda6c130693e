"""What the bank says is read line by line, in one transaction: all of a file or nothing of it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from wagtail.log_actions import log

from services.foundation.masking import redact
from services.foundation.stored import put
from services.payments import errors, policies
from services.payments.actions.batches import insist_on, set_states
from services.payments.actions.ledger import Move, write
from services.payments.actions.locking import lock_batch, lock_fund, lock_payables, payments_transaction
from services.payments.actions.payables import watcher_of
from services.payments.actions.telling import tell
from services.payments.enums import (
    ROW_APPLIED,
    BatchState,
    FundMove,
    LineState,
    PayableState,
    RowFate,
)
from services.payments.models import Batch, BatchLine, Payable, ResultFile
from services.payments.rules.results import Judged, ResultRow, Sent, judge
from services.payments.workbooks import read_result_rows

_LINE = {RowFate.PAID: LineState.PAID, RowFate.RETURNED: LineState.RETURNED, RowFate.UNKNOWN: LineState.UNKNOWN}
_PAYABLE = {
    LineState.PAID: PayableState.PAID,
    LineState.RETURNED: PayableState.FAILED,
    LineState.UNKNOWN: PayableState.UNKNOWN,
}
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Settled:
    """Lines that get the same state for the same reason, with their payables."""

    state: str
    why: str = ""
    lines: list[int] = field(default_factory=list)


def read_results(batch: Batch, *, upload: BinaryIO, name: str, by, now: datetime) -> ResultFile:
    """Read a result file of a batch that the bank has. The same bytes once more: the account of the first reading.

    Each row has one fate (``rules.results``); what changes nothing is kept with the reason. Paid lines become spent in
    the fund, returned ones wait for a corrected account, unknown ones block any other try. Once every line is settled
    the batch is closed. Locks batch, payables, fund. Raises ``WrongState``, ``OtherLayout``, ``HeadingTwice``,
    ``NotKept`` and the exchange app's ``WorkbookRefused``: then nothing was read.
    """
    policies.may_prepare(by, batch.organization).insist()
    digest = hashlib.sha256()
    upload.seek(0)
    while chunk := upload.read(256 * 1024):
        digest.update(chunk)
    insist_on(batch, BatchState.SENT, BatchState.CLOSED)
    known = ResultFile.objects.filter(batch=batch, digest=digest.hexdigest()).first()
    if known is not None:
        return known
    rows = read_result_rows(upload, batch.layout_kept["results"])
    with payments_transaction():
        batch = lock_batch(batch)
        insist_on(batch, BatchState.SENT, BatchState.CLOSED)
        kept, new = ResultFile.objects.get_or_create(
            batch=batch,
            digest=digest.hexdigest(),
            defaults={"name": redact(name)[:120], "uploaded_by": by, "uploaded_at": now, "rows": len(rows)},
        )
        if not new:
            return kept
        judged = _judge(batch, rows)
        _apply(batch, judged, kept, by, now)
        kept.applied = sum(one.fate in ROW_APPLIED for one in judged)
        kept.outcome = [_told(one) for one in judged if one.fate not in ROW_APPLIED]
        upload.seek(0)
        put(kept.file, "result.xlsx", upload)
        kept.save()
        said = {"rows": kept.rows, "applied": kept.applied, "file": kept.digest}
        log(instance=batch, action="payments.read_results", user=by, data=said)
    return kept


def _judge(batch: Batch, rows: list[ResultRow]) -> list[Judged]:
    lines = BatchLine.objects.filter(batch=batch).values_list("reference", "pk", "amount", "state").order_by()
    ours = {reference: Sent(*rest) for reference, *rest in lines}
    strange = sorted({row.reference for row in rows if row.reference and row.reference not in ours})
    elsewhere: set[str] = set()
    for start in range(0, len(strange), _AT_ONCE):
        found = BatchLine.objects.filter(reference__in=strange[start : start + _AT_ONCE])
        elsewhere.update(found.values_list("reference", flat=True))
    results = batch.layout_kept["results"]
    return judge(rows, lines=ours, elsewhere=frozenset(elsewhere), paid=results["paid"], returned=results["returned"])


def _told(one: Judged) -> dict:
    """A row that changed nothing, for the page: numbers of people and accounts blotted out."""
    return {"row": one.row.number, "reference": redact(one.row.reference)[:40], "fate": str(one.fate)}


def _apply(batch: Batch, judged: list[Judged], kept: ResultFile, by, now: datetime) -> None:
    groups: dict[tuple[str, str], Settled] = {}
    for one in judged:
        if one.fate in ROW_APPLIED:
            why = redact(one.row.reason or ("" if one.fate == RowFate.PAID else one.row.outcome))[:120]
            key = _LINE[one.fate], "" if one.fate == RowFate.PAID else why
            groups.setdefault(key, Settled(*key)).lines.append(one.line)
    settle(batch, groups.values(), by=by, now=now, result_file=kept)


def settle(batch: Batch, groups: Iterable[Settled], *, by, now: datetime, result_file: ResultFile | None = None):
    """Bring lines at the bank, their payables and the fund into the states given. The batch is locked; inside a
    transaction. Watchers are called, and she is told on commit."""
    groups = list(groups)
    of_line = _payables_of(batch, [key for group in groups for key in group.lines])
    payables = lock_payables(of_line.values())
    moved: dict[str, list[Payable]] = defaultdict(list)
    for group in groups:
        fields = {"state": group.state, "result": group.why, "settled_at": now, "settled_by": by}
        for start in range(0, len(group.lines), _AT_ONCE):
            some = BatchLine.objects.filter(pk__in=group.lines[start : start + _AT_ONCE])
            some.update(**fields, **({"result_file": result_file} if result_file else {}))
        keys = [of_line[key] for key in group.lines]
        more = {"paid_at": now} if group.state == LineState.PAID else {"failure": group.why}
        set_states(keys, _PAYABLE[group.state], now=now, **more)
        for payable in (payables[key] for key in keys):
            payable.state, payable.changed_at = _PAYABLE[group.state], now
            for name, value in more.items():
                setattr(payable, name, value)
            moved[group.state].append(payable)
    if paid := sorted(moved[LineState.PAID], key=lambda payable: payable.pk):
        write(lock_fund(batch.fund_id), [Move(FundMove.SPEND, p.amount, p) for p in paid], by=by, now=now)
    for payable in paid:
        watcher_of(payable).paid(payable, now=now)
    for payable in moved[LineState.RETURNED]:
        watcher_of(payable).failed(payable, now=now)
    tell(paid, moved[LineState.RETURNED])
    _close_when_settled(batch, now)


def _payables_of(batch: Batch, lines: list[int]) -> dict[int, int]:
    wanted = set(lines)
    pairs = BatchLine.objects.filter(batch=batch).values_list("pk", "payable").order_by()
    return {line: payable for line, payable in pairs if line in wanted}


def _close_when_settled(batch: Batch, now: datetime) -> None:
    if batch.state != BatchState.SENT:
        return
    if not BatchLine.objects.filter(batch=batch, state__in=[LineState.SENT, LineState.UNKNOWN]).exists():
        batch.state, batch.closed_at = BatchState.CLOSED, now
        batch.save(update_fields=["state", "closed_at"])


def settle_unknown(line: BatchLine, *, paid: bool, reason: str, by, now: datetime) -> BatchLine:
    """A second person says, with a reason, what became of a line the bank left open. Repeating it changes nothing.

    Locks batch, payable, fund. Raises ``NotUnknown`` when it is settled otherwise, ``ReasonMissing``,
    ``PermissionDenied`` for whoever made the batch.
    """
    reason = redact(" ".join(reason.split()))[:120]
    if not reason:
        raise errors.ReasonMissing()
    state = LineState.PAID if paid else LineState.RETURNED
    with payments_transaction():
        batch = lock_batch(line.batch)
        policies.may_settle(by, batch).insist()
        line = BatchLine.objects.get(pk=line.pk)
        if line.state == state and line.result == reason:
            return line
        if line.state != LineState.UNKNOWN:
            raise errors.NotUnknown()
        settle(batch, [Settled(state, reason, [line.pk])], by=by, now=now)
        said = {"reason": reason, "line": line.reference, "state": str(state)}
        log(instance=batch, action="payments.settle_unknown", user=by, data=said)
    return BatchLine.objects.get(pk=line.pk)


def close(batch: Batch, *, by, now: datetime) -> Batch:
    """Nothing more is expected from the bank: lines it said nothing about are unknown now and wait for a person.

    Closing twice changes nothing. Locks batch, payables. Raises ``WrongState``.
    """
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        if batch.state == BatchState.CLOSED:
            return batch
        insist_on(batch, BatchState.SENT)
        silent = list(BatchLine.objects.filter(batch=batch, state=LineState.SENT).values_list("pk", flat=True))
        if silent:
            settle(batch, [Settled(LineState.UNKNOWN, "", silent)], by=by, now=now)
        batch.state, batch.closed_at = BatchState.CLOSED, now
        batch.save(update_fields=["state", "closed_at"])
        log(instance=batch, action="payments.close", user=by, data={"unknown": len(silent)})
    return batch
