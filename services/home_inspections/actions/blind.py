"""Scoring blind: each inspector hands in a sheet of her own; where they differ too much a third person settles."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.home_inspections import errors, notifications, policies, wordings
from services.home_inspections.actions.inspections import (
    close_sheet,
    evidence_lacking,
    hold_inspection,
    insist_can_be_sent,
)
from services.home_inspections.enums import ANSWERABLE, InspectionState
from services.home_inspections.models import Answer, Inspection, Inspector
from services.home_inspections.queries import blind as queries
from services.home_inspections.queries.inspections import answers_of, home_given, photos_of
from services.home_inspections.queries.rubrics import asked_of_home
from services.home_inspections.rules import blind as rules
from services.home_inspections.rules import scoring


@transaction.atomic
def hand_in(inspection: Inspection, *, by, now: datetime) -> Inspection:
    """An inspector is done with her own sheet and can't change it any more. With the last one in, what they agree on
    is settled; where nothing is left to settle the score is worked out at once. Lock: the inspection.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``StepTaken``, ``SheetOpen``, ``EvidenceMissing``, and what working
    out the score raises.
    """
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    if not inspection.blind or inspection.state not in ANSWERABLE:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    own = next(one for one in inspection.inspectors.all() if one.user_id == by.pk)
    if own.handed_in_at is not None:
        raise errors.StepTaken()
    asked, answers = asked_of_home(inspection.rubric, inspection.home.profile), answers_of(inspection, by)
    given = home_given(answers)
    open_codes = [
        code for code in asked if code not in given or (not given[code].not_applicable and given[code].halves is None)
    ]
    if open_codes:
        raise errors.SheetOpen(open=wordings.list_of(open_codes))
    if lacking := evidence_lacking(asked, answers, photos_of(inspection)):
        raise errors.EvidenceMissing(open=wordings.list_of(lacking))
    Inspector.objects.filter(pk=own.pk).update(handed_in_at=now)
    log(inspection, "home_inspections.sheet_in", user=by, timestamp=now)
    inspection = hold_inspection(inspection)
    if any(one.handed_in_at is None for one in inspection.inspectors.all()):
        return inspection
    disputed = queries.disputed(inspection)
    if disputed:
        log(inspection, "home_inspections.differ", user=by, data={"criteria": disputed}, timestamp=now)
        if inspection.third_id:
            notifications.tell_third(inspection)
        return inspection
    return _settled(inspection, {}, by=by, now=now)


@transaction.atomic
def name_third(inspection: Inspection, third, *, by, now: datetime) -> Inspection:
    """Who settles what they differ on: somebody who can be sent there, has no conflict and isn't one of them.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NotAnInspector``, ``InConflict``, ``ThirdIsOneOfThem``.
    """
    inspection = hold_inspection(inspection)
    policies.may_schedule(by, inspection.home, inspection.round).insist()
    if not inspection.blind or inspection.state not in (*ANSWERABLE, InspectionState.SCHEDULED):
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    if any(one.user_id == third.pk for one in inspection.inspectors.all()):
        raise errors.ThirdIsOneOfThem()
    insist_can_be_sent(inspection.home, inspection.round, [third])
    inspection.third = third
    inspection.save(update_fields=["third"])
    log(inspection, "home_inspections.name_third", user=by, timestamp=now)
    if queries.waits_for_third(inspection):
        notifications.tell_third(inspection)
    return inspection


@transaction.atomic
def settle(inspection: Inspection, said: Mapping[str, tuple[Decimal | None, str]], *, by, now: datetime) -> Inspection:
    """The third person's points (None: not applicable) with her words for every criterion they differ on; then the
    score is worked out.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NotAllSettled``, ``BeyondPoints``, ``NaNotAllowed``.
    """
    inspection = hold_inspection(inspection)
    policies.may_settle(by, inspection).insist()
    if not queries.waits_for_third(inspection):
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    asked, decided = asked_of_home(inspection.rubric, inspection.home.profile), {}
    disputed = queries.disputed(inspection)
    if missing := [code for code in disputed if code not in said or not said[code][1].strip()]:
        raise errors.NotAllSettled(open=wordings.list_of(missing))
    for code in disputed:
        points, words = said[code]
        decided[code] = (_fit(asked[code], points), words.strip())
    return _settled(inspection, decided, by=by, now=now)


def _fit(criterion, points: Decimal | None) -> scoring.Given:
    if points is None:
        if not criterion.na_allowed:
            raise errors.NaNotAllowed()
        return scoring.Given(None, True)
    try:
        halves = scoring.halves(points)
    except ValueError:
        halves = -1
    if not 0 <= halves <= criterion.weight:
        raise errors.BeyondPoints(most=criterion.points)
    return scoring.Given(halves, False)


def _settled(inspection: Inspection, decided: Mapping, *, by, now: datetime) -> Inspection:
    """Write the one sheet that counts, then work out its score."""
    asked = asked_of_home(inspection.rubric, inspection.home.profile)
    sheets = queries.sheets_of(inspection)
    rows = []
    for code, criterion in asked.items():
        answers = [sheet[code] for sheet in sheets]
        if code in decided:
            given, words = decided[code]
        else:
            given, words = rules.agreed([scoring.Given(one.half_points, one.not_applicable) for one in answers]), ""
        notes = [one.note for one in answers if one.note]
        rows.append(
            Answer(
                inspection=inspection,
                criterion=criterion,
                most=criterion.weight,
                half_points=given.halves,
                not_applicable=given.not_applicable,
                reason=(words or answers[0].reason)[:200] if given.not_applicable else "",
                counted=next((one.counted for one in answers if one.counted is not None), None),
                note=" / ".join([words, *notes] if words else notes)[:500],
                saved_by=by if code in decided else None,
                saved_at=now,
            )
        )
    Answer.objects.filter(inspection=inspection, scorer__isnull=True).delete()
    Answer.objects.bulk_create(rows)
    if decided:
        log(inspection, "home_inspections.settle", user=by, data={"criteria": sorted(decided)}, timestamp=now)
    return close_sheet(inspection, by=by, now=now)
