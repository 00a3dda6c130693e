"""What the bank says: each line once, the same file once, nothing out of place (D17, T57)."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from openpyxl import Workbook

from services.exchange.errors import NotAWorkbook, WorkbookRefused
from services.messaging.models import Message
from services.payments import actions, errors
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, FundLine, ResultFile
from services.payments.queries.checking import faults
from tests.factories.accounts import WorkerUserFactory
from tests.factories.payments import Office, answer, line_of, owed, state_of, sums
from tests.factories.workers import WorkerFactory
from tests.payments.test_owing import account, listener  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def fresh(batch: Batch) -> Batch:
    return Batch.objects.unscoped().get(pk=batch.pk)


def rows_of(batch: Batch, word="成功", reason=""):
    return [(line.reference, line.amount, word, reason) for line in batch.lines.order_by("pk")]


def fates(result) -> list[str]:
    return [one["fate"] for one in result.outcome]


def test_each_line_gets_its_own_outcome(office, listener):  # noqa: F811
    good, bad, open_one = (owed(office.fund, service="listened", key=key) for key in ("good", "bad", "open"))
    batch = office.sent(good, bad, open_one)
    rows = rows_of(batch)
    rows[1] = (*rows[1][:2], "退票", "账号户名不符")
    rows[2] = (*rows[2][:2], "处理中", "")
    result = office.read(batch, rows)
    assert (result.rows, result.applied, result.outcome) == (3, 3, [])
    assert [state_of(p) for p in (good, bad, open_one)] == [
        PayableState.PAID,
        PayableState.FAILED,
        PayableState.UNKNOWN,
    ]
    bad.refresh_from_db()
    assert bad.failure == "账号户名不符"
    assert sums(office.fund)[1:] == (Decimal("1000.00"), Decimal("500.00"))
    assert listener.heard == [("sent", "good"), ("sent", "bad"), ("sent", "open"), ("paid", "good"), ("failed", "bad")]
    assert fresh(batch).state == BatchState.SENT
    assert list(faults()) == []


def test_a_batch_whose_lines_are_all_settled_is_closed(office):
    batch = office.answered(owed(office.fund), owed(office.fund))
    assert (batch.state, bool(batch.closed_at)) == (BatchState.CLOSED, True)


def test_the_same_file_twice_changes_nothing(office):
    batch = office.sent(owed(office.fund))
    upload = answer(rows_of(batch))
    first = actions.read_results(batch, upload=upload, name="a.xlsx", by=office.first, now=timezone.now())
    again = actions.read_results(batch, upload=upload, name="b.xlsx", by=office.second, now=timezone.now())
    assert first.pk == again.pk
    assert FundLine.objects.filter(move="spend").count() == 1


def test_an_older_file_changes_nothing(office):
    payable = owed(office.fund)
    batch = office.sent(payable)
    office.read(batch, rows_of(batch, "处理中"))
    office.read(batch, rows_of(batch, "成功"))
    old = office.read(batch, [*rows_of(batch, "处理中"), ("", "", "", "")])
    assert (old.applied, fates(old), state_of(payable)) == (0, ["already"], PayableState.PAID)
    assert sums(office.fund)[1:] == (0, Decimal("500.00"))


def test_what_comes_in_parts_and_in_another_order_leads_to_the_same_end(office):
    payables = [owed(office.fund) for _ in range(4)]
    batch = office.sent(*payables)
    rows = rows_of(batch)
    office.read(batch, rows[:0:-1])
    assert fresh(batch).state == BatchState.SENT
    assert [state_of(p) for p in payables] == [PayableState.SENT] + [PayableState.PAID] * 3
    whole = office.read(batch, rows)
    assert (whole.applied, fates(whole)) == (1, ["already"] * 3)
    assert sums(office.fund)[1:] == (0, Decimal("2000.00"))
    assert list(faults()) == []


def test_rows_of_other_batches_unknown_references_and_other_amounts_change_nothing(office):
    other = office.sent(owed(office.fund))
    payable = owed(office.fund)
    batch = office.sent(payable)
    line = batch.lines.get()
    rows = [*rows_of(other), ("FK999", 500, "成功", ""), (line.reference, 500.01, "成功", "")]
    result = office.read(batch, rows)
    assert (result.applied, fates(result)) == (0, ["other_batch", "no_such_line", "other_amount"])
    assert state_of(payable) == PayableState.SENT
    assert other.lines.get().state == LineState.SENT


def test_a_voided_line_that_the_bank_answers_changes_nothing(office):
    first, second = owed(office.fund), owed(office.fund)
    batch = office.approved(first, second)
    actions.correct_account(first, by=office.first, now=timezone.now(), **account())
    batch = actions.write_file(batch, by=office.first, now=timezone.now())
    batch = actions.mark_sent(batch, by=office.first, now=timezone.now())
    result = office.read(batch, rows_of(batch))
    assert (result.applied, fates(result)) == (1, ["never_sent"])
    assert state_of(first) == PayableState.WAITING


def test_a_formula_is_not_a_fact(office):
    batch = office.sent(owed(office.fund))
    line = batch.lines.get()
    result = office.read(batch, [(line.reference, line.amount, '=IF(1=1,"成功","失败")', "")])
    assert (result.applied, fates(result), line_of(batch, line.payable).state) == (0, ["formula"], LineState.SENT)


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"<html><table></table></html>", b""])
def test_what_is_no_workbook_is_refused_whole(office, body):
    batch = office.sent(owed(office.fund))
    with pytest.raises(NotAWorkbook):
        actions.read_results(batch, upload=io.BytesIO(body), name="x", by=office.first, now=timezone.now())
    assert not ResultFile.objects.exists()


@pytest.mark.parametrize(
    "headings",
    [
        ("业务参考号", "金额", "状态", "说明"),
        ("参考号", "申请金额", "处理结果", "失败原因"),
        ("姓名", "身份证号", "手机", "备注"),
        ("业务参考号码", "金额", "处理结果", "失败原因"),
    ],
)
def test_a_file_of_another_layout_is_refused_whole(office, headings):
    batch = office.sent(owed(office.fund))
    upload = answer(rows_of(batch), headings=headings)
    with pytest.raises(errors.OtherLayout) as refused:
        actions.read_results(batch, upload=upload, name="x", by=office.first, now=timezone.now())
    assert "业务参考号" in refused.value.message(staff=True)
    assert not ResultFile.objects.exists()


def test_an_answer_without_a_row_is_refused(office):
    batch = office.sent(owed(office.fund))
    with pytest.raises(WorkbookRefused):
        office.read(batch, [])


def test_our_own_file_is_no_answer(office):
    batch = office.sent(owed(office.fund))
    with batch.file.open("rb") as stream, pytest.raises(errors.OtherLayout):
        actions.read_results(batch, upload=stream, name="x", by=office.first, now=timezone.now())


@pytest.mark.parametrize("stage", ["batch", "frozen", "approved", "written"])
def test_no_answer_is_read_before_the_bank_has_the_file(office, stage):
    batch = getattr(office, stage)(owed(office.fund))
    with pytest.raises(errors.WrongState):
        office.read(batch, rows_of(batch))


def test_numbers_in_what_the_bank_writes_are_blotted_out(office):
    batch = office.sent(owed(office.fund), owed(office.fund))
    rows = rows_of(batch, "失败", "账号6200990000000000775不存在")
    rows[1] = ("6200990000000000775", 500, "成功", "")
    result = office.read(batch, rows)
    assert "6200990000000000775" not in str(result.outcome)
    assert batch.lines.order_by("pk").first().result == "账号[card]不存在"


def test_a_returned_payment_is_corrected_and_tried_again(office):
    payable = owed(office.fund)
    office.answered(payable, word="失败", reason="户名不符")
    assert state_of(payable) == PayableState.FAILED
    assert office.batch(payable).lines.count() == 0
    payable = actions.correct_account(payable, by=office.first, now=timezone.now(), **account())
    assert payable.state == PayableState.WAITING
    office.answered(payable)
    payable.refresh_from_db()
    assert (payable.state, payable.attempts) == (PayableState.PAID, 2)
    assert payable.lines.filter(state=LineState.PAID).count() == 1
    assert list(faults()) == []


def test_a_returned_payment_can_be_tried_again_as_it_is(office):
    payable = owed(office.fund)
    office.answered(payable, word="失败")
    for _ in range(2):
        actions.retry(payable, reason="银行系统维护", by=office.first, now=timezone.now())
    assert state_of(payable) == PayableState.WAITING
    with pytest.raises(errors.NotReturned):
        actions.retry(owed(office.fund), reason="没有退票", by=office.first, now=timezone.now())


def test_an_unknown_line_blocks_every_other_try_until_somebody_settles_it(office):
    payable = owed(office.fund)
    batch = office.sent(payable)
    office.read(batch, rows_of(batch, "处理中"))
    line = batch.lines.get()
    assert office.batch(payable).lines.count() == 0
    with pytest.raises(errors.AtTheBank):
        actions.cancel_payable(payable, reason="撤销", by=office.second, now=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.settle_unknown(line, paid=False, reason="电话核实", by=office.first, now=timezone.now())
    with pytest.raises(errors.ReasonMissing):
        actions.settle_unknown(line, paid=False, reason=" ", by=office.second, now=timezone.now())
    for _ in range(2):
        actions.settle_unknown(line, paid=False, reason="银行书面确认未付", by=office.second, now=timezone.now())
    assert state_of(payable) == PayableState.FAILED
    with pytest.raises(errors.NotUnknown):
        actions.settle_unknown(line, paid=True, reason="改主意", by=office.second, now=timezone.now())
    actions.retry(payable, reason="银行确认未付", by=office.first, now=timezone.now())
    office.answered(payable)
    assert sums(office.fund)[1:] == (0, Decimal("500.00"))
    assert list(faults()) == []


def test_a_line_settled_by_hand_is_not_paid_by_a_late_answer(office):
    payable = owed(office.fund)
    batch = office.sent(payable)
    office.read(batch, rows_of(batch, "处理中"))
    actions.settle_unknown(batch.lines.get(), paid=False, reason="确认未付", by=office.second, now=timezone.now())
    late = office.read(batch, rows_of(batch, "成功"))
    assert (late.applied, fates(late)) == (0, ["contradicts"])
    assert sums(office.fund)[2] == 0


def test_lines_the_bank_is_silent_about_become_unknown_when_nothing_more_comes(office):
    payables = [owed(office.fund), owed(office.fund)]
    batch = office.sent(*payables)
    office.read(batch, rows_of(batch)[:1])
    for _ in range(2):
        batch = actions.close(batch, by=office.first, now=timezone.now())
    assert [state_of(p) for p in payables] == [PayableState.PAID, PayableState.UNKNOWN]
    late = office.read(batch, rows_of(batch))
    assert (late.applied, state_of(payables[1])) == (1, PayableState.PAID)
    assert list(faults()) == []


def test_money_that_comes_back_after_it_was_paid_stands_in_the_fund_again(office, listener):  # noqa: F811
    payable = owed(office.fund, service="listened", key="k")
    office.answered(payable)
    for _ in range(2):
        actions.record_refund(payable, reason="银行退汇", by=office.second, now=timezone.now())
    assert state_of(payable) == PayableState.CANCELLED
    assert sums(office.fund)[1:] == (0, 0)
    assert list(payable.ledger.values_list("move", flat=True)) == ["commit", "spend", "refund"]
    assert listener.heard[-1] == ("cancelled", "k")
    with pytest.raises(errors.NotPaid):
        actions.record_refund(owed(office.fund), reason="没付过", by=office.second, now=timezone.now())
    assert list(faults()) == []


def test_what_was_paid_is_not_cancelled(office):
    payable = owed(office.fund)
    office.answered(payable)
    with pytest.raises(errors.PaidAlready):
        actions.cancel_payable(payable, reason="撤销", by=office.first, now=timezone.now())


def test_she_is_told_once_without_sum_or_purpose(office, django_capture_on_commit_callbacks):
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory())
    payable = owed(office.fund, worker=her, title="困难帮扶", amount="777.00")
    batch = office.sent(payable)
    with django_capture_on_commit_callbacks(execute=False):
        office.read(batch, rows_of(batch))
        office.read(batch, [*rows_of(batch), ("", "", "", "")])
    letters = Message.objects.filter(recipient=her.user)
    assert {letter.key for letter in letters} == {"payments-paid"}
    assert len(letters) == len({letter.channel for letter in letters})
    assert not any("777" in letter.body or "困难" in letter.body for letter in letters)


def test_she_says_whether_it_arrived(office):
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory())
    payable = owed(office.fund, worker=her)
    with pytest.raises(errors.NotPaid):
        actions.say_received(payable, arrived=True, by=her.user, now=timezone.now())
    office.answered(payable)
    for answer_ in (False, False, True):
        actions.say_received(payable, arrived=answer_, by=her.user, now=timezone.now())
    payable.refresh_from_db()
    assert payable.received is True
    with pytest.raises(PermissionDenied):
        actions.say_received(payable, arrived=False, by=WorkerUserFactory(), now=timezone.now())


def test_a_result_file_is_deleted_after_its_keeping_time(office, settings):
    batch = office.answered(owed(office.fund))
    later = timezone.now() + timedelta(hours=settings.PAYMENT_FILE_HOURS, minutes=1)
    assert actions.expire_files(now=later) == 2
    result = ResultFile.objects.get(batch=batch)
    assert (bool(result.file), result.applied) == (False, 1)


def test_sixty_lines_cost_the_same_queries_as_ten(office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for many in (10, 60):
        batch = office.sent(*(owed(office.fund, amount="1.00") for _ in range(many)))
        with CaptureQueriesContext(connection) as asked:
            office.read(batch, rows_of(batch))
        spent.append(len(asked))
    assert spent[0] == spent[1]


def test_a_workbook_with_two_tables_is_refused(office):
    batch = office.sent(owed(office.fund))
    book = Workbook()
    for page in (book.active, book.create_sheet("另一")):
        page.append(["业务参考号", "金额", "处理结果"])
        page.append([batch.lines.get().reference, 500, "成功"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(WorkbookRefused):
        actions.read_results(batch, upload=stream, name="x", by=office.first, now=timezone.now())
