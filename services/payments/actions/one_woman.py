"""When two records of one woman become one: what she is owed and where her money goes."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from services.payments.models import Account, Payable
from services.workers.models import Worker
from services.workers.registry import Follower, Rows


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """She has one current account: that of the record that stays, where it has one. What is owed already keeps the
    account it was to go to."""
    if Account.objects.filter(worker=into, current=True).exists():
        Account.objects.filter(worker=worker, current=True).update(current=False)


FOLLOWER = Follower(
    order=60,
    rows=(
        Rows(gettext_lazy("Bank accounts"), lambda keys: Account.objects.filter(worker__in=keys)),
        Rows(gettext_lazy("Payables"), lambda keys: Payable.objects.unscoped().filter(worker__in=keys)),
    ),
    settle=settle,
)
