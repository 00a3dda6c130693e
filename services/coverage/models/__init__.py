from services.coverage.models.checklist import AssessmentAnswer, Checklist, ChecklistItem, SelfAssessment
from services.coverage.models.committee import Seat, Term, WomenCommittee
from services.coverage.models.paper import Paper
from services.coverage.models.requirements import Requirements
from services.coverage.models.standing import Standing, StandingChange

__all__ = [
    "AssessmentAnswer",
    "Checklist",
    "ChecklistItem",
    "Paper",
    "Requirements",
    "Seat",
    "SelfAssessment",
    "Standing",
    "StandingChange",
    "Term",
    "WomenCommittee",
]
