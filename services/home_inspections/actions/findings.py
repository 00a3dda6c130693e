"""Findings until they are put right: evidence handed in, accepted or returned with words."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.home_inspections import errors, notifications, policies
from services.home_inspections.actions.concluding import close
from services.home_inspections.enums import RectificationState
from services.home_inspections.models import Photo, Rectification


def _locked(finding: Rectification) -> Rectification:
    rows = Rectification.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("home__host", "inspection", "criterion").get(pk=finding.pk)


@transaction.atomic
def hand_in(finding: Rectification, *, done: str, by, now: datetime) -> Rectification:
    """Say what was done; a photo or document has to be there. Raises ``PermissionDenied``, ``StepTaken``,
    ``EvidenceNeeded``. Lock: the finding."""
    policies.may_run(by, finding.home).insist()
    finding = _locked(finding)
    if finding.state == RectificationState.ACCEPTED:
        raise errors.StepTaken()
    proofs = Photo.objects.unscoped().filter(rectification=finding, removed_at__isnull=True, twin__isnull=True)
    if not done.strip() or not proofs.exists():
        raise errors.EvidenceNeeded()
    finding.state, finding.done, finding.returned_because = RectificationState.SENT, done.strip()[:500], ""
    finding.sent_by, finding.sent_at = by, now
    finding.save()
    log(finding.inspection, "home_inspections.hand_in", user=by, data={"criterion": finding.code}, timestamp=now)
    return finding


@transaction.atomic
def accept(finding: Rectification, *, by, now: datetime) -> Rectification:
    """Close a finding whose evidence convinces. Raises ``PermissionDenied``, ``StepTaken``, ``EvidenceNeeded``.

    Lock: the finding; whoever made a task of it is told in the same transaction.
    """
    finding = _locked(finding)
    policies.may_accept(by, finding).insist()
    if finding.state == RectificationState.ACCEPTED:
        raise errors.StepTaken()
    if finding.state != RectificationState.SENT:
        raise errors.EvidenceNeeded()
    close(finding, by=by, now=now)
    return finding


@transaction.atomic
def give_back(finding: Rectification, *, because: str, by, now: datetime, due_on: date | None = None) -> Rectification:
    """Return it with words, with a new day where one is given. Raises ``PermissionDenied``, ``ReasonMissing``,
    ``EvidenceNeeded``, ``DueMissing``."""
    finding = _locked(finding)
    policies.may_accept(by, finding).insist()
    if not because.strip():
        raise errors.ReasonMissing()
    if finding.state != RectificationState.SENT:
        raise errors.EvidenceNeeded()
    if due_on is not None and due_on <= localdate(now):
        raise errors.DueMissing()
    finding.state, finding.returned_because = RectificationState.OPEN, because.strip()[:300]
    finding.due_on = due_on or finding.due_on
    finding.save(update_fields=["state", "returned_because", "due_on"])
    data = {"criterion": finding.code, "reason": finding.returned_because}
    log(finding.inspection, "home_inspections.give_back", user=by, data=data, timestamp=now)
    notifications.tell_returned(finding)
    return finding
