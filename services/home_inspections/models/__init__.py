from services.home_inspections.models.draw import DrawItem, DrawnInspector, HomeDraw, MustVisit, Seal
from services.home_inspections.models.evaluation import Evaluation, EvaluationLine, Recognition
from services.home_inspections.models.inspection import (
    Answer,
    Conflict,
    HostSignature,
    Inspection,
    Inspector,
    Photo,
    Rectification,
)
from services.home_inspections.models.rubric import CountyAnswer, CountySheet, Criterion, Rubric, RubricItem

__all__ = [
    "Answer",
    "Conflict",
    "CountyAnswer",
    "CountySheet",
    "Criterion",
    "DrawItem",
    "DrawnInspector",
    "Evaluation",
    "EvaluationLine",
    "HomeDraw",
    "HostSignature",
    "Inspection",
    "Inspector",
    "MustVisit",
    "Photo",
    "Recognition",
    "Rectification",
    "Rubric",
    "RubricItem",
    "Seal",
]
