"""Money of the demo: two funds of the city, a bank layout, a second finance officer, and a batch to approve."""

from decimal import Decimal

from services.foundation.demo import DemoContext
from services.foundation.references import luhn_digit
from services.organizations.actions import assign_staff
from services.organizations.demo import SECRET, staff_user
from services.organizations.enums import Role
from services.payments import actions
from services.payments.enums import FundKind
from services.payments.models import FundSource

COLUMNS = (
    ("sequence", "序号"),
    ("reference", "业务参考号"),
    ("holder", "收款户名"),
    ("number", "收款账号"),
    ("bank", "开户银行"),
    ("bank_branch", "开户网点"),
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
FUNDS = (
    ("hardship", "困难职工帮扶资金", FundKind.CITY, "2000000.00"),
    ("warmth", "送温暖资金", FundKind.PROVINCE, "800000.00"),
)


def load(context: DemoContext) -> None:
    """Through the actions; leaves ``payments.funds`` by code and ``payments.layout``."""
    city, staff = context.made["organizations.city"], context.made["organizations.staff"]
    context.made["payments.second"] = _second_officer(context, city)
    context.made["payments.funds"] = {line[0]: _fund(context, city, *line) for line in FUNDS}
    context.made["payments.layout"] = actions.save_layout(
        code="demo-bank",
        name="示例银行批量代发",
        organization=city,
        sheet="代发明细",
        columns=[{"field": field, "heading": heading} for field, heading in COLUMNS],
        results=RESULTS,
        by=None,
        now=context.now,
    )
    payables = _owed(context, city)
    _hand_in(context, payables[:5], staff["finance"])


def _fund(context: DemoContext, city, code: str, name: str, kind: str, budget: str) -> FundSource:
    return actions.open_fund(
        organization=city,
        code=code,
        year=context.today.year,
        name=name,
        kind=kind,
        budget=Decimal(budget),
        by=None,
        now=context.now,
        reason="年度预算",
    )


def _second_officer(context: DemoContext, city):
    user = staff_user(context, "finance-second", "示例复核")
    assign_staff(user, organization=city, role=Role.FINANCE_OFFICER, by=None, valid_from=context.today)
    context.staff_can_sign_in("finance-second", SECRET, f"{Role.FINANCE_OFFICER.label} · {city.name}")
    return user


def _owed(context: DemoContext, city) -> list:
    """Festival care for the women of the table and some of the first union; two have given no account yet."""
    known = context.made["workers.known"]
    women = [known["booked"], known["waiting"], *context.made["workers.others"][:8]]
    officer = context.made["organizations.staff"]["unit-officer"]
    for place, her in enumerate(women[:8]):
        body = f"620099{place + 1:012d}"
        actions.set_account(
            her,
            holder=her.name,
            bank="示例银行",
            bank_branch="城关支行",
            number=body + luhn_digit(body),
            by=officer if her.organization_id == women[0].organization_id else context.made["payments.second"],
            now=context.now,
        )
    fund = context.made["payments.funds"]["warmth"]
    owed = [
        actions.Owed(
            key=f"demo:warmth:{place}",
            service="demo",
            subject_code="festival-care",
            title="两节送温暖",
            case_number="",
            worker=her,
            organization=city,
            path=her.organization.path,
            amount=Decimal("1000.00") + 200 * (place % 3),
        )
        for place, her in enumerate(women)
    ]
    return actions.raise_payables(owed, fund=fund, by=None, now=context.now)


def _hand_in(context: DemoContext, payables: list, officer) -> None:
    fund, layout = context.made["payments.funds"]["warmth"], context.made["payments.layout"]
    batch = actions.open_batch(fund=fund, layout=layout, by=officer, now=context.now)
    actions.add(batch, payables=payables, by=officer, now=context.now)
    actions.freeze(batch, by=officer, now=context.now)
