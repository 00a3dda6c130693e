"""Where her money goes: given, replaced, shown in clear for a reason. An account once given is never changed."""

from datetime import datetime

from wagtail.log_actions import log

from services.foundation.locks import hold
from services.payments import errors, policies
from services.payments.actions.lines import leave
from services.payments.actions.locking import lock_batches, lock_payables, payments_transaction
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Account, BatchLine, Payable
from services.payments.rules.accounts import NotAnAccount, account_number, holder_name
from services.privacy.actions import record_look

# What still may go to another account: all that the bank has not been told of.
_OPEN = (PayableState.WAITING, PayableState.BATCHED, PayableState.FAILED)
VOID = "The account was changed."


def set_account(worker, *, holder: str, bank: str, bank_branch: str, number: str, by, now: datetime) -> Account:
    """Her account from now on; giving the same one again is no other account, but what still points to an older one
    follows.

    What waits goes to the new account; what the bank returned waits again. In a batch that is being put together her
    line follows; in one that was frozen or approved her line alone falls out and its payable waits again. What the
    bank has been told of stays as it is. Locks batches, payables. Raises ``HolderInvalid``, ``BankMissing``,
    ``AccountInvalid``, ``Busy``, ``PermissionDenied``.
    """
    policies.may_give_account(by, worker).insist()
    return _give(worker, holder, bank, bank_branch, number, by, now)


def correct_account(
    payable: Payable, *, holder: str, bank: str, bank_branch: str, number: str, by, now: datetime
) -> Payable:
    """Give the woman another account because of this payment; one that the bank returned waits again.

    As ``set_account``, and also for finance officers who pay it. Raises ``AtTheBank`` and ``PaidAlready`` too.
    """
    policies.may_correct(by, payable).insist()
    _give(payable.worker, holder, bank, bank_branch, number, by, now, because=payable)
    return Payable.objects.unscoped().get(pk=payable.pk)


def _give(worker, holder, bank, bank_branch, number, by, now: datetime, because: Payable | None = None) -> Account:
    given = _account(worker, holder, bank, bank_branch, number, by, now)
    with payments_transaction():
        hold(f"payments.account:{worker.pk}")
        hers = Payable.objects.unscoped().filter(worker=worker, state__in=_OPEN)
        lines = BatchLine.objects.filter(payable__in=hers, state=LineState.IN)
        batches = lock_batches(lines.values_list("batch", flat=True))
        payables = lock_payables(hers.values_list("pk", flat=True))
        if because is not None and because.pk not in payables:
            _say_why_not(because)
        current = Account.objects.filter(worker=worker, current=True).first()
        if current and _same(current, given):
            given = current
        else:
            Account.objects.filter(worker=worker, current=True).update(current=False)
            given.save()
        following = [payable for payable in payables.values() if payable.account_id != given.pk]
        for payable in following:
            _follow(payable, given, batches, now)
        if following or given is not current:
            log(instance=worker, action="payments.account", user=by)
    return given


def _account(worker, holder, bank, bank_branch, number, by, now: datetime) -> Account:
    name, bank = holder_name(holder), " ".join(bank.split())
    if not name:
        raise errors.HolderInvalid()
    if not bank:
        raise errors.BankMissing()
    try:
        digits = account_number(number)
    except NotAnAccount:
        raise errors.AccountInvalid() from None
    branch = " ".join(bank_branch.split())
    return Account(
        worker=worker, holder=name, bank=bank[:60], bank_branch=branch[:80], number=digits, given_by=by, given_at=now
    )


def _same(one: Account, other: Account) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("holder", "bank", "bank_branch", "number"))


def _say_why_not(payable: Payable) -> None:
    state = Payable.objects.unscoped().values_list("state", flat=True).get(pk=payable.pk)
    if state == PayableState.PAID:
        raise errors.PaidAlready()
    raise errors.CancelledAlready() if state == PayableState.CANCELLED else errors.AtTheBank()


def _follow(payable: Payable, account: Account, batches: dict, now: datetime) -> None:
    """Point what is owed to the new account, wherever it stands."""
    if payable.state == PayableState.BATCHED:
        line = BatchLine.objects.select_related("batch").get(payable=payable, state=LineState.IN)
        if line.batch_id not in batches:  # put into a batch since we looked
            raise errors.Busy()
        if batches[line.batch_id].state == BatchState.OPEN:
            line.account, line.account_index = account, account.number_index
            line.save(update_fields=["account", "account_index"])
        else:
            leave(payable, batches, why=VOID, now=now)
    elif payable.state == PayableState.FAILED:
        payable.state = PayableState.WAITING
    payable.account, payable.changed_at = account, now
    payable.save(update_fields=["account", "state", "changed_at"])


def reveal_account(payable: Payable, *, by, reason: str) -> tuple[str, str]:
    """Holder and number of the payable's account in clear, after the look has been written down.

    Raises ``PermissionDenied``, privacy's ``ReasonMissing`` and ``TooManyLooks``; then nothing is shown.
    """
    policies.may_reveal(by, payable).insist()
    account = payable.account
    if account is None:
        return "", ""
    record_look(
        viewer=by, subject=payable.worker, fields=["bank account"], reason=reason, organization_path=payable.path
    )
    return account.holder, account.number
