"""A sheet as it is read: items and criteria with points, why one doesn't count, and what that does to the others."""

from decimal import Decimal

from services.home_inspections.actions.inspections import as_json, worked_out
from services.home_inspections.enums import InspectionState
from services.home_inspections.models import Inspection
from services.home_inspections.queries.inspections import answers_of

_KEPT = (InspectionState.SCHEDULED, InspectionState.IN_FIELD, InspectionState.CALLED_OFF)


def reckoned(inspection: Inspection) -> list[dict]:
    """What was signed, once it was scored; before that, as it stands now."""
    answers = answers_of(inspection)
    stored = as_json(worked_out(inspection, answers), inspection) if inspection.state in _KEPT else inspection.breakdown
    items = {item.code: item for item in inspection.rubric.items.all()}
    found = []
    for row in stored.get("items", []):
        item = items[row["code"]]
        criteria = {one.code: one for one in item.criteria.all()}
        found.append(
            row
            | {
                "item": item,
                "reweighted": bool(row["left_out"]) and Decimal(row["factor"]) > 0,
                "lines": [
                    line | {"criterion": criteria[line["code"]], "answer": answers.get(line["code"])}
                    for line in row["lines"]
                ],
            }
        )
    return found
