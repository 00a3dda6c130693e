"""Answers of a sheet, one by one: sent by a phone when it has a network, or by the plain form.

Each change names itself (``key``) and what it saw (``seen``, ``base``), so that sending it twice does nothing and what
two inspectors typed at once goes together where it can and is shown side by side where it can't.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from services.home_inspections import errors, policies
from services.home_inspections.actions.inspections import hold_inspection
from services.home_inspections.enums import ANSWERABLE, InspectionState
from services.home_inspections.models import Answer, Criterion, Inspection
from services.home_inspections.queries.inspections import answers_of, own_sheet, values_of
from services.home_inspections.queries.rubrics import asked_of_home
from services.home_inspections.rules import merging, scoring
from services.home_inspections.rules.merging import EMPTY, Change


@dataclass(frozen=True, slots=True)
class Result:
    """``outcome``: saved, same, merged, conflict or refused. ``answer`` is what stands there now; ``words`` say what
    is wrong."""

    code: str
    outcome: str
    answer: Answer | None = None
    words: str = ""
    clashes: tuple[str, ...] = ()


@transaction.atomic
def save_answers(inspection: Inspection, changes: Sequence[Change], *, by, now: datetime) -> list[Result]:
    """Keep each change that is fit; one that isn't says why and stops no other.

    Scored blind, it goes to her own sheet. Raises ``PermissionDenied``, ``NoSuchStep`` when the sheet isn't open,
    ``HandedIn`` when hers isn't. Lock: the inspection.
    """
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    if inspection.state not in ANSWERABLE:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    asked = asked_of_home(inspection.rubric, inspection.home.profile)
    scorer = own_sheet(inspection, by)
    if scorer is not None and any(one.user_id == by.pk and one.handed_in_at for one in inspection.inspectors.all()):
        raise errors.HandedIn()
    stored = answers_of(inspection, scorer)
    results = []
    for change in changes:
        try:
            there = stored.get(change.code) or Answer(inspection=inspection, scorer=scorer, version=0)
            result = _one(asked.get(change.code), there, change, by=by, now=now)
        except errors.Refused as refused:
            result = Result(change.code, "refused", stored.get(change.code), refused.message(staff=True))
        else:
            stored[change.code] = result.answer
        results.append(result)
    return results


def _fit(criterion: Criterion, change: Change) -> dict:
    """What is to be stored. Raises ``BeyondPoints``, ``NaNotAllowed``, ``NaNeedsReason``."""
    halves = None
    if change.points is not None and not change.not_applicable:
        try:
            halves = scoring.halves(change.points)
        except ValueError:
            halves = -1
        if not 0 <= halves <= criterion.weight:
            raise errors.BeyondPoints(most=criterion.points)
    if change.not_applicable:
        if not criterion.na_allowed:
            raise errors.NaNotAllowed()
        if not change.reason.strip():
            raise errors.NaNeedsReason()
    return {
        "half_points": halves,
        "not_applicable": change.not_applicable,
        "reason": change.reason.strip()[:200] if change.not_applicable else "",
        "counted": change.counted,
        "note": change.note.strip()[:500],
    }


def _one(criterion: Criterion | None, answer: Answer, change: Change, *, by, now) -> Result:
    """``answer`` is what stands there, or a new one with nothing in it."""
    if criterion is None:
        raise errors.NotAsked()
    stored = answer if answer.pk else None
    mine, there = _fit(criterion, change), values_of(stored)
    if stored and change.key and stored.key == change.key:
        return Result(change.code, "same", stored)
    if mine == there:
        return Result(change.code, "same", stored)
    outcome = "saved"
    if stored and stored.version != change.seen:
        merged = merging.merge(mine, EMPTY | change.base, there)
        if not merged.clean:
            return Result(change.code, "conflict", stored, errors.AnswerChanged().message(staff=True), merged.clashes)
        mine, outcome = merged.values, "merged"
        if mine == there:
            return Result(change.code, "same", stored)
    answer.criterion, answer.most = criterion, criterion.weight
    for name, value in mine.items():
        setattr(answer, name, value)
    answer.version += 1
    answer.key, answer.saved_by, answer.saved_at, answer.device_at = change.key[:40], by, now, change.device_at
    answer.save()
    return Result(change.code, outcome, answer)
