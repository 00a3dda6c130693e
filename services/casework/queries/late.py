"""What is overdue today, by the organisation at which it lies and by what has to be done there."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q

from services.casework.enums import Stage
from services.casework.models import RouteStep
from services.casework.queries.worklist import Whose, handler_paths, overdue, waiting_for


@dataclass(slots=True)
class OverdueAt:
    """One organisation: cases by kind of step, or by stage where no step is being taken; ``oldest`` is the day on which
    the one that has waited longest was due."""

    code: str
    name: str
    by_step: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    oldest: date | None = None

    @property
    def cases(self) -> int:
        return sum(self.by_step.values())


def overdue_by_desk(user, *, today: date) -> list[OverdueAt]:
    """Every organisation within her reach at which a step is overdue, the one with most of them first. Two queries."""
    late = overdue(waiting_for(user, Whose.REACH, today=today), today=today).order_by()
    rows = late.values_list("desk__code", "desk__name", "stage", "route", "position")
    rows = list(rows.annotate(cases=Count("pk"), oldest=Min("due_on")))
    steps = RouteStep.objects.filter(route__in={route for _code, _name, _stage, route, *_rest in rows})
    kinds = {(route, position): kind for route, position, kind in steps.values_list("route", "position", "kind")}
    found: dict[str, OverdueAt] = {}
    for code, name, stage, route, position, cases, oldest in rows:
        at = found.setdefault(code, OverdueAt(code, name))
        at.by_step[kinds[route, position] if stage == Stage.IN_REVIEW else stage] += cases
        at.oldest = min(filter(None, (at.oldest, oldest)))
    return sorted(found.values(), key=lambda at: (-at.cases, at.oldest, at.code))


def overdue_below(user, *, today: date) -> tuple[int, datetime | None]:
    """How many cases are overdue within her reach, and since when; nothing while all of them lie at her own desks,
    where she has them before her eyes. One query."""
    late = overdue(waiting_for(user, Whose.REACH, today=today), today=today).order_by()
    below = ~Q(desk_path__in=handler_paths(user))
    counted = late.aggregate(cases=Count("pk"), below=Count("pk", filter=below), oldest=Min("stage_since"))
    return (counted["cases"], counted["oldest"]) if counted["below"] else (0, None)
