from services.relief.models.application import (
    Application,
    Assessment,
    Award,
    ExclusionCheck,
    HomeVisit,
    OutsideAid,
    OverlapDecision,
)
from services.relief.models.household import Household, Member, MoneyLine, MonthObserved, ReturnVisit
from services.relief.models.standards import IncomeTest, LivingLine, Programme

__all__ = [
    "Application",
    "Assessment",
    "Award",
    "ExclusionCheck",
    "HomeVisit",
    "Household",
    "IncomeTest",
    "LivingLine",
    "Member",
    "MoneyLine",
    "MonthObserved",
    "OutsideAid",
    "OverlapDecision",
    "Programme",
    "ReturnVisit",
]
