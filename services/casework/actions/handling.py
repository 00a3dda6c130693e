"""Who has a case in hand: claim, hand over, put back, take over. The case stays in its stage and at its desk.

Each locks the case, asks its policy, writes a line of the timeline, and repeated changes nothing.
"""

from datetime import datetime

from django.db import transaction

from services.casework import errors, notifications, policies
from services.casework.actions.locking import lock_case
from services.casework.actions.telling import record, tell_staff
from services.casework.enums import WAITING_ON_STAFF, Handling
from services.casework.models import Case


@transaction.atomic
def claim(case: Case, *, by, now: datetime) -> Case:
    """Take a case that nobody has in hand. Raises ``PermissionDenied``, ``ClaimedByAnother``, ``NotPossibleNow``."""
    case = _waiting(case, Handling.CLAIM)
    policies.may_handle(by, case).insist()
    if case.handler_id == by.pk:
        return case
    if case.handler_id is not None:
        raise errors.ClaimedByAnother(who=case.handler.full_name)
    return _give(case, Handling.CLAIM, to=by, by=by, now=now)


@transaction.atomic
def take_over(case: Case, *, by, now: datetime, note: str = "") -> Case:
    """Take a case from a colleague, or from the desk below. Raises ``PermissionDenied``, ``NotPossibleNow``."""
    case = _waiting(case, Handling.TAKE_OVER)
    policies.may_take_over(by, case).insist()
    if case.handler_id == by.pk:
        return case
    return _give(case, Handling.TAKE_OVER, to=by, by=by, now=now, note=note)


@transaction.atomic
def hand_over(case: Case, *, to, by, now: datetime, note: str) -> Case:
    """Give a case to a colleague at its desk or above it; she is told. ``note`` says how it stands, for her.

    Raises ``PermissionDenied``, ``NotPossibleNow``, ``CantReceive``.
    """
    case = _waiting(case, Handling.HAND_OVER)
    policies.may_take_over(by, case).insist()
    receives = policies.may_take_over(to, case)
    if not (receives and to.is_active):
        raise errors.CantReceive(who=to.full_name, why=receives.reason or "")
    if case.handler_id == to.pk:
        return case
    return _give(case, Handling.HAND_OVER, to=to, by=by, now=now, note=note)


@transaction.atomic
def put_back(case: Case, *, by, now: datetime, note: str = "") -> Case:
    """Leave it to the desk again: the handler herself, or whoever may take it over. Raises ``PermissionDenied``."""
    case = lock_case(case)
    if case.handler_id is None:
        return case
    if case.handler_id != by.pk:
        policies.may_take_over(by, case).insist()
    return _give(case, Handling.PUT_BACK, to=None, by=by, now=now, note=note)


def _waiting(case: Case, what: Handling) -> Case:
    case = lock_case(case)
    if case.stage not in WAITING_ON_STAFF:
        raise errors.NotPossibleNow(verb=what.label, stage=case.get_stage_display())
    return case


def _give(case: Case, what: Handling, *, to, by, now: datetime, note: str = "") -> Case:
    came_from, case.handler = case.handler_id, to
    case.save(update_fields=["handler"])
    event = record(
        case,
        what,
        by=by,
        now=now,
        position=case.position,
        note=note.strip(),
        details={"from": came_from, "to": to.pk if to else None},
    )
    if what == Handling.HAND_OVER:
        tell_staff(event, notifications.HANDED_OVER, to)
    return case
