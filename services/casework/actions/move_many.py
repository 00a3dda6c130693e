"""The writer of ``move`` for many cases at once: the same checks, rows, events and messages, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import models, transaction
from django.utils.timezone import localdate

from services.casework import queries
from services.casework.actions.changing import change
from services.casework.actions.checking import check, was_done
from services.casework.actions.locking import lock_cases
from services.casework.actions.told import tell_many
from services.casework.models import Case, CaseEvent
from services.casework.queries.ahead import read_ahead
from services.casework.registry import services
from services.foundation.errors import Refused

# What a verb may change of a case: everything else stays as it was read.
CHANGED = (
    *(
        "stage",
        "position",
        "desk_id",
        "desk_path",
        "handler_id",
        "due_on",
        "version",
        "stage_since",
        "reason",
        "rounds",
    ),
    *("submitted_at", "decided_at", "closed_at", "contacted_at", "contact_took", "decision_took"),
)
_AT_ONCE = 500


def move_many(
    cases: Iterable[Case],
    verb: str,
    *,
    by,
    now: datetime,
    reason: str = "",
    note: str = "",
    details: dict | None = None,
    due_on: date | None = None,
) -> list[Case]:
    """``move`` of each of them, all or none; returns them as they stand, by ascending key, locked until commit.

    Every case is judged before the first is changed; the first that is refused, by key, raises what ``move`` would
    raise for it. The number of queries grows with every 500 cases, not with each. Locks: the tree (shared) → the
    cases by ascending key → what the service locks.
    """
    moved, _refused = _carry_out(
        cases, verb, by=by, now=now, reason=reason, note=note, details=details or {}, due_on=due_on, all_or_none=True
    )
    return moved


def move_those_that_can(
    cases: Iterable[Case], verb: str, *, by, now: datetime
) -> tuple[list[Case], list[tuple[Case, Refused]]]:
    """The same, but a case that is refused stays where it is: those that were moved, and those that weren't with what
    refused them."""
    return _carry_out(cases, verb, by=by, now=now, reason="", note="", details={}, due_on=None, all_or_none=False)


@transaction.atomic
def _carry_out(cases, verb: str, *, by, now: datetime, reason: str, all_or_none: bool, **said):
    locked = lock_cases(cases)
    read_ahead(locked, by=by, on=localdate(now))
    going, refused = [], []
    for case in locked:
        try:
            if not was_done(case, verb, by=by, seen=None):
                going.append((case, check(case, verb, by=by, now=now, seen=None, reason=reason)))
        except Refused as refusal:
            if all_or_none:
                raise
            refused.append((case, refusal))
    days = queries.calendar()
    before = {case.pk: _values(case) for case, _edge in going}
    events = [change(case, edge, by=by, now=now, days=days, reason=reason, **said) for case, edge in going]
    _store([case for case, _edge in going], before)
    CaseEvent.objects.bulk_create(events, batch_size=_AT_ONCE)
    for case in locked:
        case.ahead = None
    by_service = defaultdict(list)
    for case, _edge in going:
        by_service[case.service].append(case)
    for service, theirs in by_service.items():
        services[service].entered_many(theirs, verb=verb, by=by, now=now)
    tell_many(events, now=now, days=days)
    left = {case.pk for case, _refusal in refused}
    return [case for case in locked if case.pk not in left], refused


def _values(case: Case) -> tuple:
    return tuple(getattr(case, name) for name in CHANGED)


def _store(cases: Sequence[Case], before: dict[int, tuple]) -> None:
    """Write what has changed of them; a column in which they all agree is named once."""
    for start in range(0, len(cases), _AT_ONCE):
        batch = cases[start : start + _AT_ONCE]
        after = {case.pk: _values(case) for case in batch}
        changes = {
            name: _written(name, {key: values[place] for key, values in after.items()})
            for place, name in enumerate(CHANGED)
            if any(values[place] != before[key][place] for key, values in after.items())
        }
        Case.objects.unscoped().filter(pk__in=after).update(**changes)


def _written(name: str, values: dict[int, object]):
    """The value of all, or a choice by key."""
    theirs = defaultdict(list)
    for key, value in values.items():
        theirs[value].append(key)
    if len(theirs) == 1:
        return next(iter(theirs))
    field = Case._meta.get_field(name.removesuffix("_id"))
    column = field.target_field if field.is_relation else field
    whens = [models.When(pk__in=keys, then=models.Value(value, output_field=column)) for value, keys in theirs.items()]
    return models.Case(*whens, output_field=column)
