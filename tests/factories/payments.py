"""Money owed to invented women: funds with their ledgers, accounts, layouts, batches in every state."""

import io
from decimal import Decimal
from itertools import count

import factory
from django.utils import timezone

from services.foundation.references import luhn_digit
from services.organizations.enums import Role
from services.payments import actions
from services.payments.enums import FundKind
from services.payments.models import Account, BankLayout, Batch, BatchLine, FundSource, Payable
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory
from tests.factories.workers import WorkerFactory

COLUMNS = (
    ("sequence", "序号"),
    ("reference", "业务参考号"),
    ("holder", "收款户名"),
    ("number", "收款账号"),
    ("bank", "开户银行"),
    ("amount", "金额"),
    ("purpose", "用途"),
)
RESULTS = {
    "reference": "业务参考号",
    "amount": "金额",
    "outcome": "处理结果",
    "reason": "失败原因",
    "paid": ["成功", "交易成功"],
    "returned": ["失败", "退票"],
}
_numbers = count(1)


def card_number(sequence: int) -> str:
    """An invented card of 19 digits with a right check digit; 6200 99 belongs to no bank."""
    body = f"620099{sequence:012d}"
    return body + luhn_digit(body)


class LayoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BankLayout

    code = factory.Sequence(lambda n: f"bank-{n}")
    name = "示例银行批量代发"
    organization = factory.SubFactory(UnionFactory)
    sheet = "代发明细"
    columns = [{"field": field, "heading": heading} for field, heading in COLUMNS]
    results = RESULTS


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    worker = factory.SubFactory(WorkerFactory)
    holder = factory.LazyAttribute(lambda o: o.worker.name)
    bank = "示例银行"
    number = factory.Sequence(lambda n: card_number(n + 1))
    given_by = factory.SubFactory(StaffFactory)
    given_at = factory.LazyFunction(timezone.now)


def fund_of(organization, *, budget="100000.00", **kwargs) -> FundSource:
    """A fund with its budget in the ledger."""
    given = {"code": f"fund-{next(_numbers)}", "year": 2026, "name": "示例困难帮扶资金", "kind": FundKind.CITY} | kwargs
    return actions.open_fund(organization=organization, budget=Decimal(budget), by=None, now=timezone.now(), **given)


def owed(fund, *, worker=None, amount="500.00", key="", account=True, **kwargs) -> Payable:
    """A payable promised in the fund; with an account unless told otherwise."""
    worker = worker or WorkerFactory(organization=fund.organization)
    if account and not Account.objects.filter(worker=worker, current=True).exists():
        AccountFactory(worker=worker)
    given = {"service": "nobody", "subject_code": "test", "title": "示例帮扶", "case_number": ""} | kwargs
    return actions.raise_payable(
        key=key or f"key-{next(_numbers)}",
        worker=worker,
        organization=fund.organization,
        path=worker.organization.path,
        fund=fund,
        amount=Decimal(amount),
        by=None,
        now=timezone.now(),
        **given,
    )


def finance(organization, role=Role.FINANCE_OFFICER):
    """A staff member with a post in payments."""
    return AssignmentFactory(organization=organization, role=role).user


class Office:
    """Two finance officers, a fund and a layout at one organisation, and what they do all day."""

    def __init__(self, organization=None, *, budget="100000.00"):
        self.organization = organization or UnionFactory(kind="city_union")
        self.first, self.second = finance(self.organization), finance(self.organization)
        self.fund = fund_of(self.organization, budget=budget)
        self.layout = LayoutFactory(organization=self.organization)

    def batch(self, *payables: Payable) -> Batch:
        """An open batch with lines of these payables."""
        now = timezone.now()
        batch = actions.open_batch(fund=self.fund, layout=self.layout, by=self.first, now=now)
        actions.add(batch, payables=payables, by=self.first, now=now)
        return batch

    def frozen(self, *payables: Payable) -> Batch:
        return actions.freeze(self.batch(*payables), by=self.first, now=timezone.now())

    def approved(self, *payables: Payable) -> Batch:
        batch = self.frozen(*payables)
        return actions.approve(batch, seen=batch.digest, by=self.second, now=timezone.now())

    def written(self, *payables: Payable) -> Batch:
        return actions.write_file(self.approved(*payables), by=self.first, now=timezone.now())

    def sent(self, *payables: Payable) -> Batch:
        return actions.mark_sent(self.written(*payables), by=self.first, now=timezone.now())

    def read(self, batch: Batch, rows, *, by=None):
        """Read an answer of the bank: rows of (reference, amount, outcome, reason)."""
        upload = answer(rows)
        return actions.read_results(batch, upload=upload, name="回盘.xlsx", by=by or self.first, now=timezone.now())

    def answered(self, *payables: Payable, word: str = "成功", reason: str = "") -> Batch:
        """A batch whose lines the bank answered with one word."""
        batch = self.sent(*payables)
        self.read(batch, [(line.reference, line.amount, word, reason) for line in batch.lines.all()])
        return Batch.objects.unscoped().get(pk=batch.pk)


def answer(rows, *, headings=("业务参考号", "金额", "处理结果", "失败原因"), sheet="回盘") -> io.BytesIO:
    """A result file as a bank writes it."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(list(headings))
    for row in rows:
        page.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def state_of(payable: Payable) -> str:
    return Payable.objects.unscoped().values_list("state", flat=True).get(pk=payable.pk)


def line_of(batch: Batch, payable: Payable) -> BatchLine:
    return BatchLine.objects.get(batch=batch, payable=payable)


def sums(fund: FundSource) -> tuple[Decimal, Decimal, Decimal]:
    fund = FundSource.objects.unscoped().get(pk=fund.pk)
    return fund.budget, fund.committed, fund.spent
