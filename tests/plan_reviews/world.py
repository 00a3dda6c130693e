"""``ReviewWorld()``: a monitoring world with a plan, a goal and targets; ``told`` states a locked year."""

from decimal import Decimal

from services.indicators.actions import rounds
from services.plan_reviews.actions import plans
from services.plan_reviews.models import Issue, Target
from tests.factories.indicators import NOW, YEAR, MonitoringWorld


class ReviewWorld(MonitoringWorld):
    """``care`` is to reach 90 % in 2030, from 80 % in 2020."""

    def __init__(self, **more):
        super().__init__(**more)
        self.plan = plans.make_plan(
            self.city,
            audience="women",
            title="示例规划",
            first_year=2021,
            midterm_year=2025,
            last_year=2030,
            base_year=2020,
            by=self.city_officer,
        )
        self.goal = plans.add_goal(
            self.plan,
            domain="health",
            code="1",
            title="示例目标",
            lead="卫生健康委",
            responsible=["妇联"],
            by=self.city_officer,
        )
        self.target = self.aim(self.care, "ge", 90, base=Decimal(80))

    def aim(self, indicator, comparator: str, value, *, organization=None, due_year: int = 2030, **more) -> Target:
        return plans.set_target(
            self.goal,
            indicator=indicator,
            organization=organization or self.city,
            due_year=due_year,
            comparator=comparator,
            value=None if value is None else Decimal(value),
            source="示例文件",
            by=self.city_officer,
            now=NOW,
            **more,
        )

    def told(self, *, a: dict, b: dict, year: int = YEAR, lock: bool = True) -> None:
        if year != YEAR:
            self.open(year)
        self.accepted(self.county_a, year=year, **a)
        self.accepted(self.county_b, year=year, **b)
        if lock:
            round = self.report(self.county_a, year).place.round
            rounds.lock_round(round, by=self.city_officer, now=NOW)

    def issues(self, organization=None) -> list[Issue]:
        rows = Issue.objects.unscoped().order_by("pk")
        return list(rows.filter(organization=organization) if organization else rows)
