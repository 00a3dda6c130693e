"""The county's own facts: scored once a county, settled by the city, inherited by every home of the county."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.models import Programme
from services.home_inspections import errors, policies, wordings
from services.home_inspections.enums import SheetState
from services.home_inspections.models import CountyAnswer, CountySheet, Rubric
from services.home_inspections.queries.rubrics import county_criteria, tree_of
from services.home_inspections.rules import scoring
from services.organizations.models import Organization


@transaction.atomic
def score_county(
    rubric: Rubric, programme: Programme, county: Organization, said: Mapping[str, tuple[Decimal, str]], *, by
) -> CountySheet:
    """Keep points and notes of a county's facts: ``{code: (points, note)}``; codes that aren't named stay.

    Raises ``PermissionDenied``, ``StepTaken`` once it is settled, ``OutOfPoints``. Lock: the sheet.
    """
    policies.may_score_county(by, county).insist()
    sheet, _made = CountySheet.objects.unscoped().get_or_create(rubric=rubric, programme=programme, county=county)
    sheet = CountySheet.objects.unscoped().select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.state == SheetState.SETTLED:
        raise errors.StepTaken()
    faults = {}
    for one in county_criteria(tree_of(rubric)):
        if one.code not in said:
            continue
        points, note = said[one.code]
        try:
            halves = scoring.halves(points)
        except ValueError:
            halves = -1
        if not 0 <= halves <= one.weight:
            faults[one.code] = one.points
            continue
        values = {"half_points": halves, "most": one.weight, "note": note.strip()[:300]}
        CountyAnswer.objects.update_or_create(sheet=sheet, criterion=one, defaults=values)
    if faults:
        raise errors.OutOfPoints(faults)
    sheet.scored_by = by
    sheet.save(update_fields=["scored_by"])
    log(sheet, "home_inspections.county_scored", user=by)
    return sheet


@transaction.atomic
def settle_county(sheet: CountySheet, *, by, now: datetime) -> CountySheet:
    """Let a county's facts count for all its homes. Repeating it changes nothing.

    The city does it, and not the one who scored them. Raises ``PermissionDenied``, ``FourEyes``, ``SheetOpen``.
    """
    policies.may_lead_city(by, sheet.county).insist()
    sheet = CountySheet.objects.unscoped().select_for_update(of=("self",)).select_related("county").get(pk=sheet.pk)
    if sheet.state == SheetState.SETTLED:
        return sheet
    if sheet.scored_by_id == by.pk:
        raise errors.FourEyes()
    there = set(sheet.answers.values_list("criterion_id", flat=True))
    missing = [one.code for one in county_criteria(tree_of(sheet.rubric)) if one.pk not in there]
    if missing:
        raise errors.SheetOpen(open=wordings.list_of(missing))
    sheet.state, sheet.settled_by, sheet.settled_at = SheetState.SETTLED, by, now
    sheet.save(update_fields=["state", "settled_by", "settled_at"])
    log(sheet, "home_inspections.county_settled", user=by, timestamp=now)
    return sheet


@transaction.atomic
def reopen_county(sheet: CountySheet, *, reason: str, by, now: datetime) -> CountySheet:
    """The county has done what was missing, such as set up its leading body: its facts are scored anew, and homes that
    failed by them can pass when they are inspected again. What was scored and signed before keeps its reckoning.

    Raises ``PermissionDenied``, ``ReasonMissing``, ``StepTaken`` where it is open already.
    """
    policies.may_lead_city(by, sheet.county).insist()
    sheet = CountySheet.objects.unscoped().select_for_update(of=("self",)).select_related("county").get(pk=sheet.pk)
    if not reason.strip():
        raise errors.ReasonMissing()
    if sheet.state == SheetState.OPEN:
        raise errors.StepTaken()
    sheet.state, sheet.settled_by, sheet.settled_at = SheetState.OPEN, None, None
    sheet.save(update_fields=["state", "settled_by", "settled_at"])
    log(sheet, "home_inspections.county_reopened", user=by, data={"reason": reason.strip()}, timestamp=now)
    return sheet
