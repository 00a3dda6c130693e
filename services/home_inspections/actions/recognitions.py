"""Commendation and criticism of a home: proposed, reviewed by another officer, on public notice, issued; objections
are heard and decided with reasons (A1.37)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.stages import edge
from services.home_inspections import errors, policies, workflow
from services.home_inspections.enums import EvaluationState, RecognitionState
from services.home_inspections.models import EvaluationLine, Recognition

_AFTER_GRADING = (EvaluationState.GRADED, EvaluationState.PUBLICISED)


@transaction.atomic
def propose(line: EvaluationLine, *, kind: str, words: str, by, now: datetime) -> Recognition:
    """Propose a notice about a graded home. Raises ``PermissionDenied``, ``NoSuchStep``, ``ReasonMissing``,
    ``StepTaken`` when there is one of this kind."""
    policies.may_lead_city(by, line.home.host).insist()
    if line.evaluation.state not in _AFTER_GRADING:
        raise errors.NoSuchStep(state=EvaluationState(line.evaluation.state).label)
    if not words.strip():
        raise errors.ReasonMissing()
    there = Recognition.objects.unscoped().filter(home=line.home, evaluation=line.evaluation, kind=kind)
    if there.exclude(state__in=[RecognitionState.DROPPED, RecognitionState.DECIDED]).exists():
        raise errors.StepTaken()
    made = Recognition.objects.create(
        home=line.home, evaluation=line.evaluation, kind=kind, words=words.strip(), proposed_by=by, proposed_at=now
    )
    log(made, "home_inspections.notice_propose", user=by, timestamp=now)
    return made


@transaction.atomic
def take(notice: Recognition, verb: str, *, reason: str = "", by, now: datetime) -> Recognition:
    """One step of a notice: review, drop, publish, object, issue, uphold, give_way.

    An objection is the home's or its county's; whoever proposed can't review; before the public notice is over nothing
    is issued. Raises ``PermissionDenied``, ``NoSuchStep``, ``StepTaken``, ``ReasonMissing``, ``NoticeRuns``.
    Lock: the notice.
    """
    rows = Recognition.objects.unscoped().select_for_update(of=("self",))
    notice = rows.select_related("home__host", "evaluation").get(pk=notice.pk)
    _insist_may(notice, verb, by)
    found = edge(workflow.RECOGNITION, notice.state, verb)
    if found is None:
        if any(one.verb == verb and one.target == notice.state for one in workflow.RECOGNITION):
            raise errors.StepTaken()
        raise errors.NoSuchStep(state=RecognitionState(notice.state).label)
    if found.needs_reason and not reason.strip():
        raise errors.ReasonMissing()
    _note(notice, verb, reason.strip(), by, now)
    notice.state = found.target
    notice.save()
    log(notice, f"home_inspections.notice_{verb}", user=by, data={"reason": reason.strip()}, timestamp=now)
    return notice


def _insist_may(notice: Recognition, verb: str, by) -> None:
    if verb == "object":
        policies.may_run(by, notice.home).insist()
    elif verb == "review":
        policies.may_review_notice(by, notice).insist()
    else:
        policies.may_lead_city(by, notice.home.host).insist()


def _note(notice: Recognition, verb: str, reason: str, by, now: datetime) -> None:
    today = localdate(now)
    if verb == "review":
        notice.reviewed_by = by
    elif verb == "publish":
        notice.public_until = today + timedelta(days=notice.evaluation.notice_days)
    elif verb == "object":
        notice.objection, notice.objected_by = reason, by
    elif verb == "issue":
        if notice.public_until >= today:
            raise errors.NoticeRuns(day=notice.public_until.isoformat())
        notice.issued_at = now
    elif verb in ("uphold", "give_way"):
        notice.decision = reason
        notice.issued_at = now if verb == "uphold" else None
