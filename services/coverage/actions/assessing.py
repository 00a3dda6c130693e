"""A union's self-assessment of a year: opened, answered, handed up, returned with words, reviewed.

Lock: the row of the assessment, before the standing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.coverage import errors, notifications
from services.coverage.actions.holding import insist_union
from services.coverage.actions.standings import put_standard
from services.coverage.enums import WITH_THE_UNIT, Answer, AssessmentState
from services.coverage.models import Paper, SelfAssessment
from services.coverage.policies import may_assess, may_review
from services.coverage.queries.checklists import Sheet, binding, sheet_of
from services.coverage.queries.reminders import deciders_above
from services.coverage.rules import scoring
from services.organizations.models import Organization


@transaction.atomic
def open_year(organization: Organization, year: int, *, by, now: datetime) -> SelfAssessment:
    """Begin the self-assessment of a year by the checklist that binds the union now; once begun it is returned as it
    is. Raises ``PermissionDenied``, ``NotAUnion``, ``UnionClosed``, ``YearAhead``, ``NoChecklist``."""
    may_assess(by, organization).insist()
    insist_union(organization)
    if year > localdate(now).year:
        raise errors.YearAhead()
    checklist = binding(organization)
    if checklist is None:
        raise errors.NoChecklist()
    made, is_new = SelfAssessment.objects.unscoped().get_or_create(
        organization=organization, year=year, defaults={"checklist": checklist, "opened_at": now}
    )
    if is_new:
        log(made, "coverage.assessment_open", user=by, data={"year": year, "version": checklist.version})
    return made


@transaction.atomic
def save_answers(assessment: SelfAssessment, said: Mapping[str, Mapping], *, seen: int, by) -> SelfAssessment:
    """Keep what is typed so far: ``{code of the item: {claimed, words}}``; items that aren't named stay.

    What goes beyond an item's points isn't kept. Raises ``PermissionDenied``, ``NotAUnion``, ``UnionClosed``,
    ``NotWithTheUnit``, ``AssessmentChanged`` when ``seen`` isn't the edition on record (an answer that got lost on its
    way and is sent again changes nothing and is none), ``Incomplete``.
    """
    may_assess(by, assessment.organization).insist()
    assessment = _locked(assessment)
    insist_union(assessment.organization)
    _insist_with_the_unit(assessment)
    sheet = sheet_of(assessment)
    if seen != assessment.edition:
        if _as_stored(sheet, said):
            return assessment
        raise errors.AssessmentChanged()
    if beyond := _beyond(sheet, said):
        raise errors.Incomplete(beyond)
    for line in sheet.lines:
        if (one := said.get(line.item.code)) is None:
            continue
        line.answer.claimed, line.answer.words = one.get("claimed"), (one.get("words") or "").strip()
        line.answer.save()
    assessment.edition += 1
    assessment.saved_by, assessment.claimed = by, _claimed(sheet)
    assessment.save(update_fields=["edition", "saved_by", "claimed"])
    return assessment


def _as_stored(sheet: Sheet, said: Mapping[str, Mapping]) -> bool:
    stands = {line.item.code: (line.answer.claimed, line.answer.words) for line in sheet.lines}
    typed = {code: (one.get("claimed"), (one.get("words") or "").strip()) for code, one in said.items()}
    return all(stands[code] == one for code, one in typed.items() if code in stands)


@transaction.atomic
def attach_evidence(assessment: SelfAssessment, code: str, papers: Sequence[Paper], *, by) -> None:
    """Set which papers of the union prove an item; papers of others are left out.

    Raises ``PermissionDenied``, ``NotWithTheUnit``. Lock: the assessment.
    """
    may_assess(by, assessment.organization).insist()
    assessment = _locked(assessment)
    _insist_with_the_unit(assessment)
    line = next(line for line in sheet_of(assessment).lines if line.item.code == code)
    if line.answer.pk is None:
        line.answer.save()
    line.answer.papers.set(paper for paper in papers if paper.organization_id == assessment.organization_id)


def _beyond(sheet: Sheet, said: Mapping[str, Mapping]) -> list[scoring.Fault]:
    given = {code: scoring.Given(one.get("claimed")) for code, one in said.items()}
    typed = [item for item in sheet.items if item.code in given and given[item.code].claimed is not None]
    return [fault for fault in scoring.missing(typed, given, known={}) if fault.code == "beyond_points"]


def _claimed(sheet: Sheet) -> Decimal:
    return scoring.total(line.answer.claimed if line.settled is None else line.settled for line in sheet.lines)


@transaction.atomic
def hand_up(assessment: SelfAssessment, *, by, now: datetime) -> SelfAssessment:
    """Hand a complete self-assessment up for review; the officers of the federation above are told. Raises
    ``PermissionDenied``, ``NotAUnion``, ``UnionClosed``, ``HandedUpAlready``, ``NotWithTheUnit``, ``Incomplete``."""
    may_assess(by, assessment.organization).insist()
    assessment = _locked(assessment)
    insist_union(assessment.organization)
    if assessment.state == AssessmentState.SUBMITTED:
        raise errors.HandedUpAlready()
    _insist_with_the_unit(assessment)
    sheet = sheet_of(assessment)
    if faults := scoring.missing(sheet.items, sheet.given, known=sheet.known):
        raise errors.Incomplete(faults)
    _keep_findings(sheet)
    assessment.state, assessment.claimed = AssessmentState.SUBMITTED, _claimed(sheet)
    assessment.submitted_by, assessment.submitted_at, assessment.returned_because = by, now, ""
    assessment.edition += 1
    assessment.save()
    log(assessment, "coverage.assessment_up", user=by, data={"claimed": str(assessment.claimed)})
    notifications.tell_reviewers(assessment, deciders_above(assessment.organization, on=localdate(now)))
    return assessment


@transaction.atomic
def give_back(assessment: SelfAssessment, *, words: str, seen: int, by, now: datetime) -> SelfAssessment:
    """Return it with words; the unit goes on where it was, and whoever handed it up is told. The same words a second
    time change nothing.

    Raises ``PermissionDenied``, ``WordsMissing``, ``SentBackAlready``, ``NotForReview``, ``AssessmentChanged``.
    """
    may_review(by, assessment).insist()
    said = words.strip()[:300]
    if not said:
        raise errors.WordsMissing()
    assessment = _locked(assessment)
    if assessment.state == AssessmentState.RETURNED:
        if assessment.returned_because == said:
            return assessment
        raise errors.SentBackAlready()
    if assessment.state != AssessmentState.SUBMITTED:
        raise errors.NotForReview()
    if seen != assessment.edition:
        raise errors.AssessmentChanged()
    assessment.state, assessment.returned_because = AssessmentState.RETURNED, said
    assessment.edition += 1
    assessment.save(update_fields=["state", "returned_because", "edition"])
    log(assessment, "coverage.assessment_back", user=by, data={"words": assessment.returned_because})
    notifications.tell_of_assessment(notifications.ASSESSMENT_BACK, assessment)
    return assessment


@transaction.atomic
def review(
    assessment: SelfAssessment, said: Mapping[str, scoring.Reviewed], *, seen: int, by, now: datetime
) -> SelfAssessment:
    """Set the points that count; what the record answers is taken from the record of this moment. The union's
    standing follows, unless a later year was reviewed already; whoever handed it up is told. The same points a second
    time change nothing.

    Raises ``PermissionDenied``, ``NotAUnion``, ``UnionClosed``, ``ReviewedAlready``, ``NotForReview``,
    ``AssessmentChanged``, ``Incomplete``. Locks the assessment, then the standing.
    """
    may_review(by, assessment).insist()
    assessment = _locked(assessment)
    insist_union(assessment.organization)
    if assessment.state == AssessmentState.REVIEWED:
        if _as_reviewed(sheet_of(assessment), said):
            return assessment
        raise errors.ReviewedAlready()
    if assessment.state != AssessmentState.SUBMITTED:
        raise errors.NotForReview()
    if seen != assessment.edition:
        raise errors.AssessmentChanged()
    sheet = sheet_of(assessment)
    if faults := scoring.unreviewed(sheet.items, sheet.given, said, known=sheet.known):
        raise errors.Incomplete(faults)
    _keep_findings(sheet)
    for line in sheet.lines:
        seen_by_her = said.get(line.item.code, scoring.Reviewed())
        line.answer.reviewed = seen_by_her.points if line.settled is None else line.settled
        line.answer.reason = seen_by_her.reason.strip() if line.settled is None else ""
        line.answer.save()
    _conclude(assessment, sheet, by, now)
    notifications.tell_of_assessment(notifications.ASSESSMENT_REVIEWED, assessment)
    return assessment


def _as_reviewed(sheet: Sheet, said: Mapping[str, scoring.Reviewed]) -> bool:
    stands = {line.item.code: (line.answer.reviewed, line.answer.reason) for line in sheet.lines}
    return all(stands.get(code) == (one.points, one.reason.strip()) for code, one in said.items())


def _conclude(assessment: SelfAssessment, sheet: Sheet, by, now: datetime) -> None:
    checklist = assessment.checklist
    assessment.score = scoring.total(line.answer.reviewed for line in sheet.lines)
    assessment.reached = scoring.reaches(
        assessment.score, kind=checklist.pass_kind, mark=checklist.pass_mark, possible=sheet.possible
    )
    assessment.state, assessment.reviewed_by, assessment.reviewed_at = AssessmentState.REVIEWED, by, now
    assessment.edition += 1
    assessment.save()
    log(assessment, "coverage.assessment_review", user=by, data={"score": str(assessment.score)})
    later = SelfAssessment.objects.unscoped().filter(
        organization=assessment.organization_id, state=AssessmentState.REVIEWED, year__gt=assessment.year
    )
    if not later.exists():
        answer = Answer.YES if assessment.reached else Answer.NO
        put_standard({assessment.organization_id: (answer, assessment.score)}, by=by, now=now)


def _keep_findings(sheet: Sheet) -> None:
    for line in sheet.lines:
        line.answer.finding = line.finding.as_json() if line.finding else None
        line.answer.save()


def _locked(assessment: SelfAssessment) -> SelfAssessment:
    rows = SelfAssessment.objects.unscoped().select_related("organization", "checklist")
    return rows.select_for_update(of=("self",)).get(pk=assessment.pk)


def _insist_with_the_unit(assessment: SelfAssessment) -> None:
    if assessment.state not in WITH_THE_UNIT:
        raise errors.NotWithTheUnit()
