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


class LayoutField(models.TextChoices):
    """What a column of a bank's file can hold."""

    SEQUENCE = "sequence", _("Running number")
    REFERENCE = "reference", _("Reference of the line")
    HOLDER = "holder", _("Account holder")
    NUMBER = "number", _("Card number")
    BANK = "bank", _("Bank")
    BANK_BRANCH = "bank_branch", _("Branch")
    AMOUNT = "amount", _("Amount in yuan")
    PURPOSE = "purpose", _("What it is for")


# Without these no bank could pay, and no answer could be matched.
FIELDS_NEEDED = (LayoutField.REFERENCE, LayoutField.HOLDER, LayoutField.NUMBER, LayoutField.AMOUNT)


class LeftOut(models.TextChoices):
    """Why a payable doesn't go into a batch now."""

    NOT_WAITING = "not_waiting", _("It doesn't wait for a batch")
    OTHER_FUND = "other_fund", _("It is owed from another fund")
    NO_ACCOUNT = "no_account", _("There is no account yet")
    HELD = "held", _("It is held")


class RowFate(models.TextChoices):
    """What became of one row of a bank's result file."""

    PAID = "paid", _("Paid")
    RETURNED = "returned", _("Returned")
    UNKNOWN = "unknown", _("Unknown")
    ALREADY = "already", _("Known already: nothing changed")
    NOT_READ = "not_read", _("Reference, amount or outcome can't be read")
    FORMULA = "formula", _("A formula instead of a value")
    NO_SUCH_LINE = "no_such_line", _("No line has this reference")
    OTHER_BATCH = "other_batch", _("This line stands in another batch")
    NEVER_SENT = "never_sent", _("This line never went to the bank")
    OTHER_AMOUNT = "other_amount", _("The amount differs from ours")
    TWICE = "twice", _("The file says two different things about this line")
    CONTRADICTS = "contradicts", _("It contradicts what the bank said before: ask the bank")


ROW_APPLIED = frozenset({RowFate.PAID, RowFate.RETURNED, RowFate.UNKNOWN})
