"""Reminding units of returns that haven't come: by the level above, on record; and by the calendar, once each."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import locked, step
from services.coverage.actions.returns.telling import tell_officers
from services.coverage.enums import NOT_HANDED_IN, ReturnVerb
from services.coverage.models import AnnualReturn
from services.coverage.queries.returns import due_within
from services.coverage.return_notifications import DUE, REMINDED
from services.coverage.rules.return_period import REMINDED_BEFORE

_AT_ONCE = 500


@transaction.atomic
def remind(annual_return: AnnualReturn, *, by, now: datetime) -> int:
    """Remind the officers of a unit, at most once a day; gives how many were written to, none where it has no officer.

    Raises ``PermissionDenied``, ``NothingToRemind``, ``RemindedToday``.
    """
    held = locked(annual_return)
    policies.may_remind(by, held).insist()
    if held.state not in NOT_HANDED_IN:
        raise errors.NothingToRemind()
    day = localdate(now)
    if held.steps.filter(verb=ReturnVerb.REMIND, at__date=day).exists():
        raise errors.RemindedToday()
    told = tell_officers([held], REMINDED, about=day.isoformat(), now=now)
    step(held, ReturnVerb.REMIND, by=by, now=now, where=held.reports_to_id, words=str(told))
    return told


def tell_what_is_due(*, now: datetime) -> int:
    """Write to the officers of units whose return is due soon; a second call on the same day writes nothing new."""
    told, today = 0, localdate(now)
    for days in REMINDED_BEFORE:
        batch: list[AnnualReturn] = []
        rows = due_within(days, today=today).select_related("organization", "collection").order_by("pk")
        for one in rows.iterator(chunk_size=_AT_ONCE):
            batch.append(one)
            if len(batch) == _AT_ONCE:
                told += _tell(batch, days, now)
                batch = []
        told += _tell(batch, days, now)
    return told


def _tell(batch: Collection[AnnualReturn], days: int, now: datetime) -> int:
    return tell_officers(batch, DUE, about=f"due-{days}", now=now) if batch else 0
