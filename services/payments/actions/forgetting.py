"""Taking the person out of what was paid long ago: sum, day, fund and ledger stay as they are."""

from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from services.payments.enums import PAYABLE_OVER
from services.payments.models import Account, BatchLine, Payable
from services.privacy.registry import Gone
from services.workers.models import Worker

# A blank account was given on no day.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def unsettled(payables: QuerySet[Payable]) -> bool:
    """Whether any of these is still to be paid, on its way, or come back: then nothing of it may go."""
    return payables.exclude(state__in=PAYABLE_OVER).exists()


def forget_payables(payables: QuerySet[Payable], *, nobody: Worker) -> Gone:
    """Payables that are over name ``nobody`` and no account of hers. Locks them.

    A line of a batch keeps the keyed digest of its account, for the batch's fingerprint is taken over it; the account
    itself goes as soon as nothing is paid to it any more.
    """
    held = list(payables.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    keys, accounts = [one.pk for one in held], set()
    for line in BatchLine.objects.filter(payable__in=keys).select_related("batch"):
        accounts.add(line.account_id)
        blank = _blank(nobody, given_by=line.batch.made_by_id)
        BatchLine.objects.filter(pk=line.pk).update(account=blank, result="")
    accounts |= {one.account_id for one in held if one.account_id}
    Payable.objects.own(pk__in=keys).update(worker=nobody, account=None, failure="", held_because="")
    used = Q(pk__in=BatchLine.objects.values("account")) | Q(
        pk__in=Payable.objects.own(account__isnull=False).values("account")
    )
    unused = Account.objects.filter(pk__in=accounts, current=False).exclude(used).exclude(worker=nobody)
    return Gone(rows=len(keys) + unused.delete()[0])


def forget_accounts(worker: int) -> Gone:
    """The accounts of a woman for whom nothing is open: all to which nothing was paid that still names her."""
    used = Q(payables__isnull=False) | Q(pk__in=BatchLine.objects.filter(account__worker=worker).values("account"))
    return Gone(rows=Account.objects.filter(worker=worker).exclude(used).delete()[0])


def _blank(nobody: Worker, *, given_by: int) -> Account:
    """An account that says nothing, for the lines of a stand-in."""
    found = Account.objects.filter(worker=nobody, current=False).first()
    blank = {"current": False, "holder": "", "bank": "", "number": "", "given_by_id": given_by}
    return found or Account.objects.create(worker=nobody, given_at=_LONG_AGO, **blank)
