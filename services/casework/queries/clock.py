"""The promise as it stands for one case, from its events."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from services.casework import workflow
from services.casework.enums import Stage
from services.casework.models import Case
from services.casework.queries.calendar import calendar
from services.casework.queries.timeline import past_of
from services.casework.rules import promise
from services.casework.rules.days import Calendar


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised at submission, and how it stands. Days are working days without pauses.

    ``contact_due`` and ``decision_due`` are None while the clock stands still or once it was kept; the ``…_took``
    are None until then. ``provisional``: a year is involved whose holidays aren't arranged yet.
    """

    contact_days: int
    decision_days: int
    counted: int
    paused: bool
    contact_due: date | None
    decision_due: date | None
    contact_took: int | None
    decision_took: int | None
    provisional: bool


def changes_of(case: Case) -> list[promise.Change]:
    """When the clock began, stopped and went on; empty for a case that was never submitted. One query, none
    when read ahead."""
    if case.submitted_at is None:
        return []
    found = [promise.Change(localdate(case.submitted_at), True)]
    for event in past_of(case):
        if not event.target or event.at < case.submitted_at:
            continue
        runs = event.target not in workflow.PAUSED
        if runs != found[-1].runs:
            found.append(promise.Change(localdate(event.at), runs))
    return found


def took(case: Case, *, now: datetime, days: Calendar) -> int:
    """Working days from submission to ``now`` without pauses."""
    return promise.counted(changes_of(case), localdate(now), days)


def promise_of(case: Case, *, now: datetime, days: Calendar | None = None) -> Promise | None:
    """How the promise stands; None before submission. Two queries, one when ``days`` is given."""
    changes = changes_of(case)
    if not changes:
        return None
    days, today = days or calendar(), localdate(now)
    answered, decided = case.contact_took is not None, case.decision_took is not None
    contact = None if answered else promise.due_on(changes, case.route.contact_days, days)
    decision = None if decided else promise.due_on(changes, case.route.decision_days, days)
    return Promise(
        contact_days=case.route.contact_days,
        decision_days=case.route.decision_days,
        counted=promise.counted(changes, today, days),
        paused=not changes[-1].runs,
        contact_due=contact,
        decision_due=decision,
        contact_took=case.contact_took,
        decision_took=case.decision_took,
        provisional=days.is_provisional(changes[0].on, max(decision or today, today)),
    )


def appeal_until(case: Case) -> date | None:
    """The last day on which a refusal may be appealed (days of the calendar); None when it wasn't refused."""
    if case.stage != Stage.REFUSED or case.decided_at is None:
        return None
    return localdate(case.decided_at) + timedelta(days=case.route.appeal_days)
