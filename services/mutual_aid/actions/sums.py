"""A sum that differs from what the rules give: one person changes it with a reason, a second one agrees."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.mutual_aid.actions.adjudicating import REVIEWED
from services.mutual_aid.actions.claiming import held_claim
from services.mutual_aid.actions.judging import judge
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies

MOST = Decimal(10_000_000)
_LEAST_REASON = 4


def _held(claim: Claim, *, by) -> Claim:
    held = held_claim(claim)
    policies.may_adjudicate(by, held).insist()
    if held.case.stage not in REVIEWED:
        raise errors.NotUnderReview()
    return held


@transaction.atomic
def change_sum(claim: Claim, *, amount: Decimal, ends_cover: bool, because: str, by, now: datetime) -> Claim:
    """Ask for another sum than the rules give, in yuan, and say whether the cover ends; it counts once a second person
    has agreed. Asking for what the rules give takes the change back.

    Locks case and claim. Raises ``SumInvalid``, ``ReasonTooShort``, ``NotUnderReview``, ``PermissionDenied``.
    """
    claim = _held(claim, by=by)
    if not 0 < amount < MOST or amount != amount.quantize(Decimal("0.01")):
        raise errors.SumInvalid()
    found = judge(claim, now=now)
    if (amount, ends_cover) == (found.amount, found.ends_cover):
        claim.amount, claim.ends_cover, claim.changed_because = found.amount, found.ends_cover, ""
        claim.changed_by = claim.seconded_by = None
    else:
        because = redact(" ".join(because.split()))[:300]
        if len(because) < _LEAST_REASON:
            raise errors.ReasonTooShort()
        asked = (amount, ends_cover, because, by.pk)
        if (claim.amount, claim.ends_cover, claim.changed_because, claim.changed_by_id) == asked:
            return claim
        claim.amount, claim.ends_cover, claim.changed_because = amount, ends_cover, because
        claim.changed_by, claim.seconded_by = by, None
    claim.computed = found.amount
    fields = ["amount", "ends_cover", "computed", "changed_because", "changed_by", "seconded_by"]
    claim.save(update_fields=fields)
    log(instance=claim, action="mutual_aid.sum", user=by)
    return claim


@transaction.atomic
def second_sum(claim: Claim, *, seen: Decimal, by, now: datetime) -> Claim:
    """Agree to a changed sum: ``seen`` is the one on her screen. Agreeing twice changes nothing.

    Locks case and claim. Raises ``NothingToSecond`` when there is none or another one by now,
    ``SecondPersonNeeded`` for whoever changed it, ``NotUnderReview``, ``PermissionDenied``.
    """
    claim = _held(claim, by=by)
    if claim.changed_by_id is None or claim.amount != seen:
        raise errors.NothingToSecond()
    if claim.changed_by_id == by.pk:
        raise errors.SecondPersonNeeded()
    if claim.seconded_by_id is None:
        claim.seconded_by = by
        claim.save(update_fields=["seconded_by"])
        log(instance=claim, action="mutual_aid.second_sum", user=by)
    return claim


def waits_for_a_second(claim: Claim) -> bool:
    return claim.changed_by_id is not None and claim.seconded_by_id is None
