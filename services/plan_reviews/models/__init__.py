from services.plan_reviews.models.ledger import Issue, Visit
from services.plan_reviews.models.logs import PolicyInclusion, Publicity, Training
from services.plan_reviews.models.plan import Goal, GoalJudged, Plan, Target, Unit

__all__ = [
    "Goal",
    "GoalJudged",
    "Issue",
    "Plan",
    "PolicyInclusion",
    "Publicity",
    "Target",
    "Training",
    "Unit",
    "Visit",
]
