"""What waits for finance in payments. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.payments import policies
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, BatchLine, Payable

# A batch is approved, and a file answered, within this time; after that the line on the desk is overdue.
LATE_APPROVAL, LATE_ANSWER = timedelta(days=3), timedelta(days=7)


def todos_for(user) -> list[Todo]:
    """Five queries at most, and none for somebody without a post in payments."""
    scope = scope_of(user)
    prepares, approves = scope.paths(roles=policies.PREPARERS), scope.paths(roles=policies.APPROVERS)
    found = []
    if approves:
        found += [*_to_approve(user, approves), *_unknown(user, approves)]
    if prepares:
        found += [*_payables(prepares), *_batches(prepares)]
    return found


def _link(name: str, query: str = "") -> str:
    return f"{reverse(f'payments_desk:{name}')}{query}"


def _to_approve(user, paths) -> list[Todo]:
    rows = Batch.objects.unscoped().filter(path_filter("organization__path", paths), state=BatchState.FROZEN)
    found = rows.exclude(made_by=user).aggregate(n=Count("pk"), since=Min("frozen_at"))
    text = ngettext(
        "%(count)s payment batch waits for your approval", "%(count)s payment batches wait for approval", found["n"]
    )
    return _todo(found, text, _link("batches", f"?state={BatchState.FROZEN}"), LATE_APPROVAL)


def _unknown(user, paths) -> list[Todo]:
    rows = BatchLine.objects.filter(path_filter("batch__organization__path", paths), state=LineState.UNKNOWN)
    found = rows.exclude(batch__made_by=user).aggregate(n=Count("pk"), since=Min("settled_at"))
    text = ngettext(
        "%(count)s payment is unknown at the bank: ask the bank and settle it",
        "%(count)s payments are unknown at the bank: ask the bank and settle them",
        found["n"],
    )
    return _todo(found, text, _link("payables", f"?state={PayableState.UNKNOWN}"), LATE_ANSWER)


def _payables(paths) -> list[Todo]:
    rows = Payable.objects.unscoped().filter(path_filter("organization__path", paths)).order_by()
    sums = rows.aggregate(
        waiting=Count("pk", filter=Q(state=PayableState.WAITING, account__isnull=False, held_because="")),
        waiting_since=Min("raised_at", filter=Q(state=PayableState.WAITING)),
        failed=Count("pk", filter=Q(state=PayableState.FAILED)),
        failed_since=Min("changed_at", filter=Q(state=PayableState.FAILED)),
        missing=Count("pk", filter=Q(state=PayableState.PAID, received=False)),
        missing_since=Min("changed_at", filter=Q(state=PayableState.PAID, received=False)),
    )
    lines = [
        (
            "waiting",
            ngettext("%(count)s payable waits for a batch", "%(count)s payables wait for a batch", sums["waiting"]),
            f"?state={PayableState.WAITING}",
        ),
        (
            "failed",
            ngettext(
                "The bank returned %(count)s payment: correct the account",
                "The bank returned %(count)s payments: correct the accounts",
                sums["failed"],
            ),
            f"?state={PayableState.FAILED}",
        ),
        (
            "missing",
            ngettext(
                "%(count)s woman says her payment didn't arrive",
                "%(count)s women say their payment didn't arrive",
                sums["missing"],
            ),
            "?needs=missing",
        ),
    ]
    return [
        todo
        for name, text, query in lines
        for todo in _todo({"n": sums[name], "since": sums[f"{name}_since"]}, text, _link("payables", query))
    ]


def _batches(paths) -> list[Todo]:
    rows = Batch.objects.unscoped().filter(path_filter("organization__path", paths)).order_by()
    approved = rows.filter(state=BatchState.APPROVED).aggregate(n=Count("pk"), since=Min("approved_at"))
    sent = rows.filter(state=BatchState.SENT).aggregate(n=Count("pk"), since=Min("sent_at"))
    to_write = ngettext(
        "%(count)s batch is approved: give its file to the bank",
        "%(count)s batches are approved: give their files to the bank",
        approved["n"],
    )
    to_read = ngettext(
        "%(count)s batch is at the bank: read the answer in",
        "%(count)s batches are at the bank: read the answers in",
        sent["n"],
    )
    return [
        *_todo(approved, to_write, _link("batches", f"?state={BatchState.APPROVED}"), LATE_APPROVAL),
        *_todo(sent, to_read, _link("batches", f"?state={BatchState.SENT}"), LATE_ANSWER),
    ]


def _todo(found: dict, text: str, url: str, late: timedelta | None = None) -> list[Todo]:
    if not found["n"]:
        return []
    since = found["since"]
    overdue = bool(late and since and since < clock.now() - late)
    return [Todo(text % {"count": found["n"]}, url, overdue=overdue, since=since)]
