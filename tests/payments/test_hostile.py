"""What somebody tries who wants money twice, money elsewhere, or merely presses twice."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.exchange.errors import TooManyRows, WorkbookRefused
from services.organizations.enums import Role
from services.payments import actions, errors
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Account, Batch, BatchLine, FundLine, ResultFile
from services.payments.queries.checking import faults
from tests.factories.organizations import small_tree
from tests.factories.payments import Office, answer, card_number, line_of, owed, state_of, sums
from tests.payments.test_owing import account
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(small_tree()["city"])


def desk(name: str, *args) -> str:
    return reverse(f"payments_desk:{name}", args=args)


def fresh(batch: Batch) -> Batch:
    return Batch.objects.unscoped().get(pk=batch.pk)


def fates(result: ResultFile) -> list[str]:
    return [one["fate"] for one in result.outcome]


def nothing_was_paid(office) -> bool:
    return not FundLine.objects.filter(move="spend").exists() and sums(office.fund)[2] == 0


@pytest.mark.parametrize(
    ("amount", "fate"),
    [
        ("-500.00", "not_read"),
        (-500, "not_read"),
        (0, "not_read"),
        ("500.001", "not_read"),
        (500.0000001, "not_read"),
        ("5e2", "not_read"),
        (5e30, "not_read"),
        ("五百", "not_read"),
        ("500.01", "other_amount"),
        (499.99, "other_amount"),
        ("500,00", "not_read"),
        ("50,000", "other_amount"),
        ("=500", "formula"),
        ("#N/A", "formula"),
        (True, "not_read"),
        (None, "not_read"),
    ],
)
def test_an_amount_that_is_not_the_very_one_pays_nothing(office, amount, fate):
    batch = office.sent(owed(office.fund))
    result = office.read(batch, [(batch.lines.get().reference, amount, "成功", "")])
    assert (result.applied, fates(result)) == (0, [fate])
    assert nothing_was_paid(office)


@pytest.mark.parametrize("amount", ["500.00", "¥500", "500元", 500, 500.0])
def test_the_very_amount_is_read_however_it_is_written(office, amount):
    batch = office.sent(owed(office.fund))
    assert office.read(batch, [(batch.lines.get().reference, amount, "成功", "")]).applied == 1


def test_one_line_a_hundred_times_is_paid_once(office):
    payable = owed(office.fund)
    batch = office.sent(payable)
    result = office.read(batch, [(batch.lines.get().reference, 500, "成功", "")] * 100)
    assert (result.rows, result.applied, set(fates(result))) == (100, 1, {"already"})
    assert sums(office.fund)[1:] == (0, Decimal("500.00"))
    assert list(faults()) == []


def test_a_longer_answer_than_the_installation_reads_is_refused_whole(office, settings):
    batch = office.sent(owed(office.fund))
    settings.IMPORT_MAX_ROWS = 3
    rows = [(batch.lines.get().reference, 500, "成功", "")] * 4
    with pytest.raises(TooManyRows):
        office.read(batch, rows)
    assert nothing_was_paid(office) and not ResultFile.objects.exists()


def test_a_workbook_that_unpacks_to_too_much_is_refused(office, settings):
    batch = office.sent(owed(office.fund))
    swollen = io.BytesIO(answer([("FK1", 1, "成功", "")]).getvalue())
    with zipfile.ZipFile(swollen, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zero.bin", b"\0" * (64 * 1024 * 1024))
    with pytest.raises(WorkbookRefused):
        actions.read_results(batch, upload=swollen, name="x", by=office.first, now=timezone.now())
    assert not ResultFile.objects.exists()


@pytest.mark.parametrize(
    "headings",
    [
        ("业务参考号", "金额", "处理结果", "处理结果"),
        ("业务参考号", "金额", "处理结果", "金额"),
        ("业务参考号", "业务参考号", "金额", "处理结果"),
    ],
)
def test_a_heading_that_stands_twice_is_not_chosen_between(office, headings):
    batch = office.sent(owed(office.fund))
    reference = batch.lines.get().reference
    by_heading = {"业务参考号": reference, "金额": 500, "处理结果": "成功"}
    upload = answer([tuple(by_heading[heading] for heading in headings)], headings=headings)
    with pytest.raises(errors.HeadingTwice):
        actions.read_results(batch, upload=upload, name="x", by=office.first, now=timezone.now())
    assert nothing_was_paid(office)


def test_words_that_no_screen_shows_neither_settle_nor_break(office):
    batch = office.sent(owed(office.fund))
    reference = batch.lines.get().reference
    result = office.read(batch, [(f"{reference}_x0000_", 500, "成功_x0000_", "户名_x0000_\u202e不符")])
    assert (result.rows, result.applied, ResultFile.objects.get(pk=result.pk).applied) == (1, 1, 1)
    assert "\0" not in line_of(batch, batch.lines.get().payable).result


def test_a_layout_changed_at_the_bank_does_not_turn_the_answer_round(office):
    payable = owed(office.fund)
    batch = office.sent(payable)
    office.layout.results = office.layout.results | {"paid": ["失败"], "returned": ["成功"]}
    office.layout.save()
    office.read(batch, [(batch.lines.get().reference, 500, "失败", "")])
    assert state_of(payable) == PayableState.FAILED
    assert nothing_was_paid(office)


@pytest.mark.parametrize("what", ["number", "line"])
def test_an_account_swapped_in_the_database_after_the_approval_stops_the_file(office, what):
    payable, other = owed(office.fund), owed(office.fund)
    batch = office.approved(payable)
    if what == "number":
        swapped = Account.objects.get(pk=payable.account_id)
        swapped.number = card_number(999)
        Account.objects.bulk_update([swapped], ["number"])
    else:
        BatchLine.objects.filter(batch=batch).update(account=other.account)
    with pytest.raises(errors.FileDiffers):
        actions.write_file(batch, by=office.first, now=timezone.now())
    assert (fresh(batch).file_digest, state_of(payable)) == ("", PayableState.BATCHED)


def test_everything_pressed_twice_happens_once(office):
    first, second = (at_desk(office.organization, Role.FINANCE_OFFICER) for _ in range(2))
    payable = owed(office.fund)
    first.post(desk("batch_add"), {"fund": office.fund.pk, "layout": office.layout.code})
    batch = Batch.objects.unscoped().get()

    def twice(client, name, data=None, *args):
        for _ in range(2):
            given = data() if callable(data) else data or {}
            assert client.post(desk(name, batch.token, *args), given).status_code in (200, 302)

    twice(first, "batch_put", {"which": "all"})
    twice(first, "batch_freeze")
    handed_in = fresh(batch)
    approval = {"seen": handed_in.digest, "handed_in": handed_in.frozen_at.isoformat(), "checked": "on"}
    twice(second, "batch_approve", approval)
    twice(first, "batch_write")
    twice(first, "batch_sent")
    body = answer([(batch.lines.get().reference, 500, "处理中", "")]).getvalue()
    twice(first, "batch_result", lambda: {"file": SimpleUploadedFile("a.xlsx", body)})
    twice(first, "batch_close")
    twice(second, "settle", {"became": "paid", "reason": "银行对账单"}, batch.lines.get().pk)
    twice(second, "settle", {"became": "returned", "reason": "改口"}, batch.lines.get().pk)
    assert (fresh(batch).state, state_of(payable)) == (BatchState.CLOSED, PayableState.PAID)
    assert (batch.lines.count(), ResultFile.objects.count(), payable.lines.count()) == (1, 1, 1)
    assert FundLine.objects.filter(move="spend").count() == 1
    assert list(faults()) == []


def test_another_organisation_s_tokens_open_nothing_in_a_post(office):
    other = Office()
    theirs = owed(other.fund)
    their_batch = other.sent(owed(other.fund))
    mine = at_desk(office.organization, Role.FINANCE_OFFICER)
    own = office.batch(owed(office.fund))
    mine.post(desk("batch_put", own.token), {"which": "ticked", "payable": [theirs.token]})
    assert (own.lines.count(), state_of(theirs)) == (1, PayableState.WAITING)
    for fund, layout in ((other.fund, office.layout), (office.fund, other.layout), (other.fund, other.layout)):
        response = mine.post(desk("batch_add"), {"fund": fund.pk, "layout": layout.code})
        assert response.context["form"].errors
    line = their_batch.lines.get()
    for address in (
        desk("batch_take_out", own.token, line.pk),
        desk("settle", own.token, line.pk),
        desk("settle", their_batch.token, line.pk),
        desk("batch_file", their_batch.token),
        desk("payable_account", theirs.token),
        desk("payable_cancel", theirs.token),
    ):
        data = {"became": "paid", "reason": "x", **account(), "again": account()["number"]}
        response = mine.post(address, data)
        assert response.status_code == 404 or address == desk("batch_take_out", own.token, line.pk)
    assert line_of(their_batch, line.payable).state == LineState.SENT
    assert state_of(theirs) == PayableState.WAITING


def test_an_answer_for_another_batch_uploaded_here_settles_nothing_there(office):
    payables = [owed(office.fund), owed(office.fund)]
    here, there = (office.sent(payable) for payable in payables)
    result = office.read(here, [(there.lines.get().reference, 500, "成功", "")])
    assert fates(result) == ["other_batch"]
    assert [state_of(payable) for payable in payables] == [PayableState.SENT, PayableState.SENT]
    assert nothing_was_paid(office)
