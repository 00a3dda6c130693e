"""What stands in the way of moving a case. Shared by ``move`` and ``move_many``; nothing is written here."""

from datetime import datetime

from django.utils.timezone import localdate

from services.casework import errors, policies, queries, wording, workflow
from services.casework.actions.changing import notice_ends
from services.casework.enums import Verb
from services.casework.models import Case
from services.casework.queries.ahead import has_open_objection
from services.casework.queries.timeline import move_from, moves_of, past_of
from services.casework.registry import services

_WITHOUT_OPEN_OBJECTION = frozenset({Verb.END_NOTICE, Verb.SETTLE_OBJECTION, Verb.APPROVE, Verb.REFUSE})


def done_before(case: Case, verb: str, *, by, seen: int | None):
    """The line of the timeline with which the very same was done: a second click, a retried task, a replayed form.

    With ``seen`` it is what was done to the case as the caller saw it, whatever happened since. Without, it is the last
    thing that a person did (for the system: the last at all), when that can't be done any more. None: it wasn't done.
    """
    if seen is not None:
        done = move_from(case, seen)
    else:
        possible = workflow.edge_of(verb, case.stage) is not None
        moves = [] if possible else [event for event in moves_of(case) if by is None or event.by is not None]
        done = moves[-1] if moves else None
    return done if done is not None and done.verb == verb else None


def was_done(case: Case, verb: str, *, by, seen: int | None) -> bool:
    """Whether the same person has done the same: the answer is the stage reached. Says so with ``case.repeats``."""
    done = done_before(case, verb, by=by, seen=seen)
    if done is None or done.by != (by.pk if by else None):
        return False
    case.repeats = done.at
    return True


def check(case: Case, verb: str, *, by, now: datetime, seen: int | None, reason: str) -> workflow.Edge:
    """The edge to go along; raises what stands in the way."""
    _check_nobody_was_quicker(case, verb, by=by, seen=seen)
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


def _check_nobody_was_quicker(case: Case, verb: str, *, by, seen: int | None) -> None:
    """By the same verb: then it is done. By another one: then what she decided about isn't there any more."""
    done = done_before(case, verb, by=by, seen=seen) if by is not None else None
    if done is not None and policies.may_see(by, case):
        raise errors.DoneBefore(**wording.done(done, case))
    if seen is not None and seen != case.version:
        last = moves_of(case)[-1:]
        raise errors.ChangedMeanwhile(what=Verb(last[0].verb).label if last else "")


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
