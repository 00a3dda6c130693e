"""Putting a locked case before the desk that its step lies at. Called by the writers of a case alone."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from services.casework import queries
from services.casework.enums import Stage, StepKind, Verb
from services.casework.models import Case, RouteStep
from services.casework.queries.ahead import holders_of, places_of
from services.casework.queries.people import decided_before, kept_from
from services.casework.queries.timeline import past_of
from services.casework.rules import desks
from services.casework.rules.days import Calendar, add_working_days

_SECOND_PERSON = frozenset({Stage.OBJECTION, Stage.APPEALED})


@dataclass(frozen=True, slots=True)
class Placed:
    """What the timeline says about a desk that isn't the one the route names: ``instead_of`` is the step's level
    when no organisation of it exists; ``above`` says that nobody who may handle it holds a post there."""

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
    """Position, desk and due date of a step that begins now; nobody has it in hand yet.

    Where all who hold a post at its desk have to keep away, the nearest organisation above where somebody hasn't.
    """
    return _put(case, step, but=frozenset(), now=now, days=days, due_on=due_on)


def refused_step(case: Case) -> RouteStep:
    """The step at which it was refused last: whatever comes after it (a visit, a public notice) was never done."""
    refused = next(event for event in reversed(past_of(case)) if event.verb == Verb.REFUSE)
    return next(step for step in case.route.steps.all() if step.position == refused.position)


def put_before_another(case: Case, step: RouteStep, *, now: datetime, days: Calendar) -> Placed:
    """As ``put_before``, at a desk where somebody may handle the step who hasn't decided before; where a second person
    is asked for, who has taken no part at all."""
    second = step.kind == StepKind.APPROVE or step.second_person
    acted = queries.acted_before(case, whole=True) if second else decided_before(case)
    return _put(case, step, but=acted, always=True, now=now, days=days)


def keep_away(case: Case, *, now: datetime) -> Placed:
    """The desk at which the present step goes on, once somebody who might have handled it keeps away. Its day stays."""
    step = queries.step_of(case)
    second = step.kind == StepKind.APPROVE or step.second_person or case.stage in _SECOND_PERSON
    but = queries.acted_before(case, whole=case.stage in _SECOND_PERSON) if second else decided_before(case)
    above = places_of(case)
    here = next((place for place in above if place.path == case.desk_path), None)
    place = here and _free(case, here, above, but=but, on=localdate(now))
    if place is None or place == here:
        return Placed()
    case.desk_id, case.desk_path = place.key, place.path
    return Placed(above=True)


def _put(
    case: Case,
    step: RouteStep,
    *,
    but: Set[int],
    now: datetime,
    days: Calendar,
    due_on: date | None = None,
    always: bool = False,
) -> Placed:
    above = places_of(case)
    first, exact = desks.desk_for(step.level, above)
    place = first
    if always or kept_from(case):
        place = _free(case, first, above, but=but, on=localdate(now))
    _set(case, step, place, now=now, days=days, due_on=due_on)
    return Placed(instead_of="" if exact else step.level, above=place != first)


def _free(case: Case, first: desks.Place, above: Sequence[desks.Place], *, but: Set[int], on: date) -> desks.Place:
    """``first`` if somebody holds a post there who isn't ``but`` and hasn't to keep away; else the nearest above where
    one does; ``first`` when there is nobody at all, so that it waits where a colleague will be named."""
    barred = but | kept_from(case)
    some = (one for one in (first, *desks.higher(first, above)) if holders_of(case, one, on=on) - barred)
    return next(some, first)


def _set(
    case: Case, step: RouteStep, place: desks.Place, *, now: datetime, days: Calendar, due_on: date | None
) -> None:
    case.position = step.position
    case.desk_id, case.desk_path = place.key, place.path
    case.handler = None
    case.due_on = due_on or add_working_days(localdate(now), step.working_days, days)
