"""How the awards of the demo are paid: two batches that the bank has answered, one that waits to be approved."""

from datetime import datetime
from functools import partial
from io import BytesIO

from services.exchange.workbooks.streaming import StreamedBook
from services.foundation.references import luhn_digit
from services.payments import actions
from services.payments.enums import PayableState
from services.payments.models import Batch, Payable

# Days before today on which a batch was made; the bank answered three days later.
ANSWERED, WAITING = (68, 33), 1
_HEADINGS = ("业务参考号", "金额", "处理结果", "失败原因")


def plan(scene) -> None:
    for days in ANSWERED:
        scene.context.at(scene.day(days, 11), partial(_pay, scene, scene.day(days, 11), scene.day(days - 3, 9)))
    scene.context.at(scene.day(ANSWERED[0] - 8), partial(_correct, scene, scene.day(ANSWERED[0] - 8)))
    scene.context.at(scene.day(WAITING, 15), partial(_hand_in, scene, scene.day(WAITING, 15)))


def _waiting(fund) -> list[Payable]:
    """Whichever service owes it from this fund: benefits of mutual aid are paid together with awards."""
    return list(Payable.objects.own(fund=fund, state=PayableState.WAITING).order_by("pk"))


def _hand_in(scene, now: datetime) -> Batch:
    """What waits, put together and frozen by the finance officer of the printed table."""
    made, officer = scene.context.made, scene.context.made["organizations.staff"]["finance"]
    layout, fund = made["payments.layout"], made["payments.funds"]["hardship"]
    batch = actions.open_batch(fund=fund, layout=layout, by=officer, now=now)
    actions.add(batch, payables=_waiting(fund), by=officer, now=now)
    return actions.freeze(batch, by=officer, now=now)


def _pay(scene, now: datetime, answered: datetime) -> None:
    """Approved by the second officer, sent, and answered: all paid but the last one."""
    made = scene.context.made
    officer, second = made["organizations.staff"]["finance"], made["payments.second"]
    batch = _hand_in(scene, now)
    actions.approve(batch, seen=batch.digest, by=second, now=now)
    actions.write_file(batch, by=officer, now=now)
    batch = actions.mark_sent(batch, by=officer, now=now)
    actions.read_results(batch, upload=_answer(batch), name="回盘.xlsx", by=officer, now=answered)


def _answer(batch: Batch) -> BytesIO:
    lines = list(batch.lines.order_by("pk"))
    rows = [[line.reference, line.amount, "成功", ""] for line in lines[:-1]]
    rows.append([lines[-1].reference, lines[-1].amount, "失败", "账号与户名不符"])
    target = BytesIO()
    book = StreamedBook(target, sheets=1)
    book.add(1, rows, headings=_HEADINGS, widths=[24] * len(_HEADINGS))
    book.finish(["回盘"])
    target.seek(0)
    return target


def _correct(scene, now: datetime) -> None:
    """The first one that came back got another account, and goes out again with the next batch."""
    for payable in Payable.objects.own(state=PayableState.FAILED).select_related("worker__user"):
        body = f"620099{90000 + payable.pk:012d}"
        actions.correct_account(
            payable,
            holder=payable.worker.name,
            bank="示例银行",
            bank_branch="东河支行",
            number=body + luhn_digit(body),
            by=payable.worker.user,
            now=now,
        )
