"""What a verb changes of a locked case, and the line of the timeline about it. Nothing is written here: ``move`` and
``move_many`` do that, and nobody else calls this."""

from datetime import date, datetime

from django.utils.timezone import localdate

from services.casework import policies, queries, workflow
from services.casework.actions.stepping import Placed, deciding_step, put_before, put_before_another, refused_step
from services.casework.actions.telling import line_of_timeline
from services.casework.enums import DECIDING, Stage, Verb
from services.casework.models import Case, CaseEvent
from services.casework.queries.ahead import notice_states
from services.casework.rules.days import Calendar, add_working_days
from services.casework.rules.routes import position_after

_DECIDED = DECIDING - {Verb.UPHOLD}
_NO_LONGER_DUE = frozenset(
    {Stage.RETURNED, Stage.APPROVED, Stage.BEING_PAID, Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN}
)


def change(
    case: Case,
    edge: workflow.Edge,
    *,
    by,
    now: datetime,
    days: Calendar,
    due_on: date | None,
    reason: str,
    note: str,
    details: dict,
) -> CaseEvent:
    """Bring the case along the edge, in memory; the event is as unsaved as the case."""
    came_from, position = case.stage, case.position
    placed = _place(case, edge, now=now, days=days, due_on=due_on)
    _stamp(case, edge, now=now, days=days, reason=reason)
    case.version += 1
    represents = edge.actor == workflow.APPLICANT and by is not None and not policies.is_herself(by, case.worker)
    return line_of_timeline(
        case,
        edge.verb,
        by=by,
        now=now,
        source=came_from,
        target=case.stage,
        position=position,
        for_whom=case.worker.user if represents else None,
        reason=reason.strip(),
        note=note.strip(),
        details={**details, **placed.details(), **({"represented": True} if represents else {})},
    )


def notice_ends(case: Case) -> date | None:
    """The last day of its notice; None when every notice it stood on was taken down."""
    lines = notice_states(case)
    if not lines:
        return case.due_on
    return max((ends for state, ends in lines if state != "taken_down"), default=None)


def _place(case: Case, edge: workflow.Edge, *, now: datetime, days: Calendar, due_on: date | None) -> Placed:
    """Bring the case to the edge's stage and to the step and desk that belong to it."""
    case.stage = edge.target
    steps = list(case.route.steps.all())
    if edge.verb == Verb.APPEAL:
        return put_before_another(case, deciding_step(case), now=now, days=days)
    if (edge.verb, edge.source) == (Verb.REOPEN, Stage.APPEALED):
        return put_before_another(case, refused_step(case), now=now, days=days)
    if edge.verb == Verb.SUBMIT or edge.verb == Verb.REOPEN:
        return put_before(case, steps[0], now=now, days=days)
    if edge.verb in (Verb.PASS_STEP, Verb.END_NOTICE):
        following = position_after([step.position for step in steps], case.position)
        step = next(step for step in steps if step.position == following)
        return put_before(case, step, now=now, days=days)
    if edge.target in _NO_LONGER_DUE:
        case.due_on = None
        if edge.target != Stage.RETURNED:
            case.handler = None
        return Placed()
    step = queries.step_of(case)
    if edge.verb != Verb.RESUBMIT:
        case.handler = None
    fresh = due_on or (notice_ends(case) if edge.verb == Verb.SETTLE_OBJECTION else None)
    case.due_on = fresh or add_working_days(localdate(now), step.working_days, days)
    return Placed()


def _stamp(case: Case, edge: workflow.Edge, *, now: datetime, days: Calendar, reason: str) -> None:
    """Moments, her words, and the promise as it was kept, which is written once."""
    verb = edge.verb
    case.stage_since = now
    if verb != Verb.APPEAL:
        case.reason = reason.strip()
    if verb == Verb.SUBMIT:
        case.submitted_at = now
    if verb == Verb.RETURN:
        case.rounds += 1
    if edge.actor == workflow.HANDLER and case.contact_took is None:
        case.contacted_at, case.contact_took = now, queries.took(case, now=now, days=days)
    if verb in DECIDING:
        case.decided_at = now
    if verb in _DECIDED and case.decision_took is None:
        case.decision_took = queries.took(case, now=now, days=days)
    if verb == Verb.CLOSE:
        case.closed_at = now
    elif verb == Verb.REOPEN:
        case.closed_at = None
