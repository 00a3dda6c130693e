"""From "I need help" on her phone to money in her account: her union, everybody, the county, finance, the bank, she."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework.actions import end_due_notices
from services.casework.enums import StepKind
from services.casework.models import Case, PublicNotice
from services.organizations.enums import Kind, Role
from services.payments.actions import set_account
from services.payments.models import Batch, Payable
from services.relief.models import Application, Award, Programme
from tests.casework import samples
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import RouteFactory
from tests.factories.households import relief_world
from tests.factories.payments import LayoutFactory, answer, card_number
from tests.factories.workers import WorkerFactory
from tests.journeys.test_worker_follows_her_application import add
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FULL = (
    (StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
    (StepKind.HOME_VISIT, Kind.GRASSROOTS_UNION, 5),
    (StepKind.PUBLIC_NOTICE, Kind.GRASSROOTS_UNION, 3),
    (StepKind.APPROVE, Kind.COUNTY_UNION, 3),
)
NAME, MASKED = "张晓梅", "张*梅"
SUM = "3,000"


@pytest.fixture
def stage():
    """Emergency relief by the whole way, a woman with a card, colleagues among whom a mask hides her, a cashier."""
    world = relief_world()
    unit, city = world.tree["unit_a"], world.tree["city"]
    RouteFactory(code="relief-full", service="relief", organization=city, steps=FULL)
    Programme.objects.filter(code="emergency").update(
        route_code="relief-full",
        name="大病意外应急救助",
        name_en="Emergency relief",
        documents=[{"kind": "bills", "required": True, "when": ""}],
    )
    world.her = WorkerFactory(organization=unit, user=WorkerUserFactory(), name=NAME)
    for colleague in ("张小梅", "张雪梅"):
        WorkerFactory(organization=unit, name=colleague)
    set_account(
        world.her,
        holder=NAME,
        bank="示例银行",
        bank_branch="",
        number=card_number(11),
        by=world.her.user,
        now=world.now,
    )
    world.cashier, world.second = (post(city, Role.FINANCE_OFFICER) for _ in range(2))
    world.layout = LayoutFactory(organization=city)
    return world


def test_from_her_application_to_money_in_her_account(walker, stage, tmp_path):
    _she_applies(walker, stage, tmp_path)
    _her_union_checks_and_visits(walker, stage)
    notice = _the_notice_is_published(walker, stage)
    _everybody_reads_it_and_nobody_finds_her(walker, notice)
    _the_county_approves(walker, stage)
    batch = _finance_puts_it_together(walker, stage)
    _a_second_person_approves(walker, stage, batch)
    _the_bank_answers(walker, stage, batch, tmp_path)
    _she_has_it(walker, stage)


def _case() -> Case:
    return Case.objects.unscoped().get()


def _open_case(walker) -> None:
    walker.open(reverse("casework_desk:case", args=[_case().token]))


def _send(walker, field: str) -> None:
    """The button of the form that has this field."""
    walker.go(walker.page.locator(f"form:has([name={field}]) button[type=submit]").last)


def _take(walker, verb: str) -> None:
    """The verb's button on the case page, and its form."""
    address = reverse("casework_desk:act", args=[_case().token, verb])
    walker.go(walker.page.locator(f"a[href='{address}']"))
    walker.look(f"relief-{verb}")
    _send(walker, "seen")


def _she_applies(walker, stage, folder) -> None:
    bills = folder / "票据.jpg"
    bills.write_bytes(samples.photo(salt="bills"))
    walker.sign_in(stage.her.user)
    page = walker.open(reverse("relief:begin", args=["emergency"]))
    page.locator("#id_agree").check()
    walker.press("同意并开始填写", "Agree and begin")
    application = Application.objects.unscoped().get()
    walker.open(reverse("relief:event", args=[application.case.token]))
    page.locator("input[name=event][value=serious_illness]").check()
    page.locator("#id_event_on").fill(timezone.localdate().isoformat())
    page.locator("#id_cost").fill("12000")
    walker.press("保存并继续", "Save and go on")
    walker.open(reverse("casework:documents", args=[application.case.token]))
    add(walker, "bills", str(bills))
    walker.open(reverse("relief:check", args=[application.case.token]))
    page.locator("#id_declares").check()
    page.locator("#id_lets_check").check()
    walker.look("relief-check")
    walker.press("提交申请", "Send the application")
    walker.look("relief-sent")
    assert _case().number in page.locator("main").inner_text()
    assert _case().stage == "in_review"


def _her_union_checks_and_visits(walker, stage) -> None:
    page = walker.page
    walker.sign_in(stage.officers["union"])
    walker.open(reverse("casework_desk:list"))
    walker.look("relief-worklist")
    _open_case(walker)
    walker.look("relief-case")
    _take(walker, "pass_step")
    walker.open(reverse("relief_desk:visit", args=[_case().token]))
    page.locator("#id_visited_on").fill(timezone.localdate().isoformat())
    page.locator("#id_companion").fill("示例社工")
    page.locator("#id_met").fill("本人")
    page.locator("#id_finding").fill("居住情况与申报一致")
    page.locator("#id_agrees").select_option("yes")
    walker.look("relief-visit")
    _send(walker, "companion")
    _open_case(walker)
    _take(walker, "pass_step")
    assert _case().position == 3


def _the_notice_is_published(walker, stage) -> PublicNotice:
    walker.open(reverse("casework_notices:publish", args=[stage.tree["unit_a"].code, "relief"]))
    walker.look("relief-notice-choose")
    _send(walker, "case")
    walker.look("relief-notice-preview")
    _send(walker, "sealed")
    walker.look("relief-notice-at-the-desk")
    return PublicNotice.objects.unscoped().get()


def _everybody_reads_it_and_nobody_finds_her(walker, notice: PublicNotice) -> None:
    """A mask and a sum; no name, no number, no programme that tells of an illness. Then its days are over."""
    walker.sign_out()
    walker.open(reverse("notices:list"))
    walker.look("relief-notices")
    walker.open(reverse("notices:notice", args=[notice.token]))
    walker.look("relief-notice")
    shown = walker.page.content()
    assert MASKED in shown and SUM in shown
    assert not any(hidden in shown for hidden in (NAME, "大病", card_number(11)[-4:], "12,000", "12000"))
    days = {"begins_on": timezone.localdate() - timedelta(days=9), "ends_on": timezone.localdate() - timedelta(days=1)}
    PublicNotice.objects.unscoped().update(**days)
    assert end_due_notices(now=timezone.now()) == 1


def _the_county_approves(walker, stage) -> None:
    """One officer looks into what would exclude her, another decides."""
    walker.sign_in(stage.officers["county_two"])
    for code in stage.test.exclusions:
        walker.open(reverse("relief_desk:exclusion", args=[_case().token, code]))
        walker.page.locator("input[name=result][value=absent]").check()
        walker.look("relief-exclusion")
        _send(walker, "result")
    walker.sign_in(stage.officers["county"])
    _open_case(walker)
    walker.look("relief-case-decide")
    _take(walker, "approve")
    assert _case().stage == "being_paid"
    assert (Award.objects.unscoped().get().amount, Payable.objects.unscoped().get().state) == (3000, "waiting")


def _desk(name: str, *args) -> str:
    return reverse(f"payments_desk:{name}", args=args)


def _finance_puts_it_together(walker, stage) -> Batch:
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
    return Batch.objects.unscoped().get()


def _a_second_person_approves(walker, stage, batch: Batch) -> None:
    """Whoever put it together isn't offered to approve it."""
    walker.open(_desk("batch", batch.token))
    approve = walker.in_language("核对并审批", "Check and approve")
    assert walker.page.get_by_role("link", name=approve, exact=True).count() == 0
    walker.sign_in(stage.second)
    walker.open(_desk("batch", batch.token))
    walker.follow("核对并审批", "Check and approve")
    walker.look("relief-batch-approve")
    walker.page.locator("#id_checked").check()
    walker.press("批准", "Approve")


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
    assert (_case().stage, Award.objects.unscoped().get().state) == ("closed", "paid")


def _she_has_it(walker, stage) -> None:
    walker.sign_in(stage.her.user)
    walker.open(reverse("casework:case", args=[_case().token]))
    walker.look("relief-hers-closed")
    walker.open(reverse("payments:one", args=[Payable.objects.unscoped().get().token]))
    walker.look("relief-her-payment")
    assert SUM in walker.page.locator("main").inner_text()
    walker.press("是，已到账", "Yes, it arrived")
    assert Payable.objects.unscoped().get().received is True
    walker.follow("打印收据", "Receipt for printing")
    walker.look("relief-receipt")
    assert SUM in walker.page.locator("body").inner_text()
