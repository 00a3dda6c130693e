"""Sheets scored blind: whose stands where, and what a third person has to settle."""

from services.home_inspections.enums import InspectionState
from services.home_inspections.models import Answer, Inspection
from services.home_inspections.queries.inspections import home_given
from services.home_inspections.queries.rubrics import asked_of_home
from services.home_inspections.rules import blind, scoring


def sheets_of(inspection: Inspection) -> list[dict[str, Answer]]:
    """One sheet an inspector, in the order in which they were sent. One query."""
    found: dict[int, dict[str, Answer]] = {one.user_id: {} for one in inspection.inspectors.all()}
    rows = Answer.objects.filter(inspection=inspection, scorer__isnull=False).select_related("criterion")
    for answer in rows:
        if answer.scorer_id in found:
            found[answer.scorer_id][answer.criterion.code] = answer
    return list(found.values())


def disputed(inspection: Inspection) -> list[str]:
    """Criteria on which they differ beyond the rubric's limit."""
    sheets = [home_given(sheet) for sheet in sheets_of(inspection)]
    codes = list(asked_of_home(inspection.rubric, inspection.home.profile))
    return blind.differ(sheets, codes, limit=scoring.halves(inspection.rubric.blind_limit))


def all_handed_in(inspection: Inspection) -> bool:
    return all(one.handed_in_at is not None for one in inspection.inspectors.all())


def waits_for_third(inspection: Inspection) -> bool:
    """Both are in and the sheet isn't closed: had they agreed, it would be."""
    return inspection.blind and inspection.state == InspectionState.IN_FIELD and all_handed_in(inspection)
