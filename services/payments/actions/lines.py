"""Lines that leave a batch before its file is written: taken out while it is open, voided once it is frozen."""

from collections.abc import Iterable
from datetime import datetime

from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, BatchLine, Payable
from services.payments.registry import Held, watchers
from services.payments.rules.digest import Line, Sums, sums_of

_AT_ONCE = 5_000


def sums_in(batch: Batch, *states: str) -> Sums:
    """Count, total and digest of the batch's lines in these states, as they stand."""
    rows = BatchLine.objects.filter(batch=batch, state__in=states).values_list("reference", "amount", "account_index")
    return sums_of(Line(*row) for row in rows.order_by())


def freeze_sums(batch: Batch) -> None:
    """Bring the figures of a batch nobody has approved yet in line with its lines. The caller saves."""
    sums = sums_in(batch, LineState.IN)
    batch.count, batch.total, batch.digest = sums.count, sums.total, sums.digest


def leave(payable: Payable, batches: dict[int, Batch], *, why: str, now: datetime) -> bool:
    """Let the payable's line fall out of the batch it stands in; the payable waits again. Was there such a line?

    ``batches`` are locked, and so is the payable. Figures that were approved stay as they were: the line is void.
    """
    line = BatchLine.objects.filter(payable=payable, state=LineState.IN, batch__in=list(batches)).first()
    if line is None:
        return False
    batch = batches[line.batch_id]
    drop(batch, [line], why=why, now=now)
    payable.state, payable.changed_at = PayableState.WAITING, now
    payable.save(update_fields=["state", "changed_at"])
    return True


def drop(batch: Batch, lines: Iterable[BatchLine], *, why: str, now: datetime) -> None:
    """Take lines out, or void them once the batch was approved. The payables' states are the caller's."""
    keys = [line.pk for line in lines]
    state = LineState.VOIDED if batch.state == BatchState.APPROVED else LineState.TAKEN_OUT
    for start in range(0, len(keys), _AT_ONCE):
        some = BatchLine.objects.filter(pk__in=keys[start : start + _AT_ONCE])
        some.update(state=state, result=why[:120], settled_at=now)
    if batch.state == BatchState.FROZEN:
        freeze_sums(batch)
        batch.save(update_fields=["count", "total", "digest"])


def held_among(payables: Iterable[Payable], *, now: datetime) -> dict[int, Held]:
    """Those that their services don't let go now, by key: one question to each service."""
    by_service: dict[str, list[Payable]] = {}
    for payable in payables:
        by_service.setdefault(payable.service, []).append(payable)
    found: dict[int, Held] = {}
    for service, rows in by_service.items():
        if watcher := watchers.get(service):
            found |= watcher.holds(rows, now=now)
    return found


def note_held(payables: Iterable[Payable], held: dict[int, Held], *, now: datetime) -> None:
    """Write beside each payable why it is held, and forget what no longer holds it."""
    for payable in payables:
        why = held[payable.pk].short[:200] if payable.pk in held else ""
        if payable.held_because != why:
            payable.held_because, payable.changed_at = why, now
            payable.save(update_fields=["held_because", "changed_at"])


def drop_held(batch: Batch, payables: dict[int, Payable], *, now: datetime) -> dict[int, Held]:
    """Ask the services once more, and let what they hold fall out of the batch. The payables are locked."""
    held = held_among(payables.values(), now=now)
    note_held(payables.values(), held, now=now)
    for key, why in held.items():
        leave(payables[key], {batch.pk: batch}, why=why.short, now=now)
    return held
