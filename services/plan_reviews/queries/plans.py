"""Reads of plans, goals, targets."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Case, Prefetch, QuerySet, When

from services.indicators.enums import RoundState
from services.indicators.models import Indicator, Round
from services.indicators.models.dictionary import during
from services.indicators.queries.reports import top_paths
from services.organizations.models import Organization
from services.plan_reviews.enums import Audience, Origin
from services.plan_reviews.models import Goal, GoalJudged, Plan, Target, Unit


def plans_for(user) -> QuerySet[Plan]:
    """The plans of the trees in which she holds a post: what binds her is never hidden from her."""
    rows = Plan.objects.unscoped().filter(owner__path__in=top_paths(user))
    return rows.select_related("owner").order_by("-first_year", "-audience", "pk")


def years_of(plan: Plan) -> list[int]:
    """The years that were opened for monitoring, the latest first."""
    rows = Round.objects.unscoped().filter(owner=plan.owner_id, year__lte=plan.last_year)
    return list(rows.order_by("-year").values_list("year", flat=True))


def settled_year(plan: Plan) -> int | None:
    """The latest year whose figures stand; while none is locked, the latest that was opened. One query."""
    rows = Round.objects.unscoped().filter(owner=plan.owner_id, year__lte=plan.last_year)
    return (
        rows.order_by(Case(When(state=RoundState.LOCKED, then=0), default=1), "-year")
        .values_list("year", flat=True)
        .first()
    )


def goals_of(plan: Plan) -> list[Goal]:
    rows = Goal.objects.unscoped().filter(plan=plan).select_related("lead")
    judged = GoalJudged.objects.unscoped().select_related("by").order_by("-pk")
    targets = Target.objects.unscoped().select_related("indicator", "organization").order_by("-pk")
    prefetched = rows.prefetch_related("responsible", Prefetch("judged", judged), Prefetch("targets", targets))
    return list(prefetched.order_by("domain", "code"))


def units_of(owner_id: int) -> QuerySet[Unit]:
    return Unit.objects.unscoped().filter(owner=owner_id)


def indicators_of_plan(plan: Plan, *, year: int | None = None) -> list[Indicator]:
    """Those that count in a year; without one those that haven't ended."""
    rows = Indicator.objects.unscoped().filter(
        owner=plan.owner_id, audience__in=[Audience(plan.audience).value, "both"]
    )
    rows = rows.filter(last_year__isnull=True) if year is None else rows.filter(during(year))
    return list(rows.select_related("numerator", "denominator").order_by("place", "pk"))


def paths_up(path: str) -> list[str]:
    """The path and every one above it."""
    return [path[:end] for end in range(len(path), 0, -Organization.steplen)]


def has_target(indicator: Indicator) -> bool:
    return Target.objects.unscoped().filter(indicator=indicator).exists()


Targets = dict[int, list[Target]]


def targets_of(plan: Plan, paths: Iterable[str], *, indicators: Collection[int] | None = None) -> Targets:
    """Every target that may bind one of these places, by indicator, the latest first. One query."""
    wanted = {up for path in paths for up in paths_up(path)}
    rows = Target.objects.unscoped().filter(goal__plan=plan, organization__path__in=wanted)
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    found: Targets = defaultdict(list)
    for target in rows.select_related("goal__lead", "organization").order_by("-pk"):
        found[target.indicator_id].append(target)
    return found


def binding(targets: Collection[Target], path: str, year: int, *, origin: str = Origin.LOCAL) -> Target | None:
    """The one that counts for a place in a year: of the nearest place above, for the next year in which one is due (the
    last one, when all are past); the latest line of these. National ones never judge a place."""
    for up in paths_up(path):
        here = [one for one in targets if one.origin == origin and one.organization.path == up]
        if not here:
            continue
        ahead = sorted({one.due_year for one in here if one.due_year >= year})
        due = ahead[0] if ahead else max(one.due_year for one in here)
        return next(one for one in here if one.due_year == due)
    return None
