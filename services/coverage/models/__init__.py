from services.coverage.models.checklist import AssessmentAnswer, Checklist, ChecklistItem, SelfAssessment
from services.coverage.models.committee import Seat, Term, WomenCommittee
from services.coverage.models.paper import Paper
from services.coverage.models.reminder import Reminder
from services.coverage.models.requirements import Requirements
from services.coverage.models.returns import AnnualReturn, ReturnStep, ReturnYear
from services.coverage.models.standing import Standing, StandingChange

__all__ = [
    "AnnualReturn",
    "AssessmentAnswer",
    "Checklist",
    "ChecklistItem",
    "Paper",
    "Reminder",
    "Requirements",
    "ReturnStep",
    "ReturnYear",
    "Seat",
    "SelfAssessment",
    "Standing",
    "StandingChange",
    "Term",
    "WomenCommittee",
]
