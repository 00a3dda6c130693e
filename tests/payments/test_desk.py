"""The finance office at the desk: the whole way of a batch, and everything that can go wrong on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from services.foundation.exports import exports
from services.organizations.enums import Role
from services.payments import actions
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import BankLayout, Batch, FundSource, Payable, ResultFile
from services.payments.todos import todos_for
from services.privacy.models import AccessRecord
from tests.factories.organizations import small_tree
from tests.factories.payments import COLUMNS, RESULTS, Office, answer, card_number, line_of, owed, state_of, sums
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db


def desk(name: str, *args) -> str:
    return reverse(f"payments_desk:{name}", args=args)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def first(office):
    return at_desk(office.organization, Role.FINANCE_OFFICER)


@pytest.fixture
def second(office):
    return at_desk(office.organization, Role.FINANCE_OFFICER)


def text_of(response) -> str:
    return response.content.decode()


def fresh(batch: Batch) -> Batch:
    return Batch.objects.unscoped().get(pk=batch.pk)


def approval(batch: Batch, **changes) -> dict:
    """What the approval page posts."""
    at = batch.frozen_at.isoformat() if batch.frozen_at else ""
    return {"seen": batch.digest, "handed_in": at, "checked": "on"} | changes


def file_of(rows, **kwargs) -> SimpleUploadedFile:
    return SimpleUploadedFile("回盘.xlsx", answer(rows, **kwargs).getvalue())


def rows_of(batch, word="成功"):
    return [(line.reference, line.amount, word, "") for line in batch.lines.order_by("pk")]


def test_the_whole_way_of_a_batch(office, first, second):
    payables = [owed(office.fund), owed(office.fund)]
    first.post(desk("batch_add"), {"fund": office.fund.pk, "layout": office.layout.code})
    batch = Batch.objects.unscoped().get()
    token = batch.token
    first.post(desk("batch_put", token), {"which": "ticked", "payable": [payables[0].token]})
    first.post(desk("batch_put", token), {"which": "all"})
    assert batch.lines.count() == 2
    first.post(desk("batch_freeze", token))
    screen = second.get(desk("batch_approve", token))
    digest = fresh(batch).digest
    assert text_of(screen).count(digest) == 4  # three places that agree, and the form
    assert "1,000.00" in text_of(screen)
    second.post(desk("batch_approve", token), approval(fresh(batch)))
    first.post(desk("batch_write", token))
    response = first.post(desk("batch_file", token))
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert response["Content-Disposition"].startswith("attachment")
    assert AccessRecord.objects.count() == 2
    assert digest in text_of(first.get(desk("batch_approve", token)))
    first.post(desk("batch_sent", token))
    page = first.post(desk("batch_result", token), {"file": file_of(rows_of(batch))}, follow=True)
    assert page.redirect_chain
    assert fresh(batch).state == BatchState.CLOSED
    assert {state_of(payable) for payable in payables} == {PayableState.PAID}
    for name in ("batch", "batch_approve"):
        assert first.get(desk(name, token)).status_code == 200


def test_the_back_button_after_paying_changes_nothing(office, first, second):
    payable = owed(office.fund)
    batch = office.answered(payable)
    before = sums(office.fund)
    for client in (first, second):
        for name, data in (
            ("batch_put", {"which": "all"}),
            ("batch_freeze", {}),
            ("batch_approve", approval(batch)),
            ("batch_write", {}),
            ("batch_sent", {}),
            ("batch_cancel", {"reason": "再来一次"}),
            ("batch_result", {"file": file_of(rows_of(batch))}),
        ):
            assert client.post(desk(name, batch.token), data).status_code in (200, 302)
        client.post(desk("payable_retry", payable.token), {"reason": "再来一次"})
        client.post(desk("payable_cancel", payable.token), {"reason": "再来一次"})
    assert (sums(office.fund), state_of(payable), fresh(batch).state) == (before, PayableState.PAID, BatchState.CLOSED)


def test_the_second_of_two_officers_at_once_reads_where_it_stands(office, first, second):
    batch = office.frozen(owed(office.fund))
    other = office.batch(owed(office.fund))
    line = other.lines.get()
    first.post(desk("batch_take_out", other.token, line.pk))
    second.post(desk("batch_take_out", other.token, line.pk))
    assert state_of(line.payable) == PayableState.WAITING
    first.post(desk("batch_approve", batch.token), approval(batch))
    response = second.post(desk("batch_approve", batch.token), approval(batch), follow=True)
    assert response.redirect_chain == [(desk("batch", batch.token), 302)]
    (said,) = [str(message) for message in response.context["messages"]]
    assert str(BatchState.APPROVED.label) in said and fresh(batch).approved_by.full_name in said


def test_the_preparer_reads_why_she_may_not_approve(office):
    client = at_desk(office.organization, Role.FINANCE_OFFICER)
    office.first = client.user
    batch = office.frozen(owed(office.fund))
    assert 'name="seen"' not in text_of(client.get(desk("batch_approve", batch.token)))
    response = client.post(desk("batch_approve", batch.token), approval(batch))
    assert response.status_code == 403
    assert fresh(batch).state == BatchState.FROZEN


def test_an_approval_of_what_changed_shows_the_new_figures(office, second):
    payables = [owed(office.fund), owed(office.fund)]
    batch = office.frozen(*payables)
    actions.cancel_payable(payables[0], reason="撤销", by=None, now=batch.frozen_at)
    response = second.post(desk("batch_approve", batch.token), approval(batch))
    assert response.context["form"].non_field_errors()
    assert f'value="{fresh(batch).digest}"' in text_of(response)
    assert fresh(batch).state == BatchState.FROZEN


def test_an_approval_of_another_handing_in_is_none_though_the_lines_are_the_same(office, second):
    batch = office.frozen(owed(office.fund))
    seen = approval(batch)
    actions.reject(batch, reason="请核对", by=office.second, now=timezone.now())
    office.layout.results = RESULTS | {"paid": ["失败"], "returned": ["成功"]}
    office.layout.save()
    actions.freeze(batch, by=office.first, now=timezone.now())
    assert fresh(batch).digest == seen["seen"]
    for posted in (seen, approval(batch, handed_in=""), approval(batch, handed_in="2026-02-30T25:00")):
        response = second.post(desk("batch_approve", batch.token), posted)
        assert response.context["form"].non_field_errors()
        assert fresh(batch).frozen_at.isoformat() in text_of(response)
    assert fresh(batch).state == BatchState.FROZEN
    second.post(desk("batch_approve", batch.token), approval(fresh(batch)))
    assert fresh(batch).state == BatchState.APPROVED


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.xlsx", b"%PDF-1.7"),
        SimpleUploadedFile("a.xlsx", b""),
        None,
        file_of([("R", 500, "成功", "")], headings=("姓名", "金额", "状态", "说明")),
    ],
    ids=["pdf", "empty", "none", "other layout"],
)
def test_an_answer_that_cannot_be_read_is_said_beside_the_file(office, first, upload):
    batch = office.sent(owed(office.fund))
    response = first.post(desk("batch_result", batch.token), {"file": upload} if upload else {})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not ResultFile.objects.exists()


def test_every_row_that_changed_nothing_is_on_the_page_with_its_reason(office, first):
    other, batch = office.sent(owed(office.fund)), office.sent(owed(office.fund))
    rows = [*rows_of(other), ("FK0", 500, "成功", ""), (batch.lines.get().reference, "=1+1", "成功", "")]
    page = first.post(desk("batch_result", batch.token), {"file": file_of(rows)}, follow=True)
    assert [one["fate"] for one in page.context["without"]] == ["other_batch", "no_such_line", "formula"]
    assert page.context["worrying"] == 3


def test_an_unknown_line_is_settled_by_a_second_person(office, second):
    payable = owed(office.fund)
    batch = office.sent(payable)
    office.read(batch, rows_of(batch, "处理中"))
    line = line_of(batch, payable)
    assert desk("settle", batch.token, line.pk) in text_of(second.get(desk("batch", batch.token)))
    response = second.post(desk("settle", batch.token, line.pk), {"became": "paid", "reason": ""})
    assert list(response.context["form"].errors) == ["reason"]
    second.post(desk("settle", batch.token, line.pk), {"became": "paid", "reason": "银行对账单"})
    assert state_of(payable) == PayableState.PAID


def test_an_account_is_shown_once_for_a_reason_and_never_else(office, first):
    payable = owed(office.fund)
    address, number = desk("payable", payable.token), payable.account.number
    assert number not in text_of(first.get(address))
    assert number not in text_of(first.post(address, {"canned": "", "words": ""}))
    assert number in text_of(first.post(address, {"canned": "papers", "words": ""}))
    assert number not in text_of(first.get(address))
    assert AccessRecord.objects.count() == 1


def test_an_account_is_corrected_at_the_desk(office, first):
    payable = owed(office.fund)
    office.answered(payable, word="失败")
    number = card_number(600)
    given = {"holder": "示例乙", "bank": "示例银行", "number": number, "again": number}
    refused = first.post(desk("payable_account", payable.token), given | {"number": "1"})
    assert list(refused.context["form"].errors) == ["number"]
    first.post(desk("payable_account", payable.token), given)
    assert state_of(payable) == PayableState.WAITING


def test_payables_are_found_by_number_without_a_number_in_the_address(office, first):
    payable = owed(office.fund, case_number="TW-26-000184-8")
    other = owed(office.fund)
    for text in (payable.worker.phone, payable.worker.id_number):
        response = first.post(desk("payables_find"), {"text": text, "within": ""})
        assert text not in response["Location"]
        shown = text_of(first.get(response["Location"]))
        assert payable.token in shown
        assert other.token not in shown
    missing = first.post(desk("payables_find"), {"text": "19999999999", "within": ""}, follow=True)
    assert "19999999999" not in missing.redirect_chain[-1][0]


def test_payables_are_narrowed_by_state_fund_union_and_need(office, first):
    here, there = owed(office.fund), owed(office.fund, account=False)
    office.answered(here)
    for query, token in (
        ("state=paid", here),
        ("needs=account", there),
        (f"fund={office.fund.pk}&state=waiting", there),
    ):
        shown = text_of(first.get(f"{desk('payables')}?{query}"))
        assert token.token in shown
        assert ({here.token, there.token} - {token.token}).pop() not in shown


def test_the_list_leaves_as_a_workbook_masked(office, first):
    payable = owed(office.fund)
    listing = exports["payables"]
    found = listing.find(first.user, QueryDict("state=waiting"), False)
    lines = list(listing.lines(found.rows, False))
    assert payable.worker.name not in lines[0]
    assert payable.account.number not in str(lines)


def test_a_fund_is_opened_changed_and_closed_at_the_desk(office, first):
    data = {
        "name": "示例资金",
        "code": "x",
        "year": 2026,
        "kind": "city",
        "organization": office.organization.code,
        "budget": "100.00",
        "reason": "年度预算",
    }
    first.post(desk("fund_add"), data)
    fund = FundSource.objects.unscoped().get(code="x")
    again = first.post(desk("fund_add"), data)
    assert list(again.context["form"].errors) == ["code"]
    owed(fund, amount="60.00")
    short = first.post(desk("fund_budget", fund.pk), {"budget": "59.99", "reason": "调减"})
    assert list(short.context["form"].errors) == ["budget"]
    negative = first.post(desk("fund_budget", fund.pk), {"budget": "-1", "reason": "调减"})
    assert list(negative.context["form"].errors) == ["budget"]
    page = text_of(first.get(desk("fund", fund.pk)))
    assert all(figure in page for figure in ("100.00", "60.00", "40.00"))
    assert first.post(desk("fund_close", fund.pk)).context["form"].non_field_errors()


def layout_data(office, **changes) -> dict:
    data = {"name": "示例银行", "code": "new-bank", "organization": office.organization.code, "sheet": "Sheet1"}
    data |= {f"heading_{field}": heading for field, heading in COLUMNS} | {"in_use": "on"}
    data |= {f"place_{field}": place for place, (field, _heading) in enumerate(COLUMNS, 1)}
    data |= {f"result_{name}": RESULTS[name] for name in ("reference", "amount", "outcome", "reason")}
    return data | {"paid": "成功\n交易成功", "returned": "失败"} | changes


def test_a_layout_is_written_in_fields_and_nobody_types_code(office, first):
    first.post(desk("layout_add"), layout_data(office, place_amount="1", place_sequence="9"))
    layout = BankLayout.objects.get(code="new-bank")
    assert [column["field"] for column in layout.columns] == [
        *("amount", "reference", "holder", "number", "bank", "purpose", "sequence")
    ]
    assert (layout.results["paid"], layout.results["returned"]) == (["成功", "交易成功"], ["失败"])
    page = first.get(desk("layout", layout.code))
    assert page.context["form"]["heading_number"].value() == "收款账号"
    first.post(desk("layout", layout.code), layout_data(office, heading_purpose="", name="改名"))
    layout.refresh_from_db()
    assert (layout.name, [c for c in layout.columns if c["field"] == "purpose"]) == ("改名", [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"heading_number": ""}, "heading_number"),
        ({"heading_bank": "金额"}, "heading_amount"),
        ({"result_outcome": "金额"}, "result_outcome"),
        ({"paid": ""}, "paid"),
        ({"returned": "成功"}, "returned"),
        ({"sheet": "a/b"}, "sheet"),
        ({"code": "a b"}, "code"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said_beside_its_field(office, first, changes, field):
    response = first.post(desk("layout_add"), layout_data(office, **changes))
    assert field in response.context["form"].errors
    assert not BankLayout.objects.filter(code="new-bank").exists()


def test_what_waits_for_finance_is_on_the_desk(office, first):
    owed(office.fund)
    office.frozen(owed(office.fund))
    office.approved(owed(office.fund))
    office.sent(owed(office.fund))
    unknown = office.sent(owed(office.fund))
    office.read(unknown, rows_of(unknown, "处理中"))
    office.answered(failed := owed(office.fund), word="失败")
    office.answered(missing := owed(office.fund))
    Payable.objects.unscoped().filter(pk=missing.pk).update(received=False)
    assert state_of(failed) == PayableState.FAILED
    found = todos_for(first.user)
    assert len(found) == 7
    assert {first.get(todo.url).status_code for todo in found} == {200}
    assert todos_for(post(office.organization, Role.CASE_OFFICER)) == []


def test_another_organisation_s_money_does_not_exist_for_her(office):
    tree = small_tree()
    stranger = at_desk(tree["county_a"], Role.FINANCE_OFFICER)
    payable = owed(office.fund)
    batch = office.sent(payable)
    for address in (
        *(desk(name, batch.token) for name in ("batch", "batch_approve", "batch_put", "batch_result")),
        *(desk(name, payable.token) for name in ("payable", "payable_account", "payable_cancel")),
        *(desk(name, office.fund.pk) for name in ("fund", "fund_budget")),
        desk("layout", office.layout.code),
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {}).status_code in (404, 405)
    assert stranger.post(desk("batch_file", batch.token)).status_code == 404
    assert line_of(batch, payable).state == LineState.SENT


def test_a_file_is_never_handed_out_on_a_link(office, first):
    batch = office.written(owed(office.fund))
    assert first.get(desk("batch_file", batch.token)).status_code == 405
    assert not AccessRecord.objects.exists()
    auditor = at_desk(office.organization, Role.AUDITOR)
    assert auditor.post(desk("batch_file", batch.token)).status_code == 403


def test_what_the_bank_sent_is_handed_out_to_finance_on_record(office, first):
    payable = owed(office.fund)
    batch = office.answered(payable)
    result = batch.results.get()
    address = desk("result_file", batch.token, result.token)
    assert address in text_of(first.get(desk("result", batch.token, result.token)))
    assert first.get(address).status_code == 405
    assert not AccessRecord.objects.exists()
    response = first.post(address)
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert (response["X-Content-Type-Options"], response["Cache-Control"].count("no-store")) == ("nosniff", 1)
    record = AccessRecord.objects.get()
    assert (record.subject_id, record.routine, batch.number in record.reason) == (payable.worker_id, True, True)
    auditor = at_desk(office.organization, Role.AUDITOR)
    assert auditor.post(address).status_code == 403
    assert address not in text_of(auditor.get(desk("result", batch.token, result.token)))
    other = office.answered(owed(office.fund))
    assert first.post(desk("result_file", other.token, result.token)).status_code == 404


def test_a_deleted_answer_is_said_to_be_gone(office, first, settings):
    batch = office.answered(owed(office.fund))
    result = batch.results.get()
    result.file.storage.delete(result.file.name)
    address = desk("result_file", batch.token, result.token)
    assert first.post(address, follow=True).redirect_chain == [(desk("result", batch.token, result.token), 302)]
    settings.PAYMENT_FILE_HOURS = 0
    assert first.post(address).status_code == 302
    assert address not in text_of(first.get(desk("result", batch.token, result.token)))
    assert not AccessRecord.objects.exists()


def test_odd_pages_and_states_in_the_address_are_no_error(office, first):
    batch = office.batch(owed(office.fund))
    for query in ("page=x", "page=999", "state=nonsense", "state=paid&page=-1"):
        assert first.get(f"{desk('batch', batch.token)}?{query}").status_code == 200
    assert first.get(f"{desk('payables')}?q=199000000012").status_code == 200
