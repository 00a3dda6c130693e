"""The way of an inspection: scheduled, in the field, scored, signed by both sides, confirmed; failed ones come back.

Every verb is one transaction, asks its policy and locks the inspection; findings and the home follow after it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Home
from services.foundation.stages import edge
from services.home_inspections import errors, notifications, policies, wordings, workflow
from services.home_inspections.actions.concluding import conclude
from services.home_inspections.enums import ANSWERABLE, OF_CITY, InspectionState, Round
from services.home_inspections.models import HostSignature, Inspection, Inspector
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.draws import waits_for_visit
from services.home_inspections.queries.rubrics import (
    asked_of_home,
    county_given,
    rubric_in_force,
    rules_items,
    sheet_of,
)
from services.home_inspections.rules import scoring

FEWEST = 2
# Before these there is nothing to inspect.
_NOT_BUILT = (HomeState.PLANNED, HomeState.UNDER_CONSTRUCTION, HomeState.ADJUSTED, HomeState.CLOSED)


def hold_inspection(inspection: Inspection) -> Inspection:
    """Locked, with everything its rules ask for."""
    Inspection.objects.unscoped().select_for_update(of=("self",)).get(pk=inspection.pk)
    return queries.full(inspection)


def step(inspection: Inspection, verb: str, *, reason: str = "") -> None:
    """Take an edge of the table. Raises ``StepTaken``, ``NoSuchStep``, ``ReasonMissing``."""
    found = edge(workflow.INSPECTION, inspection.state, verb)
    if found is None:
        if any(one.verb == verb and one.target == inspection.state for one in workflow.INSPECTION):
            raise errors.StepTaken()
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    if found.needs_reason and not reason.strip():
        raise errors.ReasonMissing()
    inspection.state = found.target


@transaction.atomic
def schedule(
    home: Home,
    *,
    round: str,
    on: date,
    inspectors: Sequence,
    by,
    now: datetime,
    again_of: Inspection | None = None,
    blind: bool = False,
) -> Inspection:
    """Send at least two inspectors to a home. ``again_of``: the failed inspection that this one repeats. ``blind``:
    each fills in a sheet of her own.

    A first visit by the city is planned by its draw (``actions.drawn``); by hand only where a drawn home's visit was
    called off. Raises ``PermissionDenied``, ``NoRubric``, ``NoBlindLimit``, ``NoSuchStep``, ``DayPast``, ``NotDrawn``,
    ``TwoInspectors``, ``NotAnInspector``, ``InConflict``, ``AlreadyUnderWay``. Lock: the home.
    """
    home = Home.objects.unscoped().select_for_update(of=("self",)).select_related("host", "county").get(pk=home.pk)
    policies.may_schedule(by, home, round).insist()
    if home.state in _NOT_BUILT:
        raise errors.NoSuchStep(state=home.get_state_display())
    if on < localdate(now):
        raise errors.DayPast()
    if round == Round.CITY and again_of is None and not waits_for_visit(home):
        raise errors.NotDrawn()
    insist_fit(home, round, inspectors)
    if again_of is not None and again_of.state not in (InspectionState.RECTIFYING, InspectionState.ESCALATED):
        raise errors.NoSuchStep(state=InspectionState(again_of.state).label)
    rubric = rubric_in_force(home.host.path)
    if rubric is None:
        raise errors.NoRubric()
    if blind and rubric.blind_limit is None:
        raise errors.NoBlindLimit()
    made = Inspection(
        home=home, rubric=rubric, round=round, again_of=again_of, scheduled_on=on, blind=blind, made_by=by, made_at=now
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise errors.AlreadyUnderWay() from None
    Inspector.objects.bulk_create(Inspector(inspection=made, user=one) for one in inspectors)
    log(made, "home_inspections.schedule", user=by, data={"round": str(round), "on": on.isoformat()}, timestamp=now)
    notifications.tell_inspectors(made, inspectors)
    return made


def insist_fit(home: Home, round: str, inspectors: Sequence) -> None:
    """At least two different people who can be sent there, none with a declared conflict."""
    if len({one.pk for one in inspectors}) < FEWEST:
        raise errors.TwoInspectors()
    insist_can_be_sent(home, round, inspectors)


def insist_can_be_sent(home: Home, round: str, inspectors: Sequence) -> None:
    """Raises ``NotAnInspector``, ``InConflict``."""
    people = {one.pk for one in inspectors}
    found = queries.inspectors_near(home.host.path, whole_city=round in OF_CITY)
    near = set(found.filter(pk__in=people).values_list("pk", flat=True))
    if people - near:
        raise errors.NotAnInspector()
    if against := queries.conflicts_at(home.host.path, inspectors):
        raise errors.InConflict(why=next(iter(against.values())))


@transaction.atomic
def begin(inspection: Inspection, *, by, now: datetime, device_at: datetime | None = None) -> Inspection:
    """Note the arrival. Raises ``PermissionDenied``, ``NoSuchStep``, ``StepTaken``."""
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    step(inspection, "begin")
    insist_fit(inspection.home, inspection.round, [one.user for one in inspection.inspectors.all()])
    inspection.started_at, inspection.device_at = now, device_at
    inspection.save(update_fields=["state", "started_at", "device_at"])
    log(inspection, "home_inspections.begin", user=by, timestamp=now)
    return inspection


@transaction.atomic
def call_off(inspection: Inspection, *, reason: str, by, now: datetime) -> Inspection:
    """Give up a visit that has no sheet yet. Raises ``PermissionDenied``, ``NoSuchStep``, ``ReasonMissing``."""
    inspection = hold_inspection(inspection)
    policies.may_schedule(by, inspection.home, inspection.round).insist()
    step(inspection, "call_off", reason=reason)
    inspection.save(update_fields=["state"])
    log(inspection, "home_inspections.call_off", user=by, data={"reason": reason.strip()}, timestamp=now)
    return inspection


def worked_out(inspection: Inspection, answers: dict) -> scoring.Score:
    """The sheet as it stands, county facts included."""
    home, rubric = inspection.home, inspection.rubric
    inherited = county_given(sheet_of(rubric, home.programme, home.county))
    given = inherited | queries.home_given(answers)
    return scoring.score(
        rules_items(rubric), given, profile=home.profile, fails_below=scoring.Decimal(rubric.fails_below)
    )


@transaction.atomic
def finish(inspection: Inspection, *, by, now: datetime) -> Inspection:
    """Close the sheet and work out its score; it can be opened again until it is signed. Sheets that are scored blind
    are handed in one by one instead (``actions.blind``).

    Raises ``PermissionDenied``, ``CountyFactsOpen``, ``SheetOpen``, ``EvidenceMissing``, ``NothingLeft``.
    """
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    if inspection.blind:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    return close_sheet(inspection, by=by, now=now)


def close_sheet(inspection: Inspection, *, by, now: datetime) -> Inspection:
    """Work out the score of the sheet that counts. The inspection is locked; whoever calls has asked who may."""
    step(inspection, "score")
    answers = queries.answers_of(inspection)
    result = worked_out(inspection, answers)
    _insist_complete(inspection, answers, result)
    inspection.score, inspection.scored_at = result.total, now
    inspection.passed = scoring.passes(result, pass_mark=inspection.rubric.pass_mark)
    inspection.breakdown = as_json(result, inspection)
    inspection.save(update_fields=["state", "score", "scored_at", "passed", "breakdown"])
    log(inspection, "home_inspections.score", user=by, data={"score": str(result.total)}, timestamp=now)
    return inspection


def _insist_complete(inspection: Inspection, answers: dict, result: scoring.Score) -> None:
    asked = asked_of_home(inspection.rubric, inspection.home.profile)
    if missing := [code for code in result.open if code in asked]:
        raise errors.SheetOpen(open=wordings.list_of(missing))
    for item in result.items:
        if all(line.why in ("not_applicable", "profile") for line in item.lines):
            raise errors.NothingLeft(item=item.code)
    if result.open:
        raise errors.CountyFactsOpen()
    lacking = evidence_lacking(asked, answers, queries.photos_of(inspection))
    if lacking:
        raise errors.EvidenceMissing(open=wordings.list_of(lacking))


def evidence_lacking(asked: dict, answers: dict, photos: list) -> list[str]:
    """Criteria with points whose photo, document or count isn't there. A photo used elsewhere proves nothing."""
    pictures, papers = set(), set()
    for one in photos:
        if one.criterion_id and one.twin_id is None:
            papers.add(one.criterion_id)
            if one.content_type.startswith("image/"):
                pictures.add(one.criterion_id)
    found = []
    for code, criterion in asked.items():
        answer = answers.get(code)
        if answer is None or not answer.half_points:
            continue
        lacks = (
            (criterion.needs_photo and criterion.pk not in pictures)
            or (criterion.needs_document and criterion.pk not in papers)
            or (criterion.needs_count and answer.counted is None)
        )
        if lacks:
            found.append(code)
    return found


def as_json(result: scoring.Score, inspection: Inspection) -> dict:
    """The whole reckoning in plain values: what is printed later is what was signed."""

    def said(value):
        return None if value is None else str(value.quantize(scoring.CENT))

    return {
        "pass_mark": str(inspection.rubric.pass_mark),
        "version": inspection.rubric.version,
        "failed": list(result.failed),
        "vetoed": list(result.vetoed),
        "items": [
            {
                "code": item.code,
                "points": str(item.points),
                "score": str(item.score),
                "left_out": list(item.left_out),
                "factor": f"{item.factor:.4f}",
                "lines": [
                    {
                        "code": line.code,
                        "why": line.why,
                        "weight": str(scoring.points(line.weight)),
                        "points": None if line.halves is None else str(scoring.points(line.halves)),
                        "worth": said(line.worth),
                        "failed": line.failed,
                    }
                    for line in item.lines
                ],
            }
            for item in result.items
        ],
    }


@transaction.atomic
def reopen(inspection: Inspection, *, reason: str, by, now: datetime) -> Inspection:
    """Open a scored sheet again; signatures given so far are void. Scored blind, each goes on with her own sheet.

    Raises ``PermissionDenied``, ``ReasonMissing``.
    """
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    step(inspection, "reopen", reason=reason)
    inspection.inspectors.update(signed_at=None, handed_in_at=None)
    HostSignature.objects.filter(inspection=inspection).delete()
    inspection.score = inspection.passed = inspection.scored_at = None
    inspection.breakdown, inspection.objection = {}, ""
    inspection.save()
    log(inspection, "home_inspections.reopen", user=by, data={"reason": reason.strip()}, timestamp=now)
    return inspection


@transaction.atomic
def sign(inspection: Inspection, *, by, now: datetime) -> Inspection:
    """An inspector signs the sheet as it was scored. Raises ``PermissionDenied``, ``NoSuchStep``, ``StepTaken``."""
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    own = next(one for one in inspection.inspectors.all() if one.user_id == by.pk)
    if own.signed_at is not None:
        raise errors.StepTaken()
    if inspection.state != InspectionState.SCORED:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    own.signed_at = now
    own.save(update_fields=["signed_at"])
    log(inspection, "home_inspections.sign", user=by, timestamp=now)
    return _when_all_signed(inspection)


@transaction.atomic
def sign_for_host(
    inspection: Inspection, *, name: str, post: str, objection: str = "", by, now: datetime
) -> Inspection:
    """The home's representative signs before an inspector, with an objection in her own words where she has one.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``StepTaken``.
    """
    inspection = hold_inspection(inspection)
    policies.may_inspect(by, inspection).insist()
    if inspection.state != InspectionState.SCORED:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)
    if HostSignature.objects.filter(inspection=inspection).exists():
        raise errors.StepTaken()
    HostSignature.objects.create(
        inspection=inspection, name=name.strip(), post=post.strip(), signed_at=now, witnessed_by=by
    )
    inspection.objection = objection.strip()
    inspection.save(update_fields=["objection"])
    log(inspection, "home_inspections.sign_host", user=by, data={"objects": bool(objection.strip())}, timestamp=now)
    return _when_all_signed(inspection)


def _when_all_signed(inspection: Inspection) -> Inspection:
    inspection = queries.full(inspection)
    signed = all(one.signed_at for one in inspection.inspectors.all())
    if signed and HostSignature.objects.filter(inspection=inspection).exists():
        step(inspection, "sign")
        inspection.save(update_fields=["state"])
    return inspection


@transaction.atomic
def confirm(inspection: Inspection, *, by, now: datetime, due_on: date | None = None) -> Inspection:
    """Let the verdict stand. A home that failed has until ``due_on`` (None: as the rubric says) to put things right.

    Opens findings, closes those that were found in order, moves the home and the drawn line. Raises
    ``PermissionDenied``, ``NoSuchStep``, ``SignedNotYet``, ``StepTaken``, ``DueMissing``.
    """
    inspection = hold_inspection(inspection)
    policies.may_confirm(by, inspection).insist()
    if inspection.state == InspectionState.SCORED:
        raise errors.SignedNotYet()
    if inspection.state in (InspectionState.CONFIRMED, InspectionState.RECTIFYING):
        raise errors.StepTaken()
    if due_on is not None and due_on <= localdate(now):
        raise errors.DueMissing()
    step(inspection, "confirm" if inspection.passed else "fail")
    conclude(inspection, by=by, now=now, due_on=due_on)
    verb = "confirm" if inspection.passed else "fail"
    log(inspection, f"home_inspections.{verb}", user=by, data={"score": str(inspection.score)}, timestamp=now)
    notifications.tell_home(inspection)
    return inspection


def may_be_answered(inspection: Inspection) -> bool:
    return inspection.state in ANSWERABLE


def is_first(inspection: Inspection) -> bool:
    return inspection.again_of_id is None and inspection.round in (Round.COUNTY, Round.CITY)
