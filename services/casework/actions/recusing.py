"""Keeping away (回避): whoever is related to an applicant says so, and takes no step of her applications any more."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.casework import notifications, policies
from services.casework.actions.locking import lock_cases
from services.casework.actions.stepping import keep_away
from services.casework.actions.telling import record, tell_staff
from services.casework.enums import CASE_HANDLERS, OPEN, WAITING_ON_STAFF, Handling, Stage
from services.casework.models import Case, Recusal
from services.casework.queries.people import deputies_of


@transaction.atomic
def recuse(case: Case, *, tie: str, by, now: datetime, note: str = "") -> Recusal:
    """``by`` declares that she keeps away from whatever this woman applies for; ``note`` is for colleagues.

    Every open case of the woman within her reach leaves her hands: for her deputy of the day, or else for whoever takes
    it at its desk. Where nobody else holds a post there, it goes to the nearest organisation above where somebody does;
    its day stays. Each gets a line in the timeline that staff read. Declaring twice changes nothing. Locks the cases by
    ascending key. Raises ``PermissionDenied``.
    """
    policies.may_recuse(by, case).insist()
    theirs = Case.objects.visible_to(by, roles=CASE_HANDLERS).filter(worker=case.worker_id, stage__in=OPEN)
    locked = lock_cases([*theirs.exclude(stage=Stage.DRAFT).only("pk"), case])
    recusal, made = Recusal.objects.get_or_create(
        user=by, worker=case.worker, defaults={"tie": tie, "case": case, "declared_at": now}
    )
    if made:
        for one in locked:
            _let_go(one, tie=tie, by=by, now=now, note=note)
    return recusal


def _let_go(case: Case, *, tie: str, by, now: datetime, note: str) -> None:
    hers = case.handler_id == by.pk
    if hers:
        case.handler = _deputy(case, of=by, now=now)
    placed = keep_away(case, now=now) if case.handler is None and case.stage in WAITING_ON_STAFF else None
    case.save(update_fields=["handler", "desk", "desk_path"])
    event = record(
        case,
        Handling.RECUSED,
        by=by,
        now=now,
        position=case.position,
        note=note.strip(),
        details={
            "tie": str(tie),
            **({"from": by.pk, "to": case.handler_id} if hers else {}),
            **(placed.details() if placed else {}),
        },
    )
    if hers and case.handler_id:
        tell_staff(event, notifications.HANDED_OVER, case.handler)


def _deputy(case: Case, *, of, now: datetime):
    """Whoever stands in for her today and may have the case; None: it is left to the desk."""
    return next((user for user in deputies_of(of, on=localdate(now)) if policies.may_take_over(user, case)), None)
