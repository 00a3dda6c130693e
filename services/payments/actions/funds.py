"""Funds: opened with a budget, changed with a reason, closed when nothing is promised any more."""

from datetime import datetime
from decimal import Decimal

from wagtail.log_actions import log

from services.foundation.masking import redact
from services.payments import errors, policies
from services.payments.actions.ledger import Move, write
from services.payments.actions.locking import lock_fund, payments_transaction
from services.payments.enums import FundMove
from services.payments.models import FundSource
from services.payments.rules.ledger import Impossible
from services.payments.rules.money import is_sum


def open_fund(
    *, organization, code: str, year: int, name: str, kind: str, budget: Decimal, by, now: datetime, reason: str = ""
) -> FundSource:
    """A new fund of one year with its budget in yuan. ``by`` None: a command. Raises ``FundExists``,
    ``AmountInvalid``, ``PermissionDenied``."""
    if by is not None:
        policies.may_keep_fund(by, organization).insist()
    if budget and not is_sum(budget):
        raise errors.AmountInvalid()
    with payments_transaction():
        fund = FundSource.objects.create(organization=organization, code=code, year=year, name=name, kind=kind)
        if budget:
            write(fund, [Move(FundMove.BUDGET, budget, reason=redact(reason))], by=by, now=now)
        log(instance=fund, action="payments.open_fund", user=by, data={"budget": f"{budget:.2f}"})
    return fund


def change_budget(fund: FundSource, *, budget: Decimal, reason: str, by, now: datetime) -> FundSource:
    """Set the budget to ``budget`` yuan; the difference stands in the ledger. Setting it twice changes nothing.

    Locks the fund. Raises ``BudgetBelowPromises``, ``FundClosed``, ``ReasonMissing``, ``AmountInvalid``.
    """
    policies.may_keep_fund(by, fund.organization).insist()
    reason = redact(" ".join(reason.split()))[:200]
    if not reason:
        raise errors.ReasonMissing()
    if budget and not is_sum(budget):
        raise errors.AmountInvalid()
    with payments_transaction():
        fund = lock_fund(fund.pk)
        if fund.closed_at:
            raise errors.FundClosed(fund=fund.name)
        if budget == fund.budget:
            return fund
        before = fund.budget
        try:
            write(fund, [Move(FundMove.BUDGET, budget - before, reason=reason)], by=by, now=now)
        except Impossible:
            raise errors.BudgetBelowPromises(least=f"{fund.committed + fund.spent:,.2f}") from None
        said = {"reason": reason, "from": f"{before:.2f}", "to": f"{budget:.2f}"}
        log(instance=fund, action="payments.change_budget", user=by, data=said)
    return fund


def close_fund(fund: FundSource, *, by, now: datetime) -> FundSource:
    """Nothing more is promised from it. Closing twice changes nothing. Raises ``FundInUse`` while something is
    promised and not paid."""
    policies.may_keep_fund(by, fund.organization).insist()
    with payments_transaction():
        fund = lock_fund(fund.pk)
        if fund.closed_at:
            return fund
        if fund.committed:
            raise errors.FundInUse(promised=f"{fund.committed:,.2f}")
        fund.closed_at = now
        fund.save(update_fields=["closed_at"])
        log(instance=fund, action="payments.close_fund", user=by)
    return fund
