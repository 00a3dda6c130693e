"""A batch is put together, frozen, sent back or given up. Nothing is paid here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.foundation.references import human_number, luhn_digit, unguessable
from services.payments import errors, policies, queries
from services.payments.actions.lines import drop, drop_held, freeze_sums, held_among, note_held
from services.payments.actions.locking import lock_batch, lock_payables, payments_transaction
from services.payments.enums import BatchState, LeftOut, LineState, PayableState
from services.payments.models import Account, BankLayout, Batch, BatchLine, FundSource, Payable

LETTERS = "FK"  # 付款
_AT_ONCE = 1_000
_GIVEN_UP = (BatchState.OPEN, BatchState.FROZEN, BatchState.APPROVED)


@dataclass(slots=True)
class Added:
    """How many lines the batch got, and the payables that stayed out: with why, and the service's words if it holds
    them."""

    count: int = 0
    left_out: list[tuple[Payable, LeftOut, str]] = field(default_factory=list)


def insist_on(batch: Batch, *states: str) -> None:
    if batch.state not in states:
        raise errors.WrongState(state=queries.in_words(batch.state))


def open_batch(*, fund: FundSource, layout: BankLayout, by, now: datetime) -> Batch:
    """Begin an empty batch of one fund for one bank. Raises ``LayoutNotInUse``, ``PermissionDenied``."""
    policies.may_prepare(by, fund.organization).insist()
    if not layout.in_use:
        raise errors.LayoutNotInUse()
    with payments_transaction():
        batch = Batch.objects.create(
            number=unguessable(), organization=fund.organization, fund=fund, layout=layout, made_by=by, made_at=now
        )
        batch.number = human_number(LETTERS, localdate(now).year, batch.pk % 1_000_000)
        batch.save(update_fields=["number"])
        log(instance=batch, action="payments.open_batch", user=by, data={"number": batch.number})
    return batch


def add(batch: Batch, *, payables: Iterable[Payable], by, now: datetime) -> Added:
    """Put waiting payables into an open batch, each as a line with a reference of its own.

    What can't go is left out and said, never an error: so adding the same ones twice changes nothing. Locks the batch,
    then the payables. Raises ``WrongState``.
    """
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        insist_on(batch, BatchState.OPEN)
        found = lock_payables(payable.pk for payable in payables)
        accounts = _accounts(found.values())
        held = held_among((row for row in found.values() if row.state == PayableState.WAITING), now=now)
        note_held((row for row in found.values() if row.state == PayableState.WAITING), held, now=now)
        added, going = Added(), []
        for payable in found.values():
            why = _why_not(payable, batch, accounts, held)
            if why is None:
                going.append(payable)
            else:
                added.left_out.append((payable, why, held[payable.pk].short if why == LeftOut.HELD else ""))
        _add_lines(batch, going, accounts, by, now)
        added.count = len(going)
        if going:
            log(instance=batch, action="payments.add", user=by, data={"lines": len(going)})
    return added


def _accounts(payables: Iterable[Payable]) -> dict[int, Account]:
    keys = {payable.worker_id for payable in payables}
    rows = Account.objects.filter(worker__in=keys, current=True).only("worker_id", "number_index")
    return {account.worker_id: account for account in rows}


def _why_not(payable: Payable, batch: Batch, accounts: dict, held: dict) -> LeftOut | None:
    if payable.state != PayableState.WAITING:
        return LeftOut.NOT_WAITING
    if payable.fund_id != batch.fund_id:
        return LeftOut.OTHER_FUND
    if payable.worker_id not in accounts:
        return LeftOut.NO_ACCOUNT
    return LeftOut.HELD if payable.pk in held else None


def _add_lines(batch: Batch, payables: list[Payable], accounts: dict, by, now: datetime) -> None:
    place = BatchLine.objects.filter(batch=batch).count()
    body = "".join(c for c in batch.number if c.isdigit())
    lines, moved = [], []
    for place, payable in enumerate(payables, place + 1):  # noqa: B020 - counting goes on from the lines there are
        account = accounts[payable.worker_id]
        digits = f"{body}{place:06d}"
        lines.append(
            BatchLine(
                batch=batch,
                payable=payable,
                reference=f"{LETTERS}{digits}{luhn_digit(digits)}",
                amount=payable.amount,
                account=account,
                account_index=account.number_index,
                added_by=by,
            )
        )
        if payable.account_id != account.pk:
            payable.account = account
            moved.append(payable)
    BatchLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
    Payable.objects.unscoped().bulk_update(moved, ["account"], batch_size=_AT_ONCE)
    set_states([payable.pk for payable in payables], PayableState.BATCHED, now=now)


def set_states(keys: list[int], state: str, *, now: datetime, **fields) -> None:
    """Bring locked payables into a state, in statements of a few thousand."""
    for start in range(0, len(keys), 5_000):
        some = Payable.objects.unscoped().filter(pk__in=keys[start : start + 5_000])
        some.update(state=state, changed_at=now, **fields)


def take_out(batch: Batch, *, lines: Iterable[BatchLine], by, now: datetime) -> int:
    """Take lines out of an open batch; their payables wait again. Gives how many; taking them twice gives 0.

    Locks batch, payables. Raises ``WrongState``.
    """
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        insist_on(batch, BatchState.OPEN)
        rows = list(BatchLine.objects.filter(batch=batch, pk__in=[line.pk for line in lines], state=LineState.IN))
        _let_go(batch, rows, why="", now=now)
        if rows:
            log(instance=batch, action="payments.take_out", user=by, data={"lines": len(rows)})
    return len(rows)


def _let_go(batch: Batch, lines: list[BatchLine], *, why: str, now: datetime) -> None:
    keys = [line.payable_id for line in lines]
    lock_payables(keys)
    drop(batch, lines, why=why, now=now)
    set_states(keys, PayableState.WAITING, now=now)


def freeze(batch: Batch, *, by, now: datetime) -> Batch:
    """Nothing is added any more: count, total and digest are fixed, with the layout as it is now.

    What the services hold back meanwhile is taken out. Freezing twice changes nothing. Locks batch, payables. Raises
    ``NothingToPay``, ``WrongState``.
    """
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        if batch.state == BatchState.FROZEN:
            return batch
        insist_on(batch, BatchState.OPEN)
        keys = BatchLine.objects.filter(batch=batch, state=LineState.IN).values_list("payable", flat=True)
        drop_held(batch, lock_payables(keys), now=now)
        freeze_sums(batch)
        if not batch.count:
            raise errors.NothingToPay()
        layout = batch.layout
        batch.layout_kept = {"sheet": layout.sheet, "columns": layout.columns, "results": layout.results}
        batch.state, batch.frozen_at, batch.note = BatchState.FROZEN, now, ""
        batch.save()
        log(instance=batch, action="payments.freeze", user=by, data=_figures(batch))
    return batch


def _figures(batch: Batch) -> dict:
    return {"lines": batch.count, "total": f"{batch.total:.2f}", "digest": batch.digest}


def _reason(text: str) -> str:
    reason = redact(" ".join(text.split()))[:200]
    if not reason:
        raise errors.ReasonMissing()
    return reason


def reject(batch: Batch, *, reason: str, by, now: datetime) -> Batch:
    """Send a frozen batch back to whoever prepares it. Locks the batch. Raises ``WrongState``, ``ReasonMissing``."""
    reason = _reason(reason)
    with payments_transaction():
        batch = lock_batch(batch)
        policies.may_approve(by, batch).insist()
        insist_on(batch, BatchState.FROZEN)
        batch.state, batch.note, batch.frozen_at = BatchState.OPEN, reason, None
        batch.count, batch.total, batch.digest, batch.layout_kept = 0, 0, "", {}
        batch.save()
        log(instance=batch, action="payments.reject", user=by, data={"reason": reason})
    return batch


def cancel_batch(batch: Batch, *, reason: str, by, now: datetime) -> Batch:
    """Give a batch up before its file is written: everything in it waits again. Cancelling twice changes nothing.

    Locks batch, payables. Raises ``WrongState``, ``ReasonMissing``.
    """
    policies.may_prepare(by, batch.organization).insist()
    reason = _reason(reason)
    with payments_transaction():
        batch = lock_batch(batch)
        if batch.state == BatchState.CANCELLED:
            return batch
        insist_on(batch, *_GIVEN_UP)
        if batch.file_digest:
            raise errors.AtTheBank()
        batch.state, batch.note = BatchState.CANCELLED, reason
        _let_go(batch, list(BatchLine.objects.filter(batch=batch, state=LineState.IN)), why=reason, now=now)
        batch.save()
        log(instance=batch, action="payments.cancel_batch", user=by, data={"reason": reason})
    return batch
