"""Funds, payables and batches under whatever order of hands: never below zero, never paid twice (T55)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.foundation.errors import Refused
from services.payments import actions
from services.payments.enums import LineState
from services.payments.models import Batch, BatchLine, FundLine, FundSource, Payable
from services.payments.queries.checking import faults
from tests.factories.organizations import UnionFactory
from tests.factories.payments import Office, answer, card_number, owed
from tests.payments.test_owing import account

pytestmark = pytest.mark.django_db
some = st.integers(0, 10**6)


class Money(RuleBasedStateMachine):
    """Every rule tries something; a refusal is fine, a broken promise is not."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.office = Office(UnionFactory(kind="city_union"), budget="1000.00")
        self.files = []
        self.numbers = 1000

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def attempt(self, act, *args, **kwargs):
        try:
            with transaction.atomic():
                return act(*args, now=timezone.now(), **kwargs)
        except (Refused, PermissionDenied):
            return None

    def one(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def payable(self, number):
        return self.one(Payable.objects.unscoped().filter(fund=self.office.fund), number)

    def batch(self, number):
        return self.one(Batch.objects.unscoped().filter(fund=self.office.fund), number)

    @rule(amount=st.decimals(Decimal("0.01"), Decimal("600"), places=2), key=st.integers(0, 5))
    def owe(self, amount, key):
        try:
            with transaction.atomic():
                owed(self.office.fund, amount=str(amount), key=f"key-{key}-{amount}")
        except Refused:
            pass

    @rule(number=some)
    def cancel(self, number):
        if payable := self.payable(number):
            self.attempt(actions.cancel_payable, payable, reason="撤销", by=self.office.first)

    @rule(number=some)
    def refund(self, number):
        if payable := self.payable(number):
            self.attempt(actions.record_refund, payable, reason="退汇", by=self.office.first)

    @rule(number=some)
    def retry(self, number):
        if payable := self.payable(number):
            self.attempt(actions.retry, payable, reason="再付", by=self.office.first)

    @rule(number=some)
    def correct(self, number):
        if payable := self.payable(number):
            self.numbers += 1
            given = account(number=card_number(self.numbers))
            self.attempt(actions.correct_account, payable, by=self.office.first, **given)

    @rule(budget=st.decimals(Decimal(0), Decimal(2000), places=2))
    def change_budget(self, budget):
        self.attempt(actions.change_budget, self.office.fund, budget=budget, reason="调整", by=self.office.second)

    @rule()
    def fill_a_batch(self):
        office = self.office
        batch = self.attempt(actions.open_batch, fund=office.fund, layout=office.layout, by=office.first)
        self.attempt(actions.add, batch, payables=list(Payable.objects.unscoped()), by=office.first)

    @rule(number=some)
    def go_on(self, number):
        """The next step of some batch, by whoever takes it."""
        office, batch = self.office, self.batch(number)
        if batch is None:
            return
        self.attempt(actions.freeze, batch, by=office.first)
        if number % 3:
            self.attempt(actions.approve, batch, seen=self._digest(batch), by=office.second)
        if number % 2:
            self.attempt(actions.write_file, batch, by=office.first)
            self.attempt(actions.mark_sent, batch, by=office.first)

    def _digest(self, batch):
        return Batch.objects.unscoped().get(pk=batch.pk).digest

    @rule(number=some)
    def step_back(self, number):
        if batch := self.batch(number):
            act = (actions.reject, actions.cancel_batch)[number % 2]
            self.attempt(act, batch, reason="退回", by=(self.office.second, self.office.first)[number % 2])

    @rule(number=some, words=st.lists(st.sampled_from(["成功", "失败", "处理中"]), min_size=1, max_size=4))
    def answer(self, number, words):
        if batch := self.batch(number):
            lines = batch.lines.order_by("pk")
            rows = [(line.reference, line.amount, words[n % len(words)], "") for n, line in enumerate(lines)]
            self.files.append((batch, rows))
            self._read(batch, rows)

    @rule(number=some)
    def answer_again(self, number):
        if self.files:
            batch, rows = self.files[number % len(self.files)]
            self._read((batch, self.batch(number))[number % 2], rows)

    def _read(self, batch, rows):
        fresh = Batch.objects.unscoped().get(pk=batch.pk)
        if rows:
            upload = answer(rows)
            self.attempt(actions.read_results, fresh, upload=upload, name="x", by=self.office.first)

    @rule(number=some, paid=st.booleans())
    def settle(self, number, paid):
        rows = BatchLine.objects.filter(batch__fund=self.office.fund).select_related("batch")
        if line := self.one(rows.filter(state=LineState.UNKNOWN), number):
            self.attempt(actions.settle_unknown, line, paid=paid, reason="银行证明", by=self.office.second)

    @rule(number=some)
    def close(self, number):
        if batch := self.batch(number):
            self.attempt(actions.close, batch, by=self.office.first)

    @invariant()
    def the_fund_is_within_its_budget(self):
        fund = FundSource.objects.unscoped().get(pk=self.office.fund.pk)
        assert min(fund.budget, fund.committed, fund.spent) >= 0
        assert fund.committed + fund.spent <= fund.budget

    @invariant()
    def nothing_is_paid_twice(self):
        for payable in Payable.objects.unscoped().filter(fund=self.office.fund):
            moves = list(FundLine.objects.filter(payable=payable).values_list("move", flat=True))
            assert moves.count("commit") == 1
            assert moves.count("spend") <= 1
            assert payable.lines.filter(state=LineState.PAID).count() <= 1

    @invariant()
    def the_books_agree(self):
        assert list(faults()) == []


def test_no_order_of_hands_breaks_a_promise():
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
