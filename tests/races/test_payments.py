"""Money at one moment: two approvers, two batches, one answer twice, a process killed half-way."""

import io
import os
import signal
import subprocess
import sys
from decimal import Decimal

import pytest
from django.utils import timezone

from services.payments import actions
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, BatchLine, FundLine, Payable, ResultFile
from services.payments.queries.checking import faults
from tests.factories.payments import Office, answer, card_number, finance, owed, state_of, sums
from tests.payments.test_owing import account
from tests.races.conftest import database_url
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def errors_in(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def rows_of(batch: Batch, word="成功"):
    return [(line.reference, line.amount, word, "") for line in batch.lines.order_by("pk")]


def test_two_approvers_at_once_and_one_of_them_stands():
    office, now = Office(), timezone.now()
    third = finance(office.organization)
    batch = office.frozen(*(owed(office.fund) for _ in range(5)))
    jobs = [lambda by=by: actions.approve(batch, seen=batch.digest, by=by, now=now) for by in (office.second, third)]
    results = at_once(jobs)
    assert errors_in(results) == []
    assert sorted(isinstance(result, Batch) for result in results) == [False, True]
    assert "approved_before" in results
    winner = (office.second, third)[0 if isinstance(results[0], Batch) else 1]
    assert Batch.objects.unscoped().get(pk=batch.pk).approved_by_id == winner.pk


@pytest.mark.parametrize("again", range(3))
def test_approving_races_with_a_changed_account_and_the_figures_hold(again):
    office, now = Office(), timezone.now()
    payables = [owed(office.fund) for _ in range(4)]
    batch = office.frozen(*payables)
    results = at_once(
        [
            lambda: actions.approve(batch, seen=batch.digest, by=office.second, now=now),
            lambda: actions.correct_account(payables[0], by=office.first, now=now, **account()),
        ]
    )
    assert errors_in(results) == []
    assert state_of(payables[0]) == PayableState.WAITING
    after = Batch.objects.unscoped().get(pk=batch.pk)
    assert (after.state, results[0]) in {(BatchState.APPROVED, after), (BatchState.FROZEN, "changed_meanwhile")}
    assert list(faults()) == []


def test_two_batches_over_the_same_payables_share_none():
    office, now = Office(), timezone.now()
    payables = [owed(office.fund) for _ in range(20)]
    batches = [
        actions.open_batch(fund=office.fund, layout=office.layout, by=by, now=now)
        for by in (office.first, office.second, office.first, office.second)
    ]
    jobs = [
        lambda b=b, n=n: actions.add(b, payables=payables[:: 1 if n % 2 else -1], by=b.made_by, now=now)
        for n, b in enumerate(batches)
    ]
    results = at_once(jobs)
    assert errors_in(results) == []
    assert sum(result.count for result in results) == 20
    lines = BatchLine.objects.filter(payable__in=payables, state=LineState.IN)
    assert (lines.count(), lines.values("payable").distinct().count()) == (20, 20)
    assert list(faults()) == []


def test_the_same_answer_from_many_hands_is_read_once():
    office, now = Office(), timezone.now()
    batch = office.sent(*(owed(office.fund) for _ in range(10)))
    body = answer(rows_of(batch)).getvalue()

    def read(by):
        return actions.read_results(batch, upload=io.BytesIO(body), name="x", by=by, now=now)

    results = at_once([lambda by=by: read(by) for by in (office.first, office.second) * 3])
    assert errors_in(results) == []
    assert len({result.pk for result in results}) == 1
    assert ResultFile.objects.count() == 1
    assert FundLine.objects.filter(move="spend").count() == 10
    assert sums(office.fund)[1:] == (0, Decimal("5000.00"))
    assert list(faults()) == []


def test_different_answers_at_once_pay_each_line_once():
    office, now = Office(), timezone.now()
    batch = office.sent(*(owed(office.fund) for _ in range(8)))
    rows = rows_of(batch)
    uploads = [answer(rows[:6]), answer(rows[2:]), answer(rows[::-1]), answer(rows_of(batch, "处理中"))]
    jobs = [
        lambda u=u: actions.read_results(batch, upload=u, name="x", by=office.first, now=now).applied for u in uploads
    ]
    results = at_once(jobs)
    assert errors_in(results) == []
    assert not batch.lines.exclude(state=LineState.PAID).exists()
    assert sums(office.fund)[1:] == (0, Decimal("4000.00"))
    assert list(faults()) == []


def test_one_key_raised_by_many_is_owed_once():
    office = Office()
    her = owed(office.fund, key="first").worker
    results = at_once([lambda: owed(office.fund, worker=her, key="award", amount="300.00") for _ in range(8)])
    assert errors_in(results) == []
    assert len({result.pk for result in results}) == 1
    assert sums(office.fund)[1] == Decimal("800.00")


def test_the_last_of_a_budget_is_promised_once():
    office = Office(budget="1000.00")
    women = [owed(office.fund, amount="0.01").worker for _ in range(6)]
    jobs = [lambda her=her, n=n: owed(office.fund, worker=her, amount="400.00") for n, her in enumerate(women)]
    results = at_once(jobs)
    assert errors_in(results) == []
    assert sum(isinstance(result, Payable) for result in results) == 2
    assert {result for result in results if isinstance(result, str)} == {"fund_short"}
    assert list(faults()) == []


@pytest.mark.parametrize("again", range(3))
def test_writing_cancelling_and_correcting_at_once_leave_the_books_in_order(again):
    office, now = Office(), timezone.now()
    payables = [owed(office.fund) for _ in range(6)]
    batch = office.approved(*payables)
    other = account(number=card_number(500 + again))
    jobs = [
        lambda: actions.write_file(batch, by=office.first, now=now),
        lambda: actions.write_file(batch, by=office.second, now=now),
        lambda: actions.cancel_payable(payables[0], reason="撤销", by=office.first, now=now),
        lambda: actions.correct_account(payables[1], by=office.first, now=now, **other),
        lambda: actions.cancel_batch(batch, reason="不付了", by=office.first, now=now),
    ]
    assert errors_in(at_once(jobs)) == []
    after = Batch.objects.unscoped().get(pk=batch.pk)
    assert after.state in (BatchState.APPROVED, BatchState.CANCELLED)
    assert bool(after.file_digest) == (after.state == BatchState.APPROVED)
    assert list(faults()) == []


def test_a_process_killed_while_it_reads_an_answer_leaves_nothing_of_it(tmp_path):
    """It stops dead after the lines are written and before the fund is: all of the file or nothing of it."""
    office = Office()
    payables = [owed(office.fund) for _ in range(5)]
    batch = office.sent(*payables)
    upload = answer(rows_of(batch))
    path = tmp_path / "answer.xlsx"
    path.write_bytes(upload.getvalue())
    code = f"""
import os, signal, django
django.setup()
from django.utils import timezone
from services.accounts.models import User
from services.payments import actions
from services.payments.actions import results
from services.payments.models import Batch
results.write = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
batch = Batch.objects.unscoped().select_related("organization").get(pk={batch.pk})
by = User.objects.get(pk={office.first.pk})
actions.read_results(batch, upload=open({str(path)!r}, "rb"), name="x", by=by, now=timezone.now())
"""
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.races.settings"}
    killed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert {state_of(payable) for payable in payables} == {PayableState.SENT}
    assert not ResultFile.objects.exists()
    assert sums(office.fund)[1:] == (Decimal("2500.00"), 0)
    assert office.read(batch, rows_of(batch)).applied == 5
    assert sums(office.fund)[1:] == (0, Decimal("2500.00"))
    assert list(faults()) == []


def test_two_batches_of_one_fund_paid_while_its_budget_is_lowered_never_take_it_below_nothing():
    office, now = Office(budget="4000.00"), timezone.now()
    batches = [office.sent(*(owed(office.fund) for _ in range(4))) for _ in range(2)]
    bodies = [answer(rows_of(batch)).getvalue() for batch in batches]

    def read(place: int):
        upload = io.BytesIO(bodies[place])
        return actions.read_results(batches[place], upload=upload, name="x", by=office.first, now=now).applied

    lower = {"budget": Decimal("3999.99"), "reason": "压减", "by": office.second, "now": now}
    results = at_once(
        [
            lambda: read(0),
            lambda: read(1),
            lambda: actions.change_budget(office.fund, **lower),
            lambda: owed(office.fund, amount="0.01"),
        ]
    )
    assert errors_in(results) == []
    assert results[2:] == ["budget_below_promises", "fund_short"]
    assert sums(office.fund) == (Decimal("4000.00"), 0, Decimal("4000.00"))
    assert list(faults()) == []
