"""What mutual aid answers to payments: what must not leave now, and what follows once it has left or come back."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework.enums import Stage
from services.casework.queries.parties import has_recused
from services.foundation.verdict import Finding, Outcome
from services.messaging.actions import notify
from services.mutual_aid import claim_notifications as notifications
from services.mutual_aid.actions import deciding
from services.mutual_aid.queries.benefits import benefit_of, benefits_of, case_page
from services.payments.registry import Held, PaymentWatcher

# A case that was reopened goes through all of these again while what it owed before still waits.
_STOPPED = frozenset({Stage.IN_REVIEW, Stage.RETURNED, Stage.APPEALED, Stage.REFUSED, Stage.WITHDRAWN})


class MutualAidPayments(PaymentWatcher):
    def holds(self, payables: list, *, now: datetime) -> dict[int, Held]:
        """A case that is being looked at again."""
        found = benefits_of(payables)
        return {
            key: Held(
                Finding("case_stopped", Outcome.FAILED, {"stage": benefit.claim.case.stage}),
                _("The case is being looked at again."),
            )
            for key, benefit in found.items()
            if benefit.claim.case.stage in _STOPPED
        }

    def related(self, payables: QuerySet, *, user) -> bool:
        """She declared it at a case of the woman."""
        return has_recused(user, payables.values("worker"))

    def sent(self, payable, *, now: datetime) -> None:
        if benefit := benefit_of(payable):
            deciding.sent_again(benefit)

    def paid(self, payable, *, now: datetime) -> None:
        if benefit := benefit_of(payable):
            deciding.paid(benefit, now=now)
            _tell(payable, notifications.PAID)

    def failed(self, payable, *, now: datetime) -> None:
        """Her account must be corrected: she is asked for another one."""
        if benefit := benefit_of(payable):
            deciding.returned(benefit)
            _tell(payable, notifications.ACCOUNT_NEEDED)

    def cancelled(self, payable, *, now: datetime) -> None:
        if benefit := benefit_of(payable):
            deciding.cancelled(benefit, now=now)

    def desk_address(self, payable) -> str:
        benefit = benefit_of(payable)
        return case_page(benefit.claim.case) if benefit else ""

    def her_address(self, payable) -> str:
        benefit = benefit_of(payable)
        return reverse("casework:case", args=[benefit.claim.case.token]) if benefit else ""


def _tell(payable, key: str) -> None:
    worker = payable.worker
    notify(
        key,
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": payable.case_number},
        dedupe_key=f"{key}:{payable.pk}:{payable.attempts}",
    )
