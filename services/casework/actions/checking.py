"""What stands in the way of moving a case. Shared by ``move`` and ``move_many``; nothing is written here."""

from datetime import datetime

from django.utils.timezone import localdate

from services.casework import errors, policies, queries, workflow
from services.casework.actions.changing import notice_ends
from services.casework.enums import Verb
from services.casework.models import Case
from services.casework.queries.ahead import has_open_objection
from services.casework.queries.timeline import past_of
from services.casework.registry import services

_WITHOUT_OPEN_OBJECTION = frozenset({Verb.END_NOTICE, Verb.SETTLE_OBJECTION, Verb.APPROVE, Verb.REFUSE})


def was_done(case: Case, verb: str, *, by, seen: int | None) -> bool:
    """Whether the same person has just done the same: a second click, a retried task, a replayed form."""
    last = _last_move(case)
    if last is None or last.verb != verb or last.by != (by.pk if by else None) or last.target != case.stage:
        return False
    if seen is not None:
        return seen == case.version - 1
    return workflow.edge_of(verb, case.stage) is None


def _last_move(case: Case):
    """The latest line of its timeline that led somewhere; None for a draft."""
    return next((event for event in reversed(past_of(case)) if event.target), None)


def check(case: Case, verb: str, *, by, now: datetime, seen: int | None, reason: str) -> workflow.Edge:
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
    if verb in _WITHOUT_OPEN_OBJECTION and has_open_objection(case):
        raise errors.OpenObjection()
    if verb == Verb.END_NOTICE:
        last = notice_ends(case)
        if last is None or localdate(now) <= last:
            raise errors.NoticeStanding(until=last or "")
    if verb == Verb.APPEAL:
        last = queries.appeal_until(case)
        if last is not None and localdate(now) > last:
            raise errors.AppealTooLate(days=case.route.appeal_days, until=last)
        if _upheld_since_refused(case):
            raise errors.AppealedAlready()


def _upheld_since_refused(case: Case) -> bool:
    decisions = [event.verb for event in past_of(case) if event.verb in (Verb.REFUSE, Verb.UPHOLD)]
    return decisions[-1:] == [Verb.UPHOLD]
