"""What follows from a verdict: findings opened and closed, the failed one before it settled, the home moved on."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.childrens_homes import errors as home_errors
from services.childrens_homes.actions.homes import move_home
from services.childrens_homes.models import Home
from services.childrens_homes.registry import Shortfall, shortfall_closed, shortfall_opened
from services.childrens_homes.workflow import HOME
from services.foundation.stages import edge
from services.home_inspections.actions.sealing import seal
from services.home_inspections.enums import DrawPurpose, DrawState, InspectionState, Outcome, RectificationState, Round
from services.home_inspections.models import Answer, DrawItem, HomeDraw, Inspection, Rectification
from services.home_inspections.queries.inspections import open_findings
from services.home_inspections.queries.rubrics import criteria_of


def conclude(inspection: Inspection, *, by, now: datetime, due_on: date | None) -> None:
    """The inspection is locked and stands at its verdict."""
    today = localdate(now)
    due = due_on or today + timedelta(days=inspection.rubric.rectify_days)
    inspection.confirmed_by, inspection.confirmed_at = by, now
    inspection.due_on = None if inspection.passed else due
    inspection.save()
    lines = {line["code"]: line for item in inspection.breakdown["items"] for line in item["lines"]}
    _close_what_is_in_order(inspection, lines, by=by, now=now)
    _open_findings(inspection, lines, due, by=by, now=now)
    _settle_before(inspection, by=by, now=now)
    if inspection.round == Round.COUNTY:
        carry_on(inspection.home, "record_county_inspection", by=by)
    _note_in_draw(inspection, by=by, now=now)
    _accept_late(inspection, by=by)


def carry_on(home: Home, verb: str, *, by) -> bool:
    """Move the home where its life has this step now and nothing stands against it; a verdict never waits for it."""
    home = Home.objects.unscoped().get(pk=home.pk)
    if edge(HOME, home.state, verb) is None:
        return False
    try:
        move_home(home, verb, by=None)
    except (home_errors.StandsAgainst, home_errors.NoSuchStep, home_errors.ReasonMissing) as refused:
        log(home, "home_inspections.home_held", user=by, data={"verb": verb, "why": refused.message(staff=True)})
        return False
    return True


def short_of(inspection: Inspection, lines: dict) -> list[str]:
    """Criteria of the home that become findings: those that failed; where the home failed, all that lost points."""
    found = []
    for code, line in lines.items():
        if line["why"] != "given" or criteria_of(inspection.rubric)[code].of_county:
            continue
        if line["failed"] or (not inspection.passed and line["points"] != line["weight"]):
            found.append(code)
    return found


def _open_findings(inspection: Inspection, lines: dict, due: date, *, by, now: datetime) -> None:
    there = {one.code for one in open_findings(inspection.home)}
    criteria = criteria_of(inspection.rubric)
    notes = dict(
        Answer.objects.filter(inspection=inspection, scorer__isnull=True).values_list("criterion__code", "note")
    )
    for code in short_of(inspection, lines):
        if code in there:
            continue
        finding = Rectification.objects.create(
            inspection=inspection,
            home=inspection.home,
            criterion=criteria[code],
            code=code,
            words=notes.get(code, ""),
            due_on=due,
            opened_at=now,
        )
        words = f"{criteria[code].words} {finding.words}".strip()
        told = Shortfall(key=finding.key, home_id=inspection.home_id, criterion=code, words=words, due=due)
        for tell in shortfall_opened:
            tell(told, by)


def _close_what_is_in_order(inspection: Inspection, lines: dict, *, by, now: datetime) -> None:
    """An open finding whose criterion has all its points now was seen to be put right."""
    for finding in open_findings(inspection.home):
        line = lines.get(finding.code)
        if line and line["why"] == "given" and line["points"] == line["weight"]:
            close(finding, by=by, now=now)


def close(finding: Rectification, *, by, now: datetime) -> None:
    finding.state, finding.accepted_by, finding.accepted_at = RectificationState.ACCEPTED, by, now
    finding.save(update_fields=["state", "accepted_by", "accepted_at"])
    log(finding.inspection, "home_inspections.accept", user=by, data={"criterion": finding.code}, timestamp=now)
    for tell in shortfall_closed:
        tell(finding.key, by)


def _settle_before(inspection: Inspection, *, by, now: datetime) -> None:
    """A re-inspection settles the failed one before it, and those before that."""
    before = inspection.again_of
    while before is not None:
        before = Inspection.objects.unscoped().select_for_update(of=("self",)).get(pk=before.pk)
        before.state = InspectionState.PUT_RIGHT if inspection.passed else InspectionState.ESCALATED
        before.save(update_fields=["state"])
        verb = "put_right" if inspection.passed else "escalate"
        log(before, f"home_inspections.{verb}", user=by, timestamp=now)
        before = before.again_of


def _accept_late(inspection: Inspection, *, by) -> None:
    """Once the city's draw is carried out nobody goes through the homes again: what is put right later is accepted
    with the verdict that says so."""
    draws = HomeDraw.objects.unscoped().filter(programme=inspection.home.programme_id, purpose=DrawPurpose.ACCEPTANCE)
    if inspection.passed and draws.filter(state=DrawState.EXECUTED).exists():
        carry_on(inspection.home, "accept", by=by)


def _note_in_draw(inspection: Inspection, *, by, now: datetime) -> None:
    """A drawn home was visited: its line says so, sealed."""
    if inspection.round != Round.CITY or inspection.again_of_id is not None:
        return
    drawn = HomeDraw.objects.unscoped().filter(
        items__home=inspection.home, state=DrawState.PUBLISHED, purpose=DrawPurpose.ACCEPTANCE
    )
    draw = drawn.select_for_update(of=("self",)).first()
    if draw is None:
        return
    item = DrawItem.objects.select_for_update(of=("self",)).get(draw=draw, home=inspection.home)
    if item.outcome != Outcome.PENDING or not (item.selected or item.called_in):
        return
    item.outcome, item.decided_by, item.decided_at = Outcome.VISITED, by, now
    item.save(update_fields=["outcome", "decided_by", "decided_at"])
    payload = {"home": item.code, "score": str(inspection.score), "passed": inspection.passed}
    seal(draw, "visited", payload, by=by, now=now)
