"""The only writer of a case's stage, step, desk and due date; ``move_many`` is the same for many at once, and a desk
also follows the tree (``follow_tree``)."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from services.casework import queries
from services.casework.actions.changing import change
from services.casework.actions.checking import check, was_done
from services.casework.actions.locking import lock_case
from services.casework.actions.told import tell
from services.casework.models import Case
from services.casework.registry import services


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
    if was_done(case, verb, by=by, seen=seen):
        return case
    edge = check(case, verb, by=by, now=now, seen=seen, reason=reason)
    extra = alongside(case) if alongside else {}
    days = queries.calendar()
    details = {**(details or {}), **extra}
    event = change(case, edge, by=by, now=now, days=days, due_on=due_on, reason=reason, note=note, details=details)
    case.save()
    event.save(force_insert=True)
    services[case.service].entered(case, verb=verb, by=by, now=now)
    tell(event, now=now, days=days)
    return case
