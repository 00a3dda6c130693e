from services.coverage.models.committee import Seat, Term, WomenCommittee
from services.coverage.models.paper import Paper
from services.coverage.models.reminder import Reminder
from services.coverage.models.requirements import Requirements
from services.coverage.models.standing import Standing, StandingChange

__all__ = ["Paper", "Reminder", "Requirements", "Seat", "Standing", "StandingChange", "Term", "WomenCommittee"]
