"""Reminding units of returns that haven't come: by the level above, on record; and by the calendar, once a stage."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import locked, step
from services.coverage.actions.returns.telling import officers_of, tell_officers
from services.coverage.enums import NOT_HANDED_IN, ReturnVerb
from services.coverage.models import AnnualReturn
from services.coverage.queries.returns import to_be_told, years_due
from services.coverage.return_notifications import DUE, OVERDUE, REMINDED
from services.coverage.rules.reminding import stage as stage_of
from services.coverage.rules.return_period import REMINDED_BEFORE

_AT_ONCE = 500


@transaction.atomic
def remind(annual_return: AnnualReturn, *, by, now: datetime) -> int:
    """Remind the officers of a unit, at most once a day; gives how many were written to.

    Raises ``PermissionDenied``, ``NothingToRemind``, ``RemindedToday``, ``NobodyToRemind`` where it has no officer:
    that goes on no record.
    """
    held = locked(annual_return)
    policies.may_remind(by, held).insist()
    if held.state not in NOT_HANDED_IN:
        raise errors.NothingToRemind()
    day = localdate(now)
    if held.steps.filter(verb=ReturnVerb.REMIND, at__date=day).exists():
        raise errors.RemindedToday()
    if not officers_of([held], on=day):
        raise errors.NobodyToRemind(union=held.organization.name)
    told = tell_officers([held], REMINDED, about=day.isoformat(), now=now)
    step(held, ReturnVerb.REMIND, by=by, now=now, where=held.reports_to_id, words=str(told))
    return told


def tell_what_is_due(*, now: datetime) -> int:
    """Write to the officers of units whose return is due soon or overdue, until the year is locked; each stage once.

    Safe to repeat and to miss: what was left out yesterday is made up for.
    """
    told, today = 0, localdate(now)
    for collection in years_due(today=today, days=max(REMINDED_BEFORE)):
        stage = stage_of((collection.due_on - today).days, REMINDED_BEFORE)
        keys = list(to_be_told(collection, stage).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), _AT_ONCE):
            told += _tell(keys[start : start + _AT_ONCE], stage, now)
    return told


@transaction.atomic
def _tell(keys: list[int], stage: int, now: datetime) -> int:
    held = AnnualReturn.objects.unscoped().select_for_update(of=("self",)).select_related("organization", "collection")
    due = list(held.filter(pk__in=keys, state__in=NOT_HANDED_IN).order_by("pk"))
    AnnualReturn.objects.unscoped().filter(pk__in=[one.pk for one in due]).update(reminded=stage)
    return tell_officers(due, OVERDUE if stage < 0 else DUE, about=f"due-{stage}", now=now) if due else 0
