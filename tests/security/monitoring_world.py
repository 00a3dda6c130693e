"""What the monitoring of plans adds to the world: the town's report of a year, a plan with a goal, a problem."""

from datetime import date

from django.utils import timezone

from services.indicators.actions import rounds
from services.indicators.models import Report, ValidationRule
from services.organizations.enums import Role
from services.plan_reviews.models import Goal, Issue, Plan, PolicyInclusion, Publicity, Training, Unit
from tests.factories.indicators import element, indicator


def monitoring_records(city, town, people: dict) -> dict:
    from tests.security.world import staff_name

    now = timezone.now()
    year = timezone.localdate(now).year - 1
    births = element(city, "births_1", title="示例数据", level=3)
    seen = indicator(city, "seen_1", births, title="示例指标")
    officer = people[staff_name(Role.FEDERATION_OFFICER, "top")]
    opened = rounds.open_round(city, year=year, due_on=date(year + 1, 12, 31), by=officer, now=now)
    plan = Plan.objects.create(
        owner=city,
        audience="women",
        title="示例规划",
        first_year=2021,
        midterm_year=2025,
        last_year=2030,
        base_year=2020,
    )
    lead = Unit.objects.create(owner=city, name="示例单位")
    goal = Goal.objects.create(plan=plan, domain="health", code="1", title="示例目标", lead=lead)
    issue = Issue.objects.create(
        plan=plan,
        indicator=seen,
        organization=town,
        year=year,
        kind="no_data",
        opened_at=now,
        due_on=date(year + 2, 1, 1),
    )
    report = Report.objects.unscoped().select_related("place__organization", "place__round__owner")
    return {
        "monitoring_report": report.get(place__organization=town, place__round=opened),
        "monitored": seen,
        "monitoring_rule": ValidationRule.objects.create(
            owner=city, code="moved-1", title="示例规则", kind="change", left="births_1", limit=30
        ),
        "women_plan": plan,
        "plan_goal": goal,
        "plan_issue": issue,
        **_lines(town),
    }


def _lines(town) -> dict:
    line = {"organization": town, "day": date(2026, 1, 5)}
    return {
        "plan_trainings": Training.objects.create(title="示例", form="course", attendees=5, units=2, hours=3, **line),
        "plan_publicity": Publicity.objects.create(theme="示例", channel="wechat", **line),
        "plan_inclusions": PolicyInclusion.objects.create(kind="agenda", evidence="示例", **line),
    }
