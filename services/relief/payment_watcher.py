"""What relief answers to payments: what must not leave now, and what follows once it has left, come back or ended."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework.enums import Stage
from services.casework.queries.objections import objected_among
from services.casework.queries.parties import has_recused
from services.foundation.verdict import Finding, Outcome
from services.messaging.actions import notify
from services.payments.registry import Held, PaymentWatcher
from services.relief import notifications
from services.relief.actions import deciding
from services.relief.enums import OverlapChoice
from services.relief.models import Award, Household
from services.relief.queries.awards import award_of, awards_of
from services.relief.queries.files import lives_in_any
from services.relief.queries.overlaps import Overlap, overlaps_of_many
from services.relief.queries.pages import case_page

# A case that was reopened goes through all of these again while what it owed before still waits.
_STOPPED = frozenset(
    {
        *(Stage.IN_REVIEW, Stage.RETURNED, Stage.NOTICE, Stage.OBJECTION),
        *(Stage.APPEALED, Stage.REFUSED, Stage.WITHDRAWN),
    }
)


class ReliefPayments(PaymentWatcher):
    def holds(self, payables: list, *, now: datetime) -> dict[int, Held]:
        """A case that is being looked at again or objected to, an overlap that nobody has decided, or one decided
        against her."""
        awards = awards_of(payables)
        objected = objected_among([award.application.case_id for award in awards.values()])
        overlaps = overlaps_of_many([award.application for award in awards.values()], now=now)
        held = {}
        for payable in payables:
            award = awards.get(payable.pk)
            if award is not None and (why := _why(award, overlaps[award.application_id], objected)):
                held[payable.pk] = why
        return held

    def related(self, payables: QuerySet, *, user) -> bool:
        """She declared it at a case of the woman, or lives in the household that it was awarded to."""
        numbers = payables.values("case_number")
        households = Household.objects.unscoped().filter(applications__case__number__in=numbers)
        return has_recused(user, payables.values("worker")) or lives_in_any(user, households.values("pk"))

    def sent(self, payable, *, now: datetime) -> None:
        if award := award_of(payable):
            deciding.sent_again(award)

    def paid(self, payable, *, now: datetime) -> None:
        if award := award_of(payable):
            deciding.paid(award, now=now)
            _tell(payable, notifications.PAID)

    def failed(self, payable, *, now: datetime) -> None:
        """Her account must be corrected: she is asked for another one."""
        if award := award_of(payable):
            deciding.returned(award, now=now)
            _tell(payable, notifications.ACCOUNT_NEEDED)

    def cancelled(self, payable, *, now: datetime) -> None:
        if award := award_of(payable):
            deciding.cancelled(award, now=now)

    def desk_address(self, payable) -> str:
        award = award_of(payable)
        return case_page(award.application.case) if award else ""

    def her_address(self, payable) -> str:
        award = award_of(payable)
        return reverse("casework:case", args=[award.application.case.token]) if award else ""


def _why(award: Award, overlaps: Sequence[Overlap], objected: set[int]) -> Held | None:
    if award.application.case_id in objected:
        return Held(Finding("case_objected", Outcome.UNKNOWN), _("An objection is being looked into."))
    if award.application.case.stage in _STOPPED:
        finding = Finding("case_stopped", Outcome.FAILED, {"stage": award.application.case.stage})
        return Held(finding, _("The case is being looked at again."))
    if any(one.decision is None for one in overlaps):
        count = sum(one.decision is None for one in overlaps)
        finding = Finding("overlap_undecided", Outcome.UNKNOWN, {"count": count})
        return Held(finding, _("An overlap is undecided."))
    if any(one.decision.choice == OverlapChoice.REFUSE for one in overlaps):
        return Held(Finding("overlap_refused", Outcome.FAILED), _("An overlap was decided against it."))
    return None


def _tell(payable, key: str) -> None:
    worker = payable.worker
    notify(
        key,
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": payable.case_number},
        dedupe_key=f"{key}:{payable.pk}:{payable.attempts}",
    )
