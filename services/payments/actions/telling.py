"""What she is told when the bank has spoken: once for each try, without the sum and without what it is for."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from services.messaging.actions import Letter, notify_many
from services.payments.models import Payable
from services.payments.notifications import PAID, RETURNED

_AT_ONCE = 2_000


def tell(paid: Iterable[Payable], returned: Iterable[Payable]) -> None:
    """Write the letters of those who have an account here; they leave on commit."""
    for key, payables in ((PAID, paid), (RETURNED, returned)):
        rows = list(payables)
        for start in range(0, len(rows), _AT_ONCE):
            notify_many(key, _letters(key, rows[start : start + _AT_ONCE]))


def _letters(key: str, payables: list[Payable]) -> list[Letter]:
    found = Payable.objects.unscoped().filter(pk__in=[payable.pk for payable in payables], worker__user__isnull=False)
    found = found.select_related("worker__user").defer("worker__id_number", "worker__phone", "worker__note")
    return [
        Letter(
            to=payable.worker.user,
            context={"day": timezone.localdate(payable.changed_at)},
            dedupe_key=f"{key}:{payable.pk}:{payable.attempts}",
            link=reverse("payments:one", args=[payable.token]),
        )
        for payable in found
    ]
