"""Money leaves by four eyes and comes back as a fact; she sees it on her phone and says whether it arrived."""

import re

import pytest
from django.urls import reverse

from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import Role
from services.payments.enums import PayableState
from services.payments.models import Batch
from services.payments.registry import Held, PaymentWatcher, watchers
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.payments import Office, answer, card_number, owed, state_of
from tests.factories.workers import WorkerFactory
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


class Objected(PaymentWatcher):
    """A service that holds one payable."""

    def holds(self, payables, *, now):
        why = Held(Finding("objection", Outcome.FAILED), "公示有异议")
        return {payable.pk: why for payable in payables if payable.key == "held"}


@pytest.fixture
def stage(monkeypatch):
    monkeypatch.setitem(watchers._items, "journey", Objected())
    office = Office(small_tree()["city"])
    office.first, office.second = (post(office.organization, Role.FINANCE_OFFICER) for _ in range(2))
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory(), name="示例桂兰")
    office.hers = owed(office.fund, worker=her, title="两节送温暖", amount="1200.00", case_number="BF-26-000012-8")
    for number in range(3):
        owed(office.fund, title="金秋助学", amount=f"{800 + number}.50")
    owed(office.fund, title="临时救助", key="held", service="journey")
    owed(office.fund, title="临时救助", account=False)
    office.her = her
    return office


def desk(name: str, *args) -> str:
    return reverse(f"payments_desk:{name}", args=args)


def test_a_batch_from_the_first_line_to_the_settled_one(walker, stage, tmp_path):
    _it_is_put_together(walker, stage)
    batch = Batch.objects.unscoped().get()
    _it_is_approved_and_given_to_the_bank(walker, stage, batch)
    _the_answer_is_read(walker, stage, batch, tmp_path)


def _it_is_put_together(walker, stage) -> None:
    walker.sign_in(stage.first)
    walker.open(desk("funds"))
    walker.look("payments-funds")
    walker.open(desk("fund", stage.fund.pk))
    walker.look("payments-fund")
    walker.open(desk("payables"))
    walker.look("payments-payables")
    walker.open(desk("layout", stage.layout.code))
    walker.look("payments-layout")
    walker.open(desk("batch_add"))
    walker.page.locator("#id_fund").select_option(str(stage.fund.pk))
    walker.page.locator("#id_layout").select_option(stage.layout.code)
    walker.look("payments-batch-add")
    walker.press("开始批次", "Begin the batch")
    walker.follow("放入应付款", "Put payables in")
    walker.look("payments-put")
    walker.go(walker.page.locator("button[value=all]"))
    walker.look("payments-batch-open")
    walker.follow("提交审批", "Hand in for approval")
    walker.look("payments-freeze")
    walker.press("提交审批", "Hand in for approval")
    walker.look("payments-batch-frozen")


def _it_is_approved_and_given_to_the_bank(walker, stage, batch) -> None:
    walker.sign_in(stage.second)
    walker.open(desk("batches"))
    walker.look("payments-batches")
    walker.open(desk("batch", batch.token))
    walker.follow("核对并审批", "Check and approve")
    walker.look("payments-approve")
    walker.page.locator("#id_checked").check()
    walker.press("批准", "Approve")

    walker.sign_in(stage.first)
    walker.open(desk("batch", batch.token))
    walker.follow("生成银行文件", "Write the file for the bank")
    walker.press("生成银行文件", "Write the file for the bank")
    walker.look("payments-batch-written")
    with walker.page.expect_download() as downloaded:
        walker.page.get_by_role("button", name=re.compile("下载银行文件|下载文件|Download the file")).click()
    assert downloaded.value.suggested_filename == f"{batch.number}.xlsx"
    walker.follow("银行已收到文件", "The bank has the file")
    walker.press("银行已收到文件", "The bank has the file")


def _the_answer_is_read(walker, stage, batch, tmp_path) -> None:
    words = ["成功", "失败", "处理中", "成功"]
    lines = batch.lines.order_by("pk")
    rows = [
        (line.reference, line.amount, word, "户名不符" if word == "失败" else "")
        for line, word in zip(lines, words, strict=True)
    ]
    back = tmp_path / "back.xlsx"
    back.write_bytes(answer([*rows, ("FK0001", 500, "成功", "")]).getvalue())
    walker.follow("读入银行回盘", "Read the bank's answer")
    walker.look("payments-upload")
    walker.page.locator("#id_file").set_input_files(str(back))
    walker.press("读入回盘", "Read the answer in")
    walker.look("payments-result")
    walker.open(desk("batch", batch.token))
    walker.look("payments-batch-answered")
    walker.open(desk("payable", lines[1].payable.token))
    walker.look("payments-payable-returned")
    walker.follow("更正账户", "Correct the account")
    walker.look("payments-account-desk")

    walker.sign_in(stage.second)
    walker.open(desk("settle", batch.token, lines[2].pk))
    walker.look("payments-settle")


def test_she_sees_what_was_paid_and_says_that_it_arrived(walker, stage):
    stage.answered(stage.hers)
    walker.sign_in(stage.her.user)
    walker.open(reverse("payments:list"))
    walker.look("her-payments")
    walker.follow("两节送温暖", "两节送温暖")
    walker.look("her-payment")
    walker.press("是，已到账", "Yes, it arrived")
    walker.look("her-payment-arrived")
    walker.follow("打印收据", "Receipt for printing")
    walker.look("her-receipt")


def test_she_corrects_her_account_after_a_code(walker, stage, settings):
    settings.SHOW_CODES_ON_SCREEN = True
    stage.answered(stage.hers, word="失败", reason="户名不符")
    walker.sign_in(stage.her.user)
    walker.open(reverse("payments:one", args=[stage.hers.token]))
    walker.look("her-payment-returned")
    walker.follow("核对我的账户", "Check my account")
    walker.press("发送验证码", "Send me the code")
    page = walker.page
    page.fill("[name=code]", page.locator("[data-demo-code]").inner_text())
    walker.press("继续", "Go on")
    page.fill("[name=number]", "1234")
    walker.press("保存我的账户", "Save my account")
    walker.look("her-account-faulty")
    for name, value in (("holder", "示例桂兰"), ("bank", "示例银行")):
        page.fill(f"[name={name}]", value)
    for name in ("number", "again"):
        page.fill(f"[name={name}]", card_number(88))
    walker.press("保存我的账户", "Save my account")
    walker.look("her-payments-waiting")
    assert state_of(stage.hers) == PayableState.WAITING
