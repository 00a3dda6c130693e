"""A cover is put right from now on; what was decided on what was known before is marked, never changed (D15)."""

from datetime import date, datetime

from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.locking import lock_case
from services.mutual_aid import errors, policies
from services.mutual_aid.actions.covers import rewrite
from services.mutual_aid.enums import CoverChange
from services.mutual_aid.models import Claim, Cover, CoverVersion
from services.mutual_aid.policies.claims import may_look_again


@transaction.atomic
def correct_cover(
    cover: Cover, *, first_day: date, last_day: date, shares: int, renewal: bool, reason: str, by, now: datetime
) -> CoverVersion:
    """Write what holds of a cover from now on; what was known before stays as it was known. The same again: no change.

    Raises ``PermissionDenied``, ``ReasonNeeded``, ``SharesOverLimit``, and as ``covers.rewrite``. Lock: the cover.
    """
    policies.may_change_cover(by, cover).insist()
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise errors.ReasonNeeded()
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    if not 1 <= shares <= present.most_shares:
        raise errors.SharesOverLimit(most=present.most_shares)
    what = {"first_day": first_day, "last_day": last_day, "shares": shares, "renewal": renewal}
    version = rewrite(cover, change=CoverChange.CORRECTED, by=by, now=now, reason=reason, **what)
    if version.pk != present.pk:
        log(cover, "mutual_aid.correct_cover", user=by)
    return version


@transaction.atomic
def decision_stands(claim: Claim, *, by, now: datetime) -> Claim:
    """Somebody looked again at a claim that was marked: nothing about its decision changes. Twice is once.

    Raises ``PermissionDenied``. Lock: the case.
    """
    may_look_again(by, claim).insist()
    lock_case(claim.case)
    claim.refresh_from_db(fields=["flagged"])
    if claim.flagged:
        claim.flagged = ""
        claim.save(update_fields=["flagged"])
        log(claim, "mutual_aid.decision_stands", user=by)
    return claim
