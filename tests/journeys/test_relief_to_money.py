"""From "I need help" to money in her account: two officers, two finance officers, the bank, and she with a receipt."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework.actions import end_due_notices
from services.casework.enums import StepKind
from services.casework.models import Case, PublicNotice
from services.organizations.enums import Kind, Role
from services.payments.models import Batch, Payable
from services.relief.models import Programme
from tests.factories.casework import RouteFactory
from tests.factories.households import answered, confirmed, drafted, filled, relief_world, submitted
from tests.factories.payments import LayoutFactory, answer
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FULL = (
    (StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
    (StepKind.HOME_VISIT, Kind.GRASSROOTS_UNION, 5),
    (StepKind.PUBLIC_NOTICE, Kind.GRASSROOTS_UNION, 3),
    (StepKind.APPROVE, Kind.COUNTY_UNION, 3),
)


@pytest.fixture
def stage():
    world = relief_world()
    RouteFactory(code="relief-full", service="relief", organization=world.tree["city"], steps=FULL)
    Programme.objects.filter(code="emergency").update(route_code="relief-full", name="大病意外应急救助")
    application = drafted(world, code="emergency")
    filled(world, application)
    world.application = submitted(world, answered(world, application))
    world.cashier, world.second = (post(world.tree["city"], Role.FINANCE_OFFICER) for _ in range(2))
    world.layout = LayoutFactory(organization=world.tree["city"])
    return world


def test_from_her_application_to_money_in_her_account(walker, stage, tmp_path):
    _her_union_checks_and_visits(walker, stage)
    _the_notice_stands_and_ends(walker, stage)
    _the_county_approves(walker, stage)
    batch = _finance_pays(walker, stage)
    _the_bank_answers(walker, stage, batch, tmp_path)
    _she_has_it(walker, stage)


def _case(stage) -> Case:
    return Case.objects.unscoped().get(pk=stage.application.case_id)


def _open_case(walker, stage) -> None:
    walker.open(reverse("casework_desk:case", args=[_case(stage).token]))


def _send(walker, field: str) -> None:
    """The button of the form that has this field."""
    walker.go(walker.page.locator(f"form:has([name={field}]) button[type=submit]").last)


def _take(walker, stage, verb: str) -> None:
    """The verb's button on the case page, and its form."""
    address = reverse("casework_desk:act", args=[_case(stage).token, verb])
    walker.go(walker.page.locator(f"a[href='{address}']"))
    walker.look(f"relief-{verb}")
    _send(walker, "seen")


def _her_union_checks_and_visits(walker, stage) -> None:
    walker.sign_in(stage.officers["union"])
    walker.open(reverse("casework_desk:list"))
    walker.look("relief-worklist")
    _open_case(walker, stage)
    walker.look("relief-case")
    _take(walker, stage, "pass_step")
    walker.open(reverse("relief_desk:visit", args=[_case(stage).token]))
    walker.page.locator("#id_visited_on").fill(timezone.localdate().isoformat())
    walker.page.locator("#id_companion").fill("示例社工")
    walker.page.locator("#id_met").fill("本人")
    walker.page.locator("#id_finding").fill("居住情况与申报一致")
    walker.page.locator("#id_agrees").select_option("yes")
    walker.look("relief-visit")
    _send(walker, "companion")
    _open_case(walker, stage)
    _take(walker, stage, "pass_step")


def _the_notice_stands_and_ends(walker, stage) -> None:
    walker.open(reverse("casework_notices:publish", args=[stage.tree["unit_a"].code, "relief"]))
    walker.look("relief-notice-choose")
    _send(walker, "case")
    walker.look("relief-notice-preview")
    _send(walker, "sealed")
    notice = PublicNotice.objects.unscoped().get()
    walker.sign_out()
    walker.open(reverse("notices:notice", args=[notice.token]))
    walker.look("relief-notice")
    body = walker.page.locator("body").inner_text()
    assert stage.her.name not in body and "大病意外应急救助" in body
    PublicNotice.objects.unscoped().update(
        begins_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert end_due_notices(now=timezone.now()) == 1


def _the_county_approves(walker, stage) -> None:
    confirmed(stage, stage.application)
    walker.sign_in(stage.officers["county"])
    _open_case(walker, stage)
    walker.look("relief-case-decide")
    _take(walker, stage, "approve")
    assert _case(stage).stage == "being_paid"


def _desk(name: str, *args) -> str:
    return reverse(f"payments_desk:{name}", args=args)


def _finance_pays(walker, stage) -> Batch:
    walker.sign_in(stage.cashier)
    walker.open(_desk("payables"))
    walker.look("relief-payables")
    walker.open(_desk("batch_add"))
    walker.page.locator("#id_fund").select_option(str(stage.fund.pk))
    walker.page.locator("#id_layout").select_option(stage.layout.code)
    walker.press("开始批次", "Begin the batch")
    walker.follow("放入应付款", "Put payables in")
    walker.go(walker.page.locator("button[value=all]"))
    walker.follow("提交审批", "Hand in for approval")
    walker.press("提交审批", "Hand in for approval")
    batch = Batch.objects.unscoped().get()
    walker.sign_in(stage.second)
    walker.open(_desk("batch", batch.token))
    walker.follow("核对并审批", "Check and approve")
    walker.look("relief-batch-approve")
    walker.page.locator("#id_checked").check()
    walker.press("批准", "Approve")
    return batch


def _the_bank_answers(walker, stage, batch: Batch, tmp_path) -> None:
    walker.sign_in(stage.cashier)
    walker.open(_desk("batch", batch.token))
    walker.follow("生成银行文件", "Write the file for the bank")
    walker.press("生成银行文件", "Write the file for the bank")
    walker.follow("银行已收到文件", "The bank has the file")
    walker.press("银行已收到文件", "The bank has the file")
    back = tmp_path / "back.xlsx"
    back.write_bytes(answer([(line.reference, line.amount, "成功", "") for line in batch.lines.all()]).getvalue())
    walker.follow("读入银行回盘", "Read the bank's answer")
    walker.page.locator("#id_file").set_input_files(str(back))
    walker.press("读入回盘", "Read the answer in")
    walker.look("relief-result")


def _she_has_it(walker, stage) -> None:
    assert _case(stage).stage == "closed"
    payable = Payable.objects.unscoped().get()
    walker.sign_in(stage.her.user)
    walker.open(reverse("casework:case", args=[_case(stage).token]))
    walker.look("relief-hers-closed")
    walker.open(reverse("payments:one", args=[payable.token]))
    walker.look("relief-her-payment")
    assert "3,000" in walker.page.locator("body").inner_text()
    walker.follow("打印收据", "Receipt for printing")
    walker.look("relief-receipt")
