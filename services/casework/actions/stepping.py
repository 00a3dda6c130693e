"""Putting a locked case before the desk that its step lies at. Called by the writers of a case alone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from services.casework import queries
from services.casework.enums import StepKind, Verb
from services.casework.models import Case, RouteStep
from services.casework.queries.ahead import places_of
from services.casework.queries.people import decided_before, filers_of
from services.casework.queries.timeline import past_of
from services.casework.rules import desks
from services.casework.rules.days import Calendar, add_working_days


@dataclass(frozen=True, slots=True)
class Placed:
    """What the timeline says about a desk that isn't the one the route names: ``instead_of`` is the step's level
    when no organisation of it exists; ``above`` says that nobody who may decide holds a post there."""

    instead_of: str = ""
    above: bool = False

    def details(self) -> dict:
        return {
            **({"instead_of": self.instead_of} if self.instead_of else {}),
            **({"above": True} if self.above else {}),
        }


def deciding_step(case: Case) -> RouteStep:
    return next(step for step in case.route.steps.all() if step.kind == StepKind.APPROVE)


def put_before(case: Case, step: RouteStep, *, now: datetime, days: Calendar, due_on: date | None = None) -> Placed:
    """Position, desk and due date of a step that begins now; nobody has it in hand yet."""
    place, exact = desks.desk_for(step.level, places_of(case))
    _set(case, step, place, now=now, days=days, due_on=due_on)
    return Placed(instead_of="" if exact else step.level)


def refused_step(case: Case) -> RouteStep:
    """The step at which it was refused last: whatever comes after it (a visit, a public notice) was never done."""
    refused = next(event for event in reversed(past_of(case)) if event.verb == Verb.REFUSE)
    return next(step for step in case.route.steps.all() if step.position == refused.position)


def put_before_another(case: Case, step: RouteStep, *, now: datetime, days: Calendar) -> Placed:
    """As ``put_before``, at a desk where somebody may handle the step who hasn't decided before; where a second person
    is asked for, who has taken no part at all.

    The step's own desk if a colleague holds a post there, else the nearest organisation above where one does; the
    step's own desk when there is nobody at all, so that it waits where a colleague will be named.
    """
    above = places_of(case)
    first, exact = desks.desk_for(step.level, above)
    second = step.kind == StepKind.APPROVE or step.second_person
    acted = queries.acted_before(case, whole=True) if second else decided_before(case)
    but = acted | filers_of(case) | {case.worker.user_id} - {None}
    place = next(
        (
            one
            for one in (first, *desks.higher(first, above))
            if queries.eligible_at(one, but=but, phone_index=case.worker.phone_index, on=localdate(now))
        ),
        first,
    )
    _set(case, step, place, now=now, days=days, due_on=None)
    return Placed(instead_of="" if exact else step.level, above=place != first)


def _set(
    case: Case, step: RouteStep, place: desks.Place, *, now: datetime, days: Calendar, due_on: date | None
) -> None:
    case.position = step.position
    case.desk_id, case.desk_path = place.key, place.path
    case.handler = None
    case.due_on = due_on or add_working_days(localdate(now), step.working_days, days)
