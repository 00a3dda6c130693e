"""A batch leaves by four eyes: put together, frozen, approved by somebody else, written once (D17)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import Role
from services.payments import actions, errors
from services.payments.enums import BatchState, LeftOut, LineState, PayableState
from services.payments.models import Batch, BatchLine
from services.payments.queries.agreement import agreement_of, file_agrees
from services.payments.queries.checking import faults
from services.payments.registry import Held
from services.payments.workbooks import sums_in_file
from tests.factories.organizations import small_tree
from tests.factories.payments import LayoutFactory, Office, card_number, finance, fund_of, line_of, owed, state_of
from tests.payments.test_owing import account, listener  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def fresh(batch: Batch) -> Batch:
    return Batch.objects.unscoped().get(pk=batch.pk)


def add(office, batch, *payables):
    return actions.add(batch, payables=payables, by=office.first, now=timezone.now())


def held(words: str = "有异议未处理") -> Held:
    return Held(Finding("objection", Outcome.FAILED), words)


def test_what_waits_goes_in_once_and_what_cannot_go_is_said(office, listener):  # noqa: F811
    good, other, without = owed(office.fund), owed(fund_of(office.organization)), owed(office.fund, account=False)
    stopped = owed(office.fund, service="listened", key="stopped")
    listener.held["stopped"] = held()
    batch = actions.open_batch(fund=office.fund, layout=office.layout, by=office.first, now=timezone.now())
    added = add(office, batch, good, other, without, stopped)
    assert added.count == 1
    assert {(payable.pk, why, words) for payable, why, words in added.left_out} == {
        (other.pk, LeftOut.OTHER_FUND, ""),
        (without.pk, LeftOut.NO_ACCOUNT, ""),
        (stopped.pk, LeftOut.HELD, "有异议未处理"),
    }
    stopped.refresh_from_db()
    assert stopped.held_because == "有异议未处理"
    again = add(office, batch, good)
    assert (again.count, again.left_out[0][1]) == (0, LeftOut.NOT_WAITING)
    assert state_of(good) == PayableState.BATCHED


def test_each_line_has_a_reference_of_its_own_even_when_it_comes_back(office):
    payable = owed(office.fund)
    batch = office.batch(payable)
    assert actions.take_out(batch, lines=batch.lines.all(), by=office.first, now=timezone.now()) == 1
    assert actions.take_out(batch, lines=batch.lines.all(), by=office.first, now=timezone.now()) == 0
    assert state_of(payable) == PayableState.WAITING
    add(office, batch, payable)
    references = list(batch.lines.values_list("reference", flat=True))
    assert len(set(references)) == 2
    assert {len(reference) for reference in references} == {18}


@pytest.mark.parametrize("stage", ["batch", "frozen", "approved", "written", "sent"])
def test_a_line_in_flight_cannot_stand_in_another_batch(office, stage):
    payable = owed(office.fund)
    getattr(office, stage)(payable)
    other = office.batch(payable)
    assert other.lines.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLine.objects.create(
            batch=other, payable=payable, reference="X", amount=5, account=payable.account, account_index="x"
        )


def test_freezing_fixes_count_total_and_digest(office):
    batch = office.batch(owed(office.fund, amount="100.10"), owed(office.fund, amount="200.20"))
    batch = actions.freeze(batch, by=office.first, now=timezone.now())
    assert (batch.count, batch.total, len(batch.digest)) == (2, Decimal("300.30"), 64)
    with pytest.raises(errors.WrongState):
        add(office, batch, owed(office.fund))
    with pytest.raises(errors.WrongState):
        actions.take_out(batch, lines=batch.lines.all(), by=office.first, now=timezone.now())
    assert actions.freeze(batch, by=office.first, now=timezone.now()).digest == batch.digest


def test_an_empty_batch_is_not_handed_in(office):
    with pytest.raises(errors.NothingToPay):
        actions.freeze(office.batch(), by=office.first, now=timezone.now())


def test_whoever_had_a_hand_in_it_does_not_approve_it(office):
    payable = owed(office.fund)
    third, fourth = finance(office.organization), finance(office.organization)
    batch = office.batch(payable)
    actions.correct_account(payable, by=third, now=timezone.now(), **account())
    actions.add(batch, payables=[owed(office.fund)], by=fourth, now=timezone.now())
    batch = actions.freeze(batch, by=office.first, now=timezone.now())
    for hand in (office.first, third, fourth):
        with pytest.raises(PermissionDenied):
            actions.approve(batch, seen=batch.digest, by=hand, now=timezone.now())
    assert fresh(batch).state == BatchState.FROZEN
    actions.approve(batch, seen=batch.digest, by=office.second, now=timezone.now())


def test_the_database_too_wants_two_persons(office):
    batch = office.approved(owed(office.fund))
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.unscoped().filter(pk=batch.pk).update(approved_by=batch.made_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.unscoped().filter(pk=office.frozen(owed(office.fund)).pk).update(state=BatchState.SENT)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.FEDERATION_OFFICER, True), (Role.CASE_OFFICER, False), (Role.AUDITOR, False)]
)
def test_who_else_approves(office, role, may):
    batch, other = office.frozen(owed(office.fund)), finance(office.organization, role)
    if may:
        assert actions.approve(batch, seen=batch.digest, by=other, now=timezone.now()).approved_by == other
        return
    with pytest.raises(PermissionDenied):
        actions.approve(batch, seen=batch.digest, by=other, now=timezone.now())


def test_a_finance_officer_below_has_no_say():
    tree = small_tree()
    office = Office(tree["county_a"])
    below = finance(tree["town_a"])
    batch = office.frozen(owed(office.fund))
    with pytest.raises(PermissionDenied):
        actions.approve(batch, seen=batch.digest, by=below, now=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.open_batch(fund=office.fund, layout=office.layout, by=below, now=timezone.now())


def test_she_approves_what_she_saw_and_nothing_else(office):
    first, second = owed(office.fund), owed(office.fund)
    batch = office.frozen(first, second)
    seen = batch.digest
    actions.correct_account(first, by=office.first, now=timezone.now(), **account())
    with pytest.raises(errors.ChangedMeanwhile):
        actions.approve(batch, seen=seen, by=office.second, now=timezone.now())
    batch = fresh(batch)
    assert (batch.count, batch.state) == (1, BatchState.FROZEN)
    approved = actions.approve(batch, seen=batch.digest, by=office.second, now=timezone.now())
    assert actions.approve(batch, seen=batch.digest, by=office.second, now=timezone.now()) == approved


def test_lines_changed_behind_its_back_are_not_approved(office):
    batch = office.frozen(owed(office.fund))
    BatchLine.objects.filter(batch=batch).update(amount=Decimal("5000.00"))
    with pytest.raises(errors.Tampered):
        actions.approve(batch, seen=batch.digest, by=office.second, now=timezone.now())
    assert not agreement_of(fresh(batch)).agrees


def test_a_batch_sent_back_can_be_changed(office):
    batch = office.frozen(owed(office.fund))
    with pytest.raises(errors.ReasonMissing):
        actions.reject(batch, reason=" ", by=office.second, now=timezone.now())
    batch = actions.reject(batch, reason="第一行金额请核对", by=office.second, now=timezone.now())
    assert (batch.state, batch.note, batch.count) == (BatchState.OPEN, "第一行金额请核对", 0)
    add(office, batch, owed(office.fund))
    assert actions.freeze(batch, by=office.first, now=timezone.now()).count == 2


@pytest.mark.parametrize("stage", ["batch", "frozen", "approved"])
def test_a_batch_given_up_lets_everything_wait_again(office, stage):
    payable = owed(office.fund)
    batch = getattr(office, stage)(payable)
    for _ in range(2):
        batch = actions.cancel_batch(batch, reason="银行更换", by=office.first, now=timezone.now())
    assert (batch.state, state_of(payable)) == (BatchState.CANCELLED, PayableState.WAITING)
    assert office.batch(payable).lines.count() == 1
    assert list(faults()) == []


def test_a_changed_account_voids_the_approval_of_its_own_line_only(office):
    first, second = owed(office.fund), owed(office.fund)
    batch = office.approved(first, second)
    actions.correct_account(first, by=office.first, now=timezone.now(), **account())
    assert (line_of(batch, first).state, line_of(batch, second).state) == (LineState.VOIDED, LineState.IN)
    assert (state_of(first), state_of(second)) == (PayableState.WAITING, PayableState.BATCHED)
    assert fresh(batch).state == BatchState.APPROVED
    batch = actions.write_file(batch, by=office.first, now=timezone.now())
    agreement = agreement_of(batch)
    assert agreement.agrees
    assert (agreement.frozen.count, agreement.void, agreement.gone.count) == (2, (1, Decimal("500.00")), 1)
    assert office.batch(first).lines.get().account.number == card_number(77)
    assert list(faults()) == []


def test_in_a_batch_being_put_together_her_line_follows_her_account(office):
    payable = owed(office.fund)
    batch = office.batch(payable)
    actions.correct_account(payable, by=office.second, now=timezone.now(), **account())
    assert line_of(batch, payable).account.number == card_number(77)
    assert state_of(payable) == PayableState.BATCHED


def test_what_the_bank_has_been_told_of_keeps_its_account(office):
    payable = owed(office.fund)
    batch = office.written(payable)
    before = line_of(batch, payable).account_id
    with pytest.raises(errors.AtTheBank):
        actions.correct_account(payable, by=office.first, now=timezone.now(), **account())
    actions.set_account(payable.worker, by=office.first, now=timezone.now(), **account())
    assert (line_of(batch, payable).account_id, state_of(payable)) == (before, PayableState.SENT)
    with pytest.raises(errors.AtTheBank):
        actions.cancel_payable(payable, reason="撤销", by=office.first, now=timezone.now())


def test_cancelling_in_an_approved_batch_voids_that_line(office):
    first, second = owed(office.fund), owed(office.fund)
    batch = office.approved(first, second)
    actions.cancel_payable(first, reason="重复申请", by=office.second, now=timezone.now())
    assert (line_of(batch, first).state, state_of(first)) == (LineState.VOIDED, PayableState.CANCELLED)
    assert agreement_of(actions.write_file(batch, by=office.first, now=timezone.now())).gone.count == 1
    assert list(faults()) == []


def test_what_a_service_holds_meanwhile_stays_behind_and_the_others_go(office, listener):  # noqa: F811
    stopped, free = owed(office.fund, service="listened", key="stopped"), owed(office.fund)
    batch = office.frozen(stopped, free)
    listener.held["stopped"] = held()
    batch = actions.approve(batch, seen=batch.digest, by=office.second, now=timezone.now())
    assert (line_of(batch, stopped).state, line_of(batch, free).state) == (LineState.VOIDED, LineState.IN)
    batch = actions.write_file(batch, by=office.first, now=timezone.now())
    assert (state_of(stopped), state_of(free)) == (PayableState.WAITING, PayableState.SENT)
    listener.held.clear()
    assert office.batch(stopped).lines.count() == 1
    stopped.refresh_from_db()
    assert stopped.held_because == ""


def test_the_file_holds_what_was_approved_and_text_stays_text(office):
    payable = owed(office.fund, amount="1234.50", title="=HYPERLINK(1)")
    batch = office.written(payable)
    with batch.file.open("rb") as stream:
        rows = list(load_workbook(stream).active.iter_rows())
    line = batch.lines.get()
    assert [cell.value for cell in rows[0]] == [
        "序号",
        "业务参考号",
        "收款户名",
        "收款账号",
        "开户银行",
        "金额",
        "用途",
    ]
    assert [cell.value for cell in rows[1]] == [
        *(1, line.reference, payable.worker.name, payable.account.number, "示例银行", 1234.5, "=HYPERLINK(1)"),
    ]
    assert {rows[1][place].data_type for place in (1, 3, 6)} == {"s", "inlineStr"} or rows[1][6].data_type != "f"
    assert file_agrees(batch, agreement_of(batch).gone, sums_in_file) is True


def test_totals_count_and_hash_agree_in_approval_screen_file_and_ledger(office):
    batch = office.written(*(owed(office.fund, amount=f"{100 + n}.0{n}") for n in range(5)))
    agreement = agreement_of(batch)
    with batch.file.open("rb") as stream:
        in_file = sums_in_file(stream, batch.layout_kept)
    assert agreement.frozen == agreement.lines == agreement.ledger == agreement.gone == in_file
    assert (in_file.count, in_file.total, in_file.digest) == (batch.count, batch.total, batch.digest)


def test_the_file_is_written_once(office):
    batch = office.written(owed(office.fund))
    again = actions.write_file(batch, by=office.first, now=timezone.now() + timedelta(minutes=5))
    assert (again.file_digest, again.file_written_at) == (batch.file_digest, batch.file_written_at)
    with pytest.raises(errors.AtTheBank):
        actions.cancel_batch(batch, reason="不付了", by=office.first, now=timezone.now())


def test_lines_swapped_after_the_approval_are_noticed_before_a_file_is_written(office):
    batch = office.approved(owed(office.fund))
    BatchLine.objects.filter(batch=batch).update(amount=Decimal("9.00"))
    with pytest.raises(errors.Tampered):
        actions.write_file(batch, by=office.first, now=timezone.now())
    assert not fresh(batch).file


def test_no_file_without_approval(office):
    with pytest.raises(errors.WrongState):
        actions.write_file(office.frozen(owed(office.fund)), by=office.first, now=timezone.now())
    with pytest.raises(errors.WrongState):
        actions.mark_sent(office.approved(owed(office.fund)), by=office.first, now=timezone.now())


def test_a_batch_keeps_the_layout_it_was_handed_in_with(office):
    batch = office.approved(owed(office.fund))
    office.layout.columns = [{"field": "number", "heading": "别的"}]
    office.layout.save()
    batch = actions.write_file(batch, by=office.first, now=timezone.now())
    with batch.file.open("rb") as stream:
        assert load_workbook(stream).active["D1"].value == "收款账号"


def test_a_layout_out_of_use_begins_no_batch(office):
    layout = LayoutFactory(organization=office.organization, in_use=False)
    with pytest.raises(errors.LayoutNotInUse):
        actions.open_batch(fund=office.fund, layout=layout, by=office.first, now=timezone.now())


def test_a_faulty_layout_is_not_saved(office):
    layout = office.layout
    with pytest.raises(errors.LayoutFaulty):
        actions.save_layout(
            layout,
            code=layout.code,
            name=layout.name,
            organization=layout.organization,
            sheet="Sheet1",
            columns=[],
            results=layout.results,
            by=office.first,
            now=timezone.now(),
        )
    layout.refresh_from_db()
    assert layout.columns


def test_the_number_of_a_batch_names_the_year_on_the_wall(office):
    late = datetime(2026, 12, 31, 17, tzinfo=UTC)  # the first of January in Shanghai
    batch = actions.open_batch(fund=office.fund, layout=LayoutFactory(), by=office.first, now=late)
    assert batch.number.startswith("FK-27-")
