"""慰问名单: who was paid stands on the list of the yearly condolence visit around the eighth of March (§1.7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.mutual_aid.enums import BenefitState, NominationState
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Benefit, Nomination
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.policies.claims import may_draw_up

_LEAST_REASON = 4


def year_of_visit(paid_on: date) -> int:
    """The next eighth of March: who was paid on that very day is visited a year later."""
    return paid_on.year if (paid_on.month, paid_on.day) < (3, 8) else paid_on.year + 1


def nominate(benefit: Benefit, *, now: datetime, year: int | None = None) -> Nomination:
    """Propose her for a year's visit (default: the next one). A woman stands on a scheme's list once a year."""
    found, _made = Nomination.objects.unscoped().get_or_create(
        scheme=benefit.scheme,
        worker=benefit.worker,
        year=year or year_of_visit(localdate(now)),
        defaults={
            "organization": benefit.worker.organization,
            "path": benefit.worker.organization.path,
            "benefit": benefit,
            "changed_at": now,
        },
    )
    return found


@transaction.atomic
def draw_up(*, year: int, by, now: datetime) -> int:
    """Propose for ``year`` everybody of her reach who was ever paid under terms that nominate (S5m: women who already
    claimed, every year). Who stands on the list stays as she is. Returns how many were added."""
    may_draw_up(by).insist()
    granted = Benefit.objects.visible_to(by, roles=policies.ADJUDICATORS).filter(
        state=BenefitState.PAID, claim__terms__nominates=True, paid_at__year__lte=year
    )
    before = Nomination.objects.unscoped().filter(year=year).count()
    rows = {
        (one.scheme_id, one.worker_id): Nomination(
            scheme=one.scheme,
            worker=one.worker,
            organization=one.worker.organization,
            path=one.worker.organization.path,
            benefit=one,
            year=year,
            changed_at=now,
        )
        for one in granted.select_related("scheme", "worker__organization").order_by("pk")
    }
    Nomination.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=500)
    return Nomination.objects.unscoped().filter(year=year).count() - before


@transaction.atomic
def decide_nomination(nomination: Nomination, *, state: str, reason: str = "", by, now: datetime) -> Nomination:
    """Confirm her for the visit, skip her with a reason, or note that she was visited or declines. The same twice is
    once. Lock: the row. Raises ``ReasonTooShort``, ``NominationDecided``, ``PermissionDenied``."""
    rows = Nomination.objects.unscoped().select_for_update(of=("self",)).select_related("organization")
    held = rows.get(pk=nomination.pk)
    policies.may_decide_nomination(by, held.organization).insist()
    reason = redact(" ".join(reason.split()))[:200]
    if state == NominationState.SKIPPED and len(reason) < _LEAST_REASON:
        raise errors.ReasonTooShort()
    if (held.state, held.reason) == (state, reason):
        return held
    if held.state != nomination.state:
        raise errors.NominationDecided()
    held.state, held.reason, held.changed_by, held.changed_at = NominationState(state), reason, by, now
    held.save(update_fields=["state", "reason", "changed_by", "changed_at"])
    log(instance=held, action="mutual_aid.nomination", user=by, data={"state": str(held.state)})
    return held
