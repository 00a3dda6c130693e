"""Plans, goals and targets: set with their source; a new target is a new line, the earlier one stays on record."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.indicators.enums import Direction
from services.indicators.models import Indicator
from services.organizations.models import Organization
from services.plan_reviews import errors, policies, samples
from services.plan_reviews.enums import Audience, Comparator, Origin
from services.plan_reviews.models import Goal, GoalJudged, Plan, Target, Unit

_NUMBERLESS = frozenset(
    {Comparator.TREND_UP, Comparator.TREND_DOWN, Comparator.GAP_NARROW, Comparator.EQUAL_ZERO, Comparator.NONE}
)


@transaction.atomic
def make_plan(
    owner: Organization,
    *,
    audience: str,
    title: str,
    first_year: int,
    midterm_year: int,
    last_year: int,
    base_year: int,
    by,
    at_risk_share: int = 80,
    issue_days: int = 90,
    sample: bool = False,
) -> Plan:
    """Raises ``PermissionDenied``, ``YearsOutOfOrder``, ``PlanThere``. ``by`` None: from the command line."""
    if by is not None:
        policies.may_keep(by, owner).insist()
    if not first_year <= midterm_year <= last_year or base_year >= last_year:
        raise errors.YearsOutOfOrder()
    hold(f"plan_reviews.plans:{owner.pk}")
    if Plan.objects.unscoped().filter(owner=owner, audience=audience, first_year=first_year).exists():
        raise errors.PlanThere()
    plan = Plan.objects.create(
        owner=owner,
        audience=audience,
        title=title.strip(),
        first_year=first_year,
        midterm_year=midterm_year,
        last_year=last_year,
        base_year=base_year,
        at_risk_share=at_risk_share,
        issue_days=issue_days,
        sample=sample,
    )
    log(plan, "plan_reviews.make_plan", user=by)
    return plan


def unit_named(owner: Organization, name: str) -> Unit:
    """The unit of this name, made where there is none."""
    return Unit.objects.unscoped().get_or_create(owner=owner, name=name.strip()[:80])[0]


@transaction.atomic
def add_goal(
    plan: Plan,
    *,
    domain: str,
    code: str,
    title: str,
    lead: str,
    responsible: list[str],
    by,
    title_en: str = "",
    qualitative: bool = False,
) -> Goal:
    """A line of the responsibility table; units are named and made where they are new. Raises ``PermissionDenied``,
    ``GoalThere``."""
    if by is not None:
        policies.may_keep(by, plan.owner).insist()
    hold(f"plan_reviews.plans:{plan.owner_id}")
    if Goal.objects.unscoped().filter(plan=plan, code=code.strip()).exists():
        raise errors.GoalThere()
    goal = Goal.objects.create(
        plan=plan,
        domain=domain,
        code=code.strip(),
        title=title.strip(),
        title_en=title_en.strip(),
        lead=unit_named(plan.owner, lead),
        qualitative=qualitative,
    )
    goal.responsible.set([unit_named(plan.owner, name) for name in responsible if name.strip()])
    log(goal, "plan_reviews.add_goal", user=by)
    return goal


@transaction.atomic
def set_target(
    goal: Goal,
    *,
    indicator: Indicator,
    organization: Organization,
    due_year: int,
    comparator: str,
    value: Decimal | None,
    source: str,
    by,
    now: datetime,
    high: Decimal | None = None,
    base_year: int | None = None,
    base: Decimal | None = None,
    origin: str = Origin.LOCAL,
    sample: bool = False,
) -> Target:
    """Raises ``PermissionDenied``, ``ForeignIndicator``, ``NoDirection``, ``DueOutsidePlan``, ``SourceMissing``,
    ``TargetWithoutNumber``, ``RangeWithoutEnds``."""
    if by is not None:
        policies.may_set_target(by, organization).insist()
    plan = goal.plan
    if indicator.owner_id != plan.owner_id or indicator.audience not in (plan.audience, "both"):
        raise errors.ForeignIndicator()
    if indicator.direction == Direction.NONE and comparator != Comparator.NONE:
        raise errors.NoDirection()
    if not plan.first_year <= due_year <= plan.last_year:
        raise errors.DueOutsidePlan(first=plan.first_year, last=plan.last_year)
    if not source.strip():
        raise errors.SourceMissing()
    if value is None and comparator not in _NUMBERLESS:
        raise errors.TargetWithoutNumber()
    if comparator == Comparator.RANGE and (high is None or high < value):
        raise errors.RangeWithoutEnds()
    made = Target.objects.create(
        goal=goal,
        indicator=indicator,
        organization=organization,
        origin=origin,
        due_year=due_year,
        comparator=comparator,
        value=value,
        high=high if comparator == Comparator.RANGE else None,
        base_year=base_year,
        base=base,
        source=source.strip()[:200],
        sample=sample,
        set_by=by,
        set_at=now,
    )
    log(goal, "plan_reviews.set_target", user=by, data={"indicator": indicator.code, "due": due_year}, timestamp=now)
    return made


@transaction.atomic
def judge_goal(goal: Goal, *, year: int, judgement: str, words: str, by, now: datetime) -> GoalJudged:
    """Of a goal without a number, with grounds. Raises ``PermissionDenied``, ``HasNumbers``, ``WordsMissing``."""
    policies.may_keep(by, goal.plan.owner).insist()
    if not goal.qualitative:
        raise errors.HasNumbers()
    if not words.strip():
        raise errors.WordsMissing()
    made = GoalJudged.objects.create(
        goal=goal, year=year, judgement=judgement, words=words.strip()[:300], by=by, at=now
    )
    log(goal, "plan_reviews.judge_goal", user=by, data={"year": year, "reason": made.words}, timestamp=now)
    return made


@transaction.atomic
def load_samples(owner: Organization, *, by, now: datetime) -> int:
    """Both plans 2021-2030 with goals, units and the targets of DOMAIN C2, marked as samples. Gives how many targets
    came in; a tree that has plans is left alone. Needs the sample indicators."""
    if by is not None:
        policies.may_keep(by, owner).insist()
    if Plan.objects.unscoped().filter(owner=owner).exists():
        return 0
    plans = {
        audience: make_plan(
            owner,
            audience=audience,
            title=title,
            first_year=2021,
            midterm_year=2025,
            last_year=2030,
            base_year=2020,
            by=by,
            sample=True,
        )
        for audience, title in ((Audience.WOMEN, samples.WOMEN), (Audience.CHILDREN, samples.CHILDREN))
    }
    goals = {
        one.code: add_goal(
            plans[one.audience],
            domain=one.domain,
            code=one.code,
            title=one.title,
            title_en=one.title_en,
            lead=one.lead,
            responsible=list(one.responsible),
            qualitative=one.qualitative,
            by=by,
        )
        for one in samples.GOALS
    }
    indicators = {one.code: one for one in Indicator.objects.unscoped().filter(owner=owner)}
    made = 0
    for one in samples.TARGETS:
        if one.indicator not in indicators:
            continue
        for origin in (Origin.NATIONAL, Origin.LOCAL) if one.national else (Origin.LOCAL,):
            set_target(
                goals[one.goal],
                indicator=indicators[one.indicator],
                organization=owner,
                due_year=one.due_year,
                comparator=one.comparator,
                value=None if one.value is None else Decimal(one.value),
                source=one.source if origin == Origin.NATIONAL else samples.ADOPTED.format(source=one.source),
                origin=origin,
                sample=True,
                by=by,
                now=now,
            )
            made += 1
    return made
