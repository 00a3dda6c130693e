"""Codes of payments with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundKind(models.TextChoices):
    """Whose money it is (DOMAIN-services §3.9)."""

    CENTRAL = "central", _("Central earmarked fund")
    PROVINCE = "province", _("Provincial federation")
    CITY = "city", _("City federation")
    COUNTY = "county", _("County or district federation")
    MUTUAL_AID = "mutual_aid", _("Mutual-aid society")
    FOUNDATION = "foundation", _("Foundation")
    DONATED = "donated", _("Donations")


class FundMove(models.TextChoices):
    """A line of a fund's ledger. ``commit`` and ``release`` change what is promised, ``spend`` moves it to paid."""

    BUDGET = "budget", _("Budget changed")
    COMMIT = "commit", _("Promised")
    RELEASE = "release", _("Promise taken back")
    SPEND = "spend", _("Paid")
    REFUND = "refund", _("Paid back")


class PayableState(models.TextChoices):
    """``unknown``: the bank has not said what became of it; it can't be paid again before that is settled."""

    WAITING = "waiting", _("Waiting for a batch")
    BATCHED = "batched", _("In a batch")
    SENT = "sent", _("At the bank")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Returned by the bank")
    UNKNOWN = "unknown", _("Unknown at the bank")
    CANCELLED = "cancelled", _("Cancelled")


# Money may be on its way: no other batch may take it.
IN_FLIGHT = frozenset({PayableState.BATCHED, PayableState.SENT, PayableState.UNKNOWN})
PAYABLE_OVER = frozenset({PayableState.PAID, PayableState.CANCELLED})


class BatchState(models.TextChoices):
    """``frozen``: nothing can be added any more; a second person looks at it."""

    OPEN = "open", _("Being put together")
    FROZEN = "frozen", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("Given to the bank")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class LineState(models.TextChoices):
    IN = "in", _("In the batch")
    VOIDED = "voided", _("Approval void: the account was changed")
    SENT = "sent", _("At the bank")
    PAID = "paid", _("Paid")
    RETURNED = "returned", _("Returned")
    UNKNOWN = "unknown", _("Unknown")
    TAKEN_OUT = "taken_out", _("Taken out")


# A payable stands in at most one line of these states: the database says so.
LINE_IN_FLIGHT = frozenset({LineState.IN, LineState.SENT, LineState.UNKNOWN})
