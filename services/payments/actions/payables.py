"""What is owed: raised once for each key, cancelled by a reversing line, paid back, tried again, confirmed by her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.payments import errors, policies
from services.payments.actions.ledger import Move, write
from services.payments.actions.lines import leave
from services.payments.actions.locking import lock_batches, lock_fund, lock_payable, payments_transaction
from services.payments.enums import FundMove, LineState, PayableState
from services.payments.models import Account, BatchLine, FundSource, Payable
from services.payments.registry import PaymentWatcher, watchers
from services.payments.rules.money import is_sum

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Owed:
    """One sum as a service owes it: ``amount`` in yuan and whole fen, ``path`` the tree path of her union."""

    key: str
    service: str
    subject_code: str
    title: str
    case_number: str
    worker: object
    organization: object
    path: str
    amount: Decimal


def raise_payable(
    *,
    key: str,
    service: str,
    subject_code: str,
    title: str,
    case_number: str,
    worker,
    organization,
    path: str,
    fund: FundSource,
    amount: Decimal,
    by,
    now: datetime,
) -> Payable:
    """Owe one sum; raising the same key again gives the row that stands. See ``raise_payables``."""
    owed = Owed(key, service, subject_code, title, case_number, worker, organization, path, amount)
    return raise_payables([owed], fund=fund, by=by, now=now)[0]


def raise_payables(owed: Sequence[Owed], *, fund: FundSource, by, now: datetime) -> list[Payable]:
    """Owe these sums from one fund, all or none, and promise them in its ledger. The calling service has asked its own
    policy.

    Locks the fund. Idempotent by key; a constant number of queries for a thousand. Raises ``FundShort``,
    ``FundClosed``, ``AmountInvalid``, ``OwedDifferently`` for a key that stands with another sum, fund or woman.
    """
    if not all(is_sum(one.amount) for one in owed):
        raise errors.AmountInvalid()
    try:
        with payments_transaction():
            return _raise(owed, fund, by, now)
    except IntegrityError:  # the key came through another fund at this very moment
        with payments_transaction():
            return _raise(owed, fund, by, now)


def _raise(owed: Sequence[Owed], fund: FundSource, by, now: datetime) -> list[Payable]:
    fund = lock_fund(fund.pk)
    standing = {row.key: row for row in Payable.objects.unscoped().filter(key__in=[one.key for one in owed])}
    new: dict[str, Payable] = {}
    accounts = _current_accounts([one.worker for one in owed])
    for one in owed:
        row = standing.get(one.key) or new.get(one.key)
        if row is None:
            new[one.key] = _payable(one, fund, accounts.get(one.worker.pk), by, now)
        elif (row.amount, row.fund_id, row.worker_id) != (one.amount, fund.pk, one.worker.pk):
            raise errors.OwedDifferently()
    if new:
        _promise(list(new.values()), fund, by, now)
    return [standing.get(one.key) or new[one.key] for one in owed]


def _current_accounts(workers: list) -> dict[int, Account]:
    keys = {worker.pk for worker in workers}
    rows = Account.objects.filter(worker__in=keys, current=True).only("worker_id")
    return {account.worker_id: account for account in rows}


def _payable(one: Owed, fund: FundSource, account: Account | None, by, now: datetime) -> Payable:
    return Payable(
        key=one.key,
        service=one.service,
        subject_code=one.subject_code,
        title=one.title,
        case_number=one.case_number,
        worker=one.worker,
        organization=one.organization,
        path=one.path,
        fund=fund,
        account=account,
        amount=one.amount,
        raised_by=by,
        raised_at=now,
        changed_at=now,
    )


def _promise(rows: list[Payable], fund: FundSource, by, now: datetime) -> None:
    if fund.closed_at:
        raise errors.FundClosed(fund=fund.name)
    wanted = sum((row.amount for row in rows), Decimal(0))
    if wanted > fund.left:
        raise errors.FundShort(fund=fund.name, missing=f"{wanted - fund.left:,.2f}")
    Payable.objects.bulk_create(rows, batch_size=_AT_ONCE)
    write(fund, [Move(FundMove.COMMIT, row.amount, row) for row in rows], by=by, now=now)


def watcher_of(payable: Payable) -> PaymentWatcher:
    """Whoever hangs on the payable's service; one that does nothing when nobody does."""
    return watchers.get(payable.service) or PaymentWatcher()


def _why(reason: str) -> str:
    reason = redact(" ".join(reason.split()))[:200]
    if not reason:
        raise errors.ReasonMissing()
    return reason


def cancel_payable(payable: Payable, *, reason: str, by, now: datetime) -> Payable:
    """Not to be paid: the promise is taken back by a line of its own. Cancelling twice changes nothing.

    In a batch whose file isn't written its line alone falls out. Locks batch, payable, fund. ``by`` None: a service
    that has asked its own policy. Raises ``AtTheBank``, ``PaidAlready``, ``ReasonMissing``.
    """
    if by is not None:
        policies.may_cancel(by, payable).insist()
    reason = _why(reason)
    with payments_transaction():
        batches = _lock_its_batches(payable)
        payable = lock_payable(payable)
        if payable.state == PayableState.CANCELLED:
            return payable
        _insist_not_gone(payable)
        if not leave(payable, batches, why=reason, now=now) and payable.state == PayableState.BATCHED:
            raise errors.Busy()  # put into a batch since we looked
        _take_back(payable, FundMove.RELEASE, reason, by, now)
    return payable


def _insist_not_gone(payable: Payable) -> None:
    if payable.state == PayableState.PAID:
        raise errors.PaidAlready()
    if payable.state in (PayableState.SENT, PayableState.UNKNOWN):
        raise errors.AtTheBank()


def _lock_its_batches(payable: Payable) -> dict:
    lines = BatchLine.objects.filter(payable=payable.pk, state=LineState.IN)
    return lock_batches(lines.values_list("batch", flat=True))


def _take_back(payable: Payable, move: str, reason: str, by, now: datetime) -> None:
    write(lock_fund(payable.fund_id), [Move(move, payable.amount, payable, reason)], by=by, now=now)
    payable.state, payable.changed_at = PayableState.CANCELLED, now
    payable.save(update_fields=["state", "changed_at"])
    watcher_of(payable).cancelled(payable, now=now)
    log(instance=payable, action="payments.cancel", user=by, data={"reason": reason})


def record_refund(payable: Payable, *, reason: str, by, now: datetime) -> Payable:
    """The money came back after it was paid: it stands in the fund again, by a line of its own. Repeating it changes
    nothing. Locks payable, fund. Raises ``NotPaid``, ``ReasonMissing``."""
    policies.may_cancel(by, payable).insist()
    reason = _why(reason)
    with payments_transaction():
        payable = lock_payable(payable)
        if payable.state == PayableState.CANCELLED and payable.paid_at:
            return payable
        if payable.state != PayableState.PAID:
            raise errors.NotPaid()
        _take_back(payable, FundMove.REFUND, reason, by, now)
    return payable


def retry(payable: Payable, *, reason: str, by, now: datetime) -> Payable:
    """Try a returned payment again as it is: the account was right, the bank was not. Trying twice changes nothing.

    Locks the payable. Raises ``NotReturned``, ``ReasonMissing``.
    """
    policies.may_prepare(by, payable.organization).insist()
    reason = _why(reason)
    with payments_transaction():
        payable = lock_payable(payable)
        if payable.state == PayableState.WAITING and payable.attempts:
            return payable
        if payable.state != PayableState.FAILED:
            raise errors.NotReturned()
        payable.state, payable.changed_at = PayableState.WAITING, now
        payable.save(update_fields=["state", "changed_at"])
        log(instance=payable, action="payments.retry", user=by, data={"reason": reason})
    return payable


def say_received(payable: Payable, *, arrived: bool, by, now: datetime) -> Payable:
    """She says whether the money arrived; she may correct it later. Locks the payable. Raises ``NotPaid``."""
    if not policies.owns(by, payable):
        raise PermissionDenied
    with payments_transaction():
        payable = lock_payable(payable)
        if payable.state != PayableState.PAID:
            raise errors.NotPaid()
        if payable.received is not arrived:
            payable.received, payable.changed_at = arrived, now
            payable.save(update_fields=["received", "changed_at"])
            log(instance=payable, action="payments.received", user=by, data={"arrived": arrived})
    return payable
