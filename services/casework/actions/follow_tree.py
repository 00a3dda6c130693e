"""Cases follow the tree: their paths when a branch moves, their desks when an organisation moves away or closes.

Registered with the organisations app and called in its transactions, which hold the tree alone: no case moves
meanwhile. Stage, step and due date stay as they are.
"""

from collections.abc import Iterable

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from services.casework import queries
from services.casework.actions import complaints
from services.casework.actions.telling import record
from services.casework.enums import OPEN, Handling
from services.casework.models import Case
from services.casework.rules import desks
from services.foundation import clock
from services.foundation.scope import unscoped

_BATCH = 500


def follow(organization, *, was: str, by) -> None:
    """``organization`` has moved (``was`` is its tree path before), or has closed where it stands."""
    with unscoped():
        if organization.path != was:
            _rewrite("path", was, organization.path)
            _rewrite("desk_path", was, organization.path)
            moved = _at_a_desk().filter(path__startswith=organization.path)
            _reroute(moved.exclude(desk_path__startswith=organization.path), by=by)
        if organization.closed_on:
            _reroute(_at_a_desk().filter(desk=organization), by=by)
            complaints.follow_closed(organization)


def _rewrite(field: str, was: str, path: str) -> None:
    rows = Case.objects.filter(**{f"{field}__startswith": was})
    rows.update(**{field: Concat(Value(path), Substr(F(field), len(was) + 1))})


def _at_a_desk() -> QuerySet[Case]:
    return Case.objects.filter(stage__in=OPEN, desk__isnull=False)


def _reroute(cases: QuerySet[Case], *, by) -> None:
    """Put each before the desk that its step lies at now; nobody has it in hand there yet."""
    now, above = clock.now(), {}
    for case in _locked(cases):
        if case.path not in above:
            above[case.path] = queries.places_above(case.path)
        place, exact = desks.desk_for(queries.step_of(case).level, above[case.path])
        if place.key == case.desk_id:
            continue
        case.desk_id, case.desk_path, case.handler = place.key, place.path, None
        case.save(update_fields=["desk", "desk_path", "handler"])
        instead = {} if exact else {"instead_of": queries.step_of(case).level}
        record(case, Handling.REROUTED, by=by, now=now, position=case.position, details=instead)


def _locked(cases: QuerySet[Case]) -> Iterable[Case]:
    keys = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = Case.objects.filter(pk__in=keys[start : start + _BATCH]).select_for_update(no_key=True, of=("self",))
        yield from batch.select_related("route").prefetch_related("route__steps").order_by("pk")
