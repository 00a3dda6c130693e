from services.casework.models.case import Case, CaseEvent, Sequence
from services.casework.models.route import ReviewRoute, RouteStep

__all__ = ["Case", "CaseEvent", "ReviewRoute", "RouteStep", "Sequence"]
