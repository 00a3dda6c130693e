"""What payments adds to the world: money owed to the owner, and a batch in each state that an address can name."""

from decimal import Decimal

from django.core.files.base import ContentFile

from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Account, Batch, BatchLine, FundSource, Payable, ResultFile
from tests.factories.payments import RESULTS, LayoutFactory


def records(town, worker, maker, approver, now) -> dict:
    """A fund and a layout of the town's; one sum paid and answered for, one in an open batch."""
    fund = FundSource.objects.create(
        organization=town,
        code="world",
        year=2026,
        name="示例资金",
        kind="county",
        budget=1000,
        committed=500,
        spent=500,
    )
    layout = LayoutFactory(organization=town, code="world")
    account = Account.objects.create(
        worker=worker, holder="示例乙", bank="示例银行", number="6200990000000000017", given_by=maker, given_at=now
    )
    common = {"organization": town, "path": town.path, "worker": worker, "account": account, "fund": fund}
    paid, waiting = (
        Payable.objects.create(
            **common,
            key=f"world-{state}",
            service="nobody",
            subject_code="world",
            title="示例帮扶",
            amount=Decimal(500),
            state=state,
            raised_at=now,
            changed_at=now,
            paid_at=now if state == PayableState.PAID else None,
        )
        for state in (PayableState.PAID, PayableState.BATCHED)
    )
    done, begun = _batches(town, fund, layout, maker, approver, now)
    line = {"amount": 500, "account": account, "account_index": account.number_index}
    lines = [
        BatchLine.objects.create(batch=batch, payable=payable, reference=f"R-{batch.pk}", state=state, **line)
        for batch, payable, state in ((done, paid, LineState.PAID), (begun, waiting, LineState.IN))
    ]
    result = ResultFile.objects.create(
        batch=done,
        digest="0" * 64,
        file=ContentFile(b"rows", name="x.xlsx"),
        name="x",
        uploaded_by=maker,
        uploaded_at=now,
    )
    return {
        "fund": fund,
        "layout": layout,
        "payable": paid,
        "batch": done,
        "open_batch": begun,
        "line": lines[0],
        "open_line": lines[1],
        "answer": result,
    }


def _batches(town, fund, layout, maker, approver, now) -> list[Batch]:
    """One that the bank has, one that is being put together."""
    at_bank = {
        "state": BatchState.SENT,
        "approved_by": approver,
        "approved_at": now,
        "file_digest": "0" * 64,
        "file_written_at": now,
        "layout_kept": {"sheet": layout.sheet, "columns": layout.columns, "results": RESULTS},
    }
    common = {"organization": town, "fund": fund, "layout": layout, "made_by": maker, "made_at": now}
    return [
        Batch.objects.create(number=f"FK-26-{name}", **common, **fields)
        for name, fields in (("done", at_bank), ("begun", {}))
    ]
