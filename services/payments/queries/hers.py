"""What payments holds about a signed-in woman, in words."""

from django.utils.translation import gettext as _

from services.payments.models import Account, Payable
from services.workers.queries import worker_of


def kinds_held(user) -> list[str]:
    """Kinds of data, without a value; nothing for somebody to whom nothing was ever owed."""
    worker = worker_of(user)
    if worker is None:
        return []
    found = []
    if Account.objects.filter(worker=worker).exists():
        found.append(_("Your bank account: holder, bank and number"))
    if Payable.objects.own(worker=worker).exists():
        found.append(_("What the union owes you and has paid you"))
    return found


def subjects_of(user) -> list[tuple[str, int]]:
    """Looks at her account are recorded on her record, which the roster answers for."""
    return []
