"""What belongs to the review of a claim: the unit's statement, what the papers show, the coded reason, the look."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.casework import actions as casework
from services.casework.enums import Stage, Verb
from services.foundation.masking import redact
from services.foundation.plain_values import to_json
from services.mutual_aid.actions.claiming import held_claim
from services.mutual_aid.actions.judging import assess
from services.mutual_aid.enums import Reason
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import claiming as known
from services.mutual_aid.rules.typed import Stated, faults_of
from services.privacy.actions import record_look
from services.privacy.models import AccessRecord

REVIEWED = frozenset({Stage.IN_REVIEW, Stage.APPEALED})
HEALTH = "health"
# One look covers what somebody does with a claim in one sitting.
SITTING = timedelta(minutes=30)
_LEAST_REASON = 4


def _under_review(claim: Claim, *, by) -> Claim:
    """The claim, held, once it is sure that she handles its case and that it is in review.

    Locks case and claim. Raises ``NotUnderReview``, ``PermissionDenied``.
    """
    held = held_claim(claim)
    policies.may_work_on(by, held).insist()
    if held.case.stage not in REVIEWED:
        raise errors.NotUnderReview()
    return held


@transaction.atomic
def state_for_unit(claim: Claim, *, statement: str, by, now: datetime) -> Claim:
    """The unit's statement (单位证明): that she works there and fell ill, without naming the illness.

    The newest counts. Raises ``StatementMissing``, ``NotUnderReview``, ``PermissionDenied``.
    """
    claim = _under_review(claim, by=by)
    words = redact(statement.strip())[:500]
    if len(words) < _LEAST_REASON:
        raise errors.StatementMissing()
    if (claim.statement, claim.stated_by_id) == (words, by.pk):
        return claim
    claim.statement, claim.stated_by, claim.stated_at = words, by, now
    claim.save(update_fields=["statement", "stated_by", "stated_at"])
    log(instance=claim, action="mutual_aid.statement", user=by)
    return claim


def look(claim: Claim, *, by, reason: str) -> None:
    """Write down the look at the diagnosis; it covers one sitting.

    Raises ``PermissionDenied``, privacy's ``ReasonMissing`` and ``TooManyLooks``.
    """
    policies.may_see_health(by, claim).insist()
    record_look(viewer=by, subject=claim, fields=[HEALTH], reason=reason, organization_path=claim.case.path)


def looks_now(viewer, claim: Claim, *, now: datetime) -> bool:
    """Whether her look at this claim is on record in this sitting, and she may still look."""
    before = AccessRecord.objects.filter(
        viewer=viewer, subject_type=Claim._meta.label_lower, subject_id=claim.pk, fields=HEALTH, at__gte=now - SITTING
    )
    return before.exists() and bool(policies.may_see_health(viewer, claim))


@transaction.atomic
def judge_papers(claim: Claim, *, found: dict, by, now: datetime) -> Claim:
    """What the papers show, where it differs from what she stated, and what speaks against paying; ``found`` are fields
    of ``Stated`` and of ``queries.claiming.FOUND``. A finding that agrees with her takes an earlier one back.

    Judges the claim anew. Raises ``ParticularsInvalid``, ``NotUnderReview``, ``PermissionDenied``.
    """
    claim = _under_review(claim, by=by)
    policies.may_adjudicate(by, claim).insist()
    stated, before = claim.particulars, claim.findings_of_staff
    kept = {}
    for name, value in to_json(found).items():
        agrees = value == stated.get(name) if name in known.PUT_RIGHT else value is None
        if not agrees:
            same = before.get(name, {}).get("value") == value
            kept[name] = before[name] if same else {"value": value, "by": by.pk, "at": now.isoformat()}
    claim.findings_of_staff = kept
    _insist_sound(known.confirmed_of(claim), claim, today=timezone.localdate(now))
    claim.save(update_fields=["findings_of_staff"])
    assess(claim, by=by, now=now)
    log(instance=claim, action="mutual_aid.papers", user=by)
    return claim


def _insist_sound(confirmed: Stated, claim: Claim, *, today: date) -> None:
    diseases = frozenset(claim.terms.diseases.values_list("code", flat=True))
    if faults := faults_of(confirmed, diseases=diseases, today=today):
        raise errors.ParticularsInvalid(faults)


@transaction.atomic
def refuse_with(
    claim: Claim, *, verb: str, reason: str, words: str = "", seen: int | None = None, note: str = "", by, now: datetime
) -> Claim:
    """Refuse the claim (or uphold its refusal) for a coded reason; ``words`` say more to her alone, sealed.

    The line of the timeline names neither: colleagues of her unit read it. What it raises, ``casework.refuse`` says.
    """
    held = held_claim(claim)
    held.reason, held.words = Reason(reason).value, redact(words.strip())[:500]
    _find_what_refuses(held, by=by, now=now)
    held.save(update_fields=["reason", "words", "findings_of_staff"])
    act = {Verb.REFUSE: casework.refuse, Verb.UPHOLD: casework.uphold}[Verb(verb)]
    with translation.override(settings.LANGUAGE_CODE):
        told = _("The terms don't allow a payment. The reason is told to the applicant alone.")
    act(held.case, by=by, now=now, reason=told, seen=seen, note=note)
    return held


def _find_what_refuses(claim: Claim, *, by, now: datetime) -> None:
    """A reason that somebody has to find is a fact on which the claim is judged: else the rules, on record and on her
    page, would grant a sum beside its refusal. It goes with the refusal when that no longer stands
    (``deciding.take_up``).
    """
    if claim.reason in known.FOUND and not known.found_of(claim).get(claim.reason):
        found = {"value": True, "by": by.pk, "at": now.isoformat(), "refused": True}
        claim.findings_of_staff = claim.findings_of_staff | {claim.reason: found}


@transaction.atomic
def appeal_with(claim: Claim, *, words: str, seen: int | None = None, by, now: datetime) -> Claim:
    """Ask for another look; her words are sealed, for whoever decides. Raises what ``casework.appeal`` does."""
    held = held_claim(claim)
    said = words.strip()[:1000]
    if len(said) < _LEAST_REASON:
        raise errors.ReasonTooShort()
    held.appeal_words = said
    held.save(update_fields=["appeal_words"])
    with translation.override(settings.LANGUAGE_CODE):
        told = _("Her reason is kept with the claim, for whoever decides.")
    casework.appeal(held.case, by=by, now=now, reason=told, seen=seen)
    return held
