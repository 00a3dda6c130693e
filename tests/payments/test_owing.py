"""Funds and what is owed: promised once, taken back by a line of its own, never beyond the budget."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from services.organizations.actions.tree import TREE_LOCK
from services.organizations.enums import Role
from services.payments import actions, errors
from services.payments.enums import PayableState
from services.payments.models import Account, FundLine, FundSource, Payable
from services.payments.queries import fund_short
from services.payments.queries.checking import faults
from services.payments.registry import PaymentWatcher, watchers
from services.privacy.errors import ReasonMissing
from services.privacy.models import AccessRecord
from tests.factories.accounts import WorkerUserFactory
from tests.factories.payments import AccountFactory, Office, card_number, finance, fund_of, owed, state_of, sums
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(budget="1000.00")


class Listener(PaymentWatcher):
    def __init__(self):
        self.heard = []
        self.held = {}

    def holds(self, payables, *, now):
        return {payable.pk: self.held[payable.key] for payable in payables if payable.key in self.held}

    def sent(self, payable, *, now):
        self.heard.append(("sent", payable.key))

    def paid(self, payable, *, now):
        self.heard.append(("paid", payable.key))

    def failed(self, payable, *, now):
        self.heard.append(("failed", payable.key))

    def cancelled(self, payable, *, now):
        self.heard.append(("cancelled", payable.key))


@pytest.fixture
def listener(monkeypatch):
    found = Listener()
    monkeypatch.setitem(watchers._items, "listened", found)
    return found


def account(**changes) -> dict:
    return {"holder": "示例乙", "bank": "示例银行", "bank_branch": "", "number": card_number(77)} | changes


def test_raising_promises_the_sum_once_whatever_is_repeated(office):
    her = WorkerFactory(organization=office.organization)
    first = owed(office.fund, worker=her, amount="300.00", key="award-1")
    again = owed(office.fund, worker=her, amount="300.00", key="award-1")
    assert first.pk == again.pk
    assert sums(office.fund) == (Decimal("1000.00"), Decimal("300.00"), Decimal("0.00"))
    assert FundLine.objects.filter(move="commit").count() == 1


def test_the_same_key_with_another_sum_is_refused(office):
    her = WorkerFactory(organization=office.organization)
    owed(office.fund, worker=her, amount="300.00", key="award-1")
    with pytest.raises(errors.OwedDifferently):
        owed(office.fund, worker=her, amount="301.00", key="award-1")


def test_a_fund_never_promises_more_than_it_has(office):
    owed(office.fund, amount="999.99")
    with pytest.raises(errors.FundShort) as refused:
        owed(office.fund, amount="0.02")
    assert "0.01" in refused.value.message(staff=True)
    assert fund_short(office.fund, Decimal("0.02")) == Decimal("0.01")
    assert fund_short(office.fund, Decimal("0.01")) == 0
    owed(office.fund, amount="0.01")
    assert sums(office.fund)[1] == Decimal("1000.00")


@pytest.mark.parametrize("amount", ["0", "-5", "1.005"])
def test_only_whole_fen_above_zero_are_owed(office, amount):
    with pytest.raises(errors.AmountInvalid):
        owed(office.fund, amount=amount)


def test_cancelling_is_a_line_of_its_own_and_happens_once(office, listener):
    payable = owed(office.fund, amount="300.00", service="listened", key="k")
    for _ in range(2):
        actions.cancel_payable(payable, reason="撤销", by=office.first, now=timezone.now())
    assert state_of(payable) == PayableState.CANCELLED
    assert list(payable.ledger.values_list("move", "amount")) == [
        ("commit", Decimal("300.00")),
        ("release", Decimal("300.00")),
    ]
    assert sums(office.fund)[1:] == (0, 0)
    assert listener.heard == [("cancelled", "k")]
    assert list(faults()) == []


def test_the_ledger_is_append_only_in_the_database(office):
    line = FundLine.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        FundLine.objects.filter(pk=line.pk).update(amount=5)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            FundLine.objects.filter(pk=line.pk).delete()


@pytest.mark.parametrize("change", [{"committed": 2000}, {"spent": -1}, {"budget": -1}])
def test_the_database_itself_keeps_a_fund_within_its_budget(office, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        FundSource.objects.unscoped().filter(pk=office.fund.pk).update(**change)


def test_a_budget_shrinks_to_what_is_promised_and_no_further(office):
    owed(office.fund, amount="300.00")
    now = timezone.now()
    with pytest.raises(errors.BudgetBelowPromises) as refused:
        actions.change_budget(office.fund, budget=Decimal("299.99"), reason="调减", by=office.first, now=now)
    assert "300.00" in refused.value.message(staff=True)
    fund = actions.change_budget(office.fund, budget=Decimal("300.00"), reason="调减", by=office.first, now=now)
    assert (fund.budget, fund.left) == (Decimal("300.00"), 0)
    assert FundLine.objects.order_by("pk").last().amount == Decimal("-700.00")
    with pytest.raises(errors.ReasonMissing):
        actions.change_budget(office.fund, budget=Decimal("500"), reason=" ", by=office.first, now=now)


def test_a_fund_with_promises_is_not_closed_and_a_closed_one_promises_nothing(office):
    payable = owed(office.fund)
    now = timezone.now()
    with pytest.raises(errors.FundInUse):
        actions.close_fund(office.fund, by=office.first, now=now)
    actions.cancel_payable(payable, reason="撤销", by=office.first, now=now)
    actions.close_fund(office.fund, by=office.first, now=now)
    with pytest.raises(errors.FundClosed):
        owed(office.fund)
    with pytest.raises(errors.FundClosed):
        actions.change_budget(office.fund, budget=Decimal(1), reason="x", by=office.first, now=now)
    assert fund_short(office.fund, Decimal(1)) == 1


def test_one_fund_of_a_code_a_year(office):
    fund_of(office.organization, code="same")
    with pytest.raises(errors.FundExists):
        fund_of(office.organization, code="same")
    fund_of(office.organization, code="same", year=2027)


def test_only_finance_and_federation_officers_above_keep_a_fund(office):
    case_officer = finance(office.organization, Role.CASE_OFFICER)
    for call in (
        lambda: actions.change_budget(
            office.fund, budget=Decimal(5), reason="无权", by=case_officer, now=timezone.now()
        ),
        lambda: actions.close_fund(office.fund, by=case_officer, now=timezone.now()),
        lambda: actions.cancel_payable(owed(office.fund), reason="无权", by=case_officer, now=timezone.now()),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_an_account_is_replaced_never_changed(office):
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory())
    now = timezone.now()
    first = actions.set_account(her, by=her.user, now=now, **account())
    assert actions.set_account(her, by=her.user, now=now, **account()).pk == first.pk
    second = actions.set_account(her, by=her.user, now=now, **account(number=card_number(78)))
    first.refresh_from_db()
    assert (first.current, first.number) == (False, card_number(77))
    assert (second.current, second.masked_number) == (True, f"**** **** **** {card_number(78)[-4:]}")


def test_an_account_lies_sealed_in_the_database(office):
    AccountFactory(holder="示例乙", number=card_number(5))
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder, number FROM payments_account")
        stored = cursor.fetchone()
    assert all(text.startswith("v1:") for text in stored)
    assert card_number(5) not in str(Account.objects.get())


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"holder": "=cmd()"}, errors.HolderInvalid),
        ({"bank": "  "}, errors.BankMissing),
        ({"number": "1234"}, errors.AccountInvalid),
        ({"number": "62x0990000000000"}, errors.AccountInvalid),
    ],
)
def test_an_account_that_no_bank_could_pay_is_refused(office, changes, error):
    her = WorkerFactory(organization=office.organization)
    with pytest.raises(error):
        actions.set_account(her, by=office.first, now=timezone.now(), **account(**changes))
    assert not Account.objects.exists()


def test_a_stranger_enters_no_account(office):
    her, other = WorkerFactory(organization=office.organization), WorkerUserFactory()
    with pytest.raises(PermissionDenied):
        actions.set_account(her, by=other, now=timezone.now(), **account())


def test_what_waits_without_an_account_gets_the_one_she_gives(office):
    payable = owed(office.fund, account=False)
    assert payable.account is None
    actions.set_account(payable.worker, by=office.first, now=timezone.now(), **account())
    payable.refresh_from_db()
    assert payable.account.number == card_number(77)


def test_opening_an_account_number_leaves_an_access_record(office):
    payable = owed(office.fund)
    holder, number = actions.reveal_account(payable, by=office.first, reason="核对银行退票")
    assert (holder, number) == (payable.account.holder, payable.account.number)
    record = AccessRecord.objects.get()
    assert (record.subject_type, record.subject_id) == ("workers.worker", payable.worker_id)
    assert (record.viewer, record.fields, record.reason) == (office.first, "bank account", "核对银行退票")
    with pytest.raises(ReasonMissing):
        actions.reveal_account(payable, by=office.first, reason="")
    with pytest.raises(PermissionDenied):
        actions.reveal_account(payable, by=finance(office.organization, Role.AUDITOR), reason="审计需要查看")
    assert AccessRecord.objects.count() == 1


def test_the_command_finds_the_books_in_order_and_says_where_they_are_not(office, capsys):
    payable = owed(office.fund)
    call_command("check_funds")
    assert "agrees" in capsys.readouterr().out
    Payable.objects.unscoped().filter(pk=payable.pk).update(amount=Decimal("499.99"))
    FundSource.objects.unscoped().filter(pk=office.fund.pk).update(spent=1)
    with pytest.raises(CommandError) as refused:
        call_command("check_funds")
    assert refused.value.returncode == 1
    said = capsys.readouterr().err
    assert f"payable {payable.pk}: ledger" in said
    assert f"fund {office.fund.pk}: spent is 1" in said


def test_what_came_back_from_an_older_account_follows_to_the_one_she_gave_since(office):
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory())
    now = timezone.now()
    older = actions.set_account(her, by=her.user, now=now, **account())
    newer = actions.set_account(her, by=her.user, now=now, **account(number=card_number(78)))
    payable = owed(office.fund, worker=her)
    type(payable).objects.unscoped().filter(pk=payable.pk).update(state=PayableState.FAILED, account=older)
    actions.set_account(her, by=her.user, now=now, **account(number=card_number(78)))
    payable.refresh_from_db()
    assert (payable.state, payable.account_id) == (PayableState.WAITING, newer.pk)


def test_whatever_moves_money_shares_the_tree_before_it_locks_a_row(office, monkeypatch):
    payable, shared = owed(office.fund), []
    monkeypatch.setattr("services.payments.actions.locking.hold_shared", shared.append)
    actions.cancel_payable(payable, reason="示例", by=office.first, now=timezone.now())
    assert shared == [TREE_LOCK]
