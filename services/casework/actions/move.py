"""The only writer of a case's stage, step, desk and due date (a desk also follows the tree: ``follow_tree``)."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.casework import errors, policies, queries, workflow
from services.casework.actions.locking import lock_case
from services.casework.actions.stepping import Placed, put_before, put_before_another
from services.casework.actions.telling import record
from services.casework.actions.told import tell
from services.casework.enums import DECIDING, Stage, Verb
from services.casework.models import Case, CaseEvent, NoticeLine, Objection
from services.casework.registry import services
from services.casework.rules.days import Calendar, add_working_days
from services.casework.rules.routes import position_after

_DECIDED = DECIDING - {Verb.UPHOLD}
_WITHOUT_OPEN_OBJECTION = frozenset({Verb.END_NOTICE, Verb.SETTLE_OBJECTION, Verb.APPROVE})
_NO_LONGER_DUE = frozenset(
    {Stage.RETURNED, Stage.APPROVED, Stage.BEING_PAID, Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN}
)


def move(
    case: Case,
    verb: str,
    *,
    by,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    note: str = "",
    details: dict | None = None,
    due_on: date | None = None,
) -> Case:
    """Carry out ``verb``; ``by`` None is the system. Returns the case as it stands afterwards, locked until commit.

    ``seen`` is the ``version`` the caller looked at: a case that has moved since is left alone. The same verb by the
    same person twice answers with the stage reached. ``reason`` are words that she reads, ``note`` words for
    colleagues, ``due_on`` overrides the day that the step's working days would give (the last day of a notice, the
    deadline of an objection). Locks: the tree (shared) → case → what the service locks.

    Raises ``ChangedMeanwhile``, ``NotPossibleNow``, ``NotAtThisStep``, ``PermissionDenied``, ``ReasonMissing``,
    ``NotComplete``, ``Obstructed``, ``OpenObjection``, ``NoticeStanding``, ``AppealTooLate``, ``AppealedAlready``.
    """
    return carry_out(
        case, verb, by=by, now=now, seen=seen, reason=reason, note=note, details=details or {}, due_on=due_on
    )


@transaction.atomic
def carry_out(
    case: Case,
    verb: str,
    *,
    by,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    note: str = "",
    details: dict | None = None,
    due_on: date | None = None,
    alongside: Callable[[Case], dict] | None = None,
) -> Case:
    """``move`` with something more in the same breath: ``alongside`` is called with the locked case once all checks
    have passed and before anything is written; what it returns goes into the event. It isn't called on a repeat."""
    case = lock_case(case)
    if _was_done(case, verb, by=by, seen=seen):
        return case
    edge = _check(case, verb, by=by, now=now, seen=seen, reason=reason)
    extra = alongside(case) if alongside else {}
    came_from, position = case.stage, case.position
    days = queries.calendar()
    placed = _place(case, edge, now=now, days=days, due_on=due_on)
    _stamp(case, edge, now=now, days=days, reason=reason)
    case.version += 1
    case.save()
    represents = edge.actor == workflow.APPLICANT and by is not None and not policies.is_herself(by, case.worker)
    event = record(
        case,
        verb,
        by=by,
        now=now,
        source=came_from,
        target=case.stage,
        position=position,
        for_whom=case.worker.user if represents else None,
        reason=reason.strip(),
        note=note.strip(),
        details={
            **(details or {}),
            **extra,
            **placed.details(),
            **({"represented": True} if represents else {}),
        },
    )
    services[case.service].entered(case, verb=verb, by=by, now=now)
    tell(event, now=now, days=days)
    return case


def _was_done(case: Case, verb: str, *, by, seen: int | None) -> bool:
    """Whether the same person has just done the same: a second click, a retried task, a replayed form."""
    last = _last_move(case)
    if last is None or last.verb != verb or last.by_id != (by.pk if by else None) or last.target != case.stage:
        return False
    if seen is not None:
        return seen == case.version - 1
    return workflow.edge_of(verb, case.stage) is None


def _last_move(case: Case) -> CaseEvent | None:
    return case.events.exclude(target="").order_by("at", "pk").last()


def _check(case: Case, verb: str, *, by, now: datetime, seen: int | None, reason: str) -> workflow.Edge:
    """The edge to go along; raises what stands in the way."""
    if seen is not None and seen != case.version:
        last = _last_move(case)
        raise errors.ChangedMeanwhile(what=Verb(last.verb).label if last and last.verb in Verb.values else "")
    edge = workflow.edge_of(verb, case.stage)
    if edge is None:
        raise errors.NotPossibleNow(verb=Verb(verb).label, stage=case.get_stage_display())
    step = queries.step_of(case)
    if edge.kinds and (step is None or step.kind not in edge.kinds):
        raise errors.NotAtThisStep(verb=Verb(verb).label, step=step.get_kind_display() if step else "")
    policies.may_move(by, case, verb).insist()
    if edge.reason and not reason.strip():
        raise errors.ReasonMissing()
    _check_order(case, verb, now=now)
    service = services[case.service]
    if verb == Verb.SUBMIT and (missing := service.missing(case, now=now)):
        raise errors.NotComplete(missing)
    if findings := service.obstacles(case, verb, by=by, now=now):
        raise errors.Obstructed(findings)
    return edge


def _check_order(case: Case, verb: str, *, now: datetime) -> None:
    """What time and objections forbid, whatever the service says."""
    if verb in _WITHOUT_OPEN_OBJECTION and Objection.objects.own(line__case=case, state="open").exists():
        raise errors.OpenObjection()
    if verb == Verb.END_NOTICE:
        last = _notice_ends(case)
        if last is None or localdate(now) <= last:
            raise errors.NoticeStanding(until=last or "")
    if verb == Verb.APPEAL:
        last = queries.appeal_until(case)
        if last is not None and localdate(now) > last:
            raise errors.AppealTooLate(days=case.route.appeal_days, until=last)
        if _upheld_since_refused(case):
            raise errors.AppealedAlready()


def _notice_ends(case: Case) -> date | None:
    """The last day of its notice; None when every notice it stood on was taken down."""
    lines = NoticeLine.objects.filter(case=case).values_list("notice__state", "notice__ends_on")
    if not lines:
        return case.due_on
    return max((ends for state, ends in lines if state != "taken_down"), default=None)


def _upheld_since_refused(case: Case) -> bool:
    decisions = case.events.filter(verb__in=(Verb.REFUSE, Verb.UPHOLD)).order_by("at", "pk")
    last = decisions.last()
    return last is not None and last.verb == Verb.UPHOLD


def _place(case: Case, edge: workflow.Edge, *, now: datetime, days: Calendar, due_on: date | None) -> Placed:
    """Bring the case to the edge's stage and to the step and desk that belong to it."""
    case.stage = edge.target
    steps = list(case.route.steps.all())
    if edge.verb == Verb.APPEAL or (edge.verb == Verb.REOPEN and edge.source == Stage.APPEALED):
        return put_before_another(case, now=now, days=days)
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
    fresh = due_on or (_notice_ends(case) if edge.verb == Verb.SETTLE_OBJECTION else None)
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
