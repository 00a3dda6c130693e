"""What a form of payments doesn't ask for has no effect: no sum, state or signature comes from outside (T17)."""

from decimal import Decimal

import pytest
from django.utils import timezone

from services.organizations.enums import Role
from services.payments import actions
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, FundSource, Payable
from tests.factories.payments import Office, line_of, owed, state_of
from tests.payments.test_desk import approval, desk, file_of, fresh, rows_of
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def first(office):
    return at_desk(office.organization, Role.FINANCE_OFFICER)


@pytest.fixture
def second(office):
    return at_desk(office.organization, Role.FINANCE_OFFICER)


@pytest.fixture
def smuggled(office) -> dict:
    sums = dict.fromkeys(("amount", "total", "committed", "spent", "left", "budget_after"), "999999.99")
    states = {"state": "paid", "status": "paid", "approved_by": office.first.pk, "made_by": office.second.pk}
    stamps = {"paid_at": "2020-01-01", "approved_at": "2020-01-01", "closed_at": "2020-01-01", "now": "2020-01-01"}
    others = {
        "by": office.first.pk,
        "worker": "1",
        "organization": "1",
        "path": "0001",
        "digest": "0" * 64,
        "count": "9",
    }
    return sums | states | stamps | others | {"is_staff": "1", "attempts": "0", "received": "true", "account": "1"}


def test_a_batch_goes_its_whole_way_by_whoever_is_signed_in(office, first, second, smuggled):
    payable = owed(office.fund)
    own = {name: value for name, value in smuggled.items() if name not in ("now",)}
    first.post(desk("batch_add"), own | {"fund": office.fund.pk, "layout": office.layout.code})
    batch = Batch.objects.unscoped().get()
    assert (batch.state, batch.made_by, batch.approved_by, batch.total, batch.digest) == (
        BatchState.OPEN,
        first.user,
        None,
        Decimal(0),
        "",
    )
    first.post(desk("batch_put", batch.token), own | {"payable": [payable.token]})
    line = line_of(batch, payable)
    assert (line.amount, line.state, line.added_by) == (payable.amount, LineState.IN, first.user)
    first.post(desk("batch_freeze", batch.token), own)
    assert (fresh(batch).total, fresh(batch).approved_by) == (payable.amount, None)
    second.post(desk("batch_approve", batch.token), smuggled | approval(fresh(batch)))
    approved = fresh(batch)
    assert (approved.state, approved.approved_by) == (BatchState.APPROVED, second.user)
    assert approved.approved_at.year == timezone.now().year
    first.post(desk("batch_write", batch.token), own)
    first.post(desk("batch_sent", batch.token), own)
    assert state_of(payable) == PayableState.SENT
    first.post(desk("batch_result", batch.token), own | {"file": file_of(rows_of(fresh(batch)))})
    paid = Payable.objects.unscoped().get(pk=payable.pk)
    assert (paid.state, paid.amount, paid.received) == (PayableState.PAID, Decimal("500.00"), None)


def test_a_fund_is_opened_and_changed_with_what_its_form_asks(office, first, smuggled):
    asked = {"name": "示例资金", "code": "extra", "year": "2026", "kind": "city", "budget": "1000.00", "reason": "示例"}
    first.post(desk("fund_add"), smuggled | asked | {"organization": office.organization.code})
    fund = FundSource.objects.unscoped().get(code="extra")
    assert (fund.budget, fund.committed, fund.spent, fund.closed_at) == (Decimal("1000.00"), 0, 0, None)
    assert fund.organization == office.organization
    first.post(desk("fund_budget", fund.pk), smuggled | {"budget": "1200.00", "reason": "追加"})
    fund.refresh_from_db()
    assert (fund.budget, fund.committed, fund.spent, fund.closed_at) == (Decimal("1200.00"), 0, 0, None)


def test_an_unknown_line_is_settled_as_chosen_and_by_whoever_is_signed_in(office, second, smuggled):
    payable = owed(office.fund)
    batch = office.sent(payable)
    actions.close(batch, by=office.first, now=timezone.now())
    line = line_of(batch, payable)
    sent = smuggled | {"became": "returned", "reason": "已与银行核对"}
    second.post(desk("settle", batch.token, line.pk), sent)
    line.refresh_from_db()
    assert (line.settled_by, line.amount, state_of(payable)) == (second.user, payable.amount, PayableState.FAILED)
