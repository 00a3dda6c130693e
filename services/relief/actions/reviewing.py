"""What belongs to the review of an application: the home visit, the exclusions, what overlaps with it.

Each is for whoever may handle the case at its desk, while the case is being reviewed.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.casework.actions.locking import lock_case
from services.casework.enums import ScanState, Stage
from services.casework.models import Document
from services.casework.queries.documents import documents_of
from services.foundation.masking import redact
from services.relief import errors, policies, queries
from services.relief.enums import CheckResult, OverlapChoice
from services.relief.models import Application, ExclusionCheck, HomeVisit, OverlapDecision
from services.relief.queries.overlaps import overlaps_of

REVIEWED = frozenset({Stage.IN_REVIEW, Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED})
# Money is held until an overlap that was found after the decision is decided.
PAYING = frozenset({Stage.APPROVED, Stage.BEING_PAID})
SIGNATURE = "visit_signature"
VISIT_PHOTO = "visit_photo"
_LEAST_FINDING = 6
_LEAST_REASON = 4


def under_review(application: Application, *, by, also: frozenset = frozenset()) -> Application:
    """The application, held, once it is sure that she handles its case and that the case is at a fitting stage.

    Locks the case, so that nobody decides meanwhile, then the application. Raises ``NotReviewed``,
    ``PermissionDenied``.
    """
    case = lock_case(application.case)
    rows = Application.objects.unscoped().select_for_update(no_key=True, of=("self",))
    held = rows.select_related("programme__fund", "household__worker").get(pk=application.pk)
    held.case = case
    policies.may_work_on(by, held).insist()
    if held.case.stage not in REVIEWED | also:
        raise errors.NotReviewed()
    return held


@transaction.atomic
def record_visit(
    application: Application,
    *,
    visited_on: date,
    companion: str,
    met: str,
    finding: str,
    agrees: bool,
    signature: Document | None = None,
    by,
    now: datetime,
) -> HomeVisit:
    """入户调查: two people, a day, what they found. Photos of the visit that lie with the case and belong to no visit
    yet are this one's; her signature is a paper of the case too.

    The same visit recorded twice is one. Locks the application. Raises ``VisitTomorrow``,
    ``VisitBeforeApplication``, ``VisitAlone``, ``VisitWithoutFinding``, ``VisitForeignPaper``, ``NotReviewed``.
    """
    application = under_review(application, by=by)
    companion, met, finding = companion.strip(), met.strip(), finding.strip()
    if visited_on > timezone.localdate(now):
        raise errors.VisitTomorrow()
    if visited_on < timezone.localdate(application.case.created_at):
        raise errors.VisitBeforeApplication()
    if not companion or companion == by.full_name:
        raise errors.VisitAlone()
    if len(finding) < _LEAST_FINDING:
        raise errors.VisitWithoutFinding()
    if signature is not None and signature.case_id != application.case_id:
        raise errors.VisitForeignPaper()
    stated = {"visited_on": visited_on, "visitor": by, "companion": companion}
    same = application.visits.filter(**stated).first()
    if same is not None and same.finding == finding:
        same.photos.add(*_loose_photos(application))
        return same
    visit = HomeVisit.objects.create(
        application=application,
        met=met,
        finding=finding,
        agrees=agrees,
        signature=signature,
        recorded_at=now,
        **stated,
    )
    visit.photos.add(*_loose_photos(application))
    log(instance=application, action="relief.visit", user=by)
    return visit


def _loose_photos(application: Application) -> list[Document]:
    """Photos of a visit with the case that no recorded visit has."""
    taken = HomeVisit.photos.through.objects.filter(homevisit__application=application).values("document")
    found = documents_of(application.case).filter(kind=VISIT_PHOTO).exclude(scan=ScanState.INFECTED)
    return list(found.exclude(pk__in=taken))


@transaction.atomic
def check_exclusion(
    application: Application, *, code: str, result: str, note: str = "", by, now: datetime
) -> ExclusionCheck:
    """Say of one exclusion of the income test whether it applies. The newest answer counts.

    Locks the application. Raises ``UnknownExclusion``, ``ReasonMissing`` when it applies or is unclear and no note
    says why, ``NotReviewed``.
    """
    (check,) = check_exclusions(application, results={code: result}, note=note, by=by, now=now)
    return check


@transaction.atomic
def check_exclusions(
    application: Application, *, results: Mapping[str, str], note: str = "", by, now: datetime
) -> list[ExclusionCheck]:
    """Several exclusions by code in one go. As ``check_exclusion``; all of them are kept or none."""
    application = under_review(application, by=by)
    test = queries.test_for(application.case.organization)
    if test is None or set(results) - set(test.exclusions):
        raise errors.UnknownExclusion()
    note = " ".join(note.split())[:300]
    if set(results.values()) - {CheckResult.ABSENT} and len(note) < _LEAST_REASON:
        raise errors.ReasonMissing()
    checks = [
        ExclusionCheck(application=application, code=code, result=CheckResult(result), note=note, by=by, at=now)
        for code, result in results.items()
    ]
    ExclusionCheck.objects.bulk_create(
        checks,
        update_conflicts=True,
        unique_fields=["application", "code"],
        update_fields=["result", "note", "by", "at"],
    )
    for code, result in results.items():
        log(instance=application, action="relief.exclusion", user=by, data={"code": code, "result": result})
    return checks


@transaction.atomic
def decide_overlap(
    application: Application, *, other: str, choice: str, reason: str, by, now: datetime
) -> OverlapDecision:
    """Say what an overlap means; the newest decision counts. ``no_match`` keeps the pair quiet for good.

    Possible up to the bank file. Locks the application. Raises ``NoOverlap``, ``ReasonMissing``, ``NotReviewed``.
    """
    application = under_review(application, by=by, also=PAYING)
    reason = redact(" ".join(reason.split()))[:300]
    if len(reason) < _LEAST_REASON:
        raise errors.ReasonMissing()
    found = {overlap.key: overlap for overlap in overlaps_of(application, now=now)}
    if other not in found:
        raise errors.NoOverlap()
    decision, _made = OverlapDecision.objects.update_or_create(
        application=application,
        other=other,
        defaults={
            "rule": found[other].rule,
            "choice": OverlapChoice(choice),
            "reason": reason,
            "by": by,
            "at": now,
        },
    )
    log(instance=application, action="relief.overlap", user=by, data={"rule": str(found[other].rule), "choice": choice})
    return decision
