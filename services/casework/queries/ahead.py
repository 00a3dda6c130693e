"""What the checks of a case read, fetched for many cases at once.

Whoever judges many cases calls ``read_ahead``; from then on the reads below answer from what was fetched, as long as
``case.ahead`` is set. Without it each of them is one query. Both answer alike: the checks don't know the difference.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.casework.enums import ObjectionState
from services.casework.models import Case, CaseEvent, NoticeLine, Objection
from services.casework.queries.desks import holders_at, places_above, places_above_many
from services.casework.queries.objections import objected_among
from services.casework.queries.parties import read_parties
from services.casework.queries.people import absent_for
from services.casework.queries.timeline import EVENT
from services.casework.rules.desks import Place


@dataclass(frozen=True, slots=True)
class Ahead:
    """``past``: its timeline, as it was written. ``notices``: state and last day of each it stood on. ``absent``: whose
    deputy the person is who moves it. ``holders``: who handles cases at a place, by its key."""

    past: list
    objected: bool
    notices: list[tuple[str, date]]
    above: list[Place]
    absent: list[int]
    # Filled as places are asked about, for all of the cases together.
    holders: dict[int, frozenset[int]]


def read_ahead(cases: Sequence[Case], *, by, on: date) -> None:
    """Fetch for all of them what the checks would ask for each. Four queries, one for whoever moves them, and those of
    ``read_parties``."""
    keys = [case.pk for case in cases]
    past, notices = defaultdict(list), defaultdict(list)
    for event in (
        CaseEvent.objects.filter(case__in=keys).order_by("pk").values_list("case", *EVENT, named=True).iterator()
    ):
        past[event.case].append(event)
    for key, *notice in NoticeLine.objects.filter(case__in=keys).values_list(
        "case", "notice__state", "notice__ends_on"
    ):
        notices[key].append(tuple(notice))
    objected = objected_among(keys)
    above = places_above_many({case.path for case in cases})
    absent = absent_for(by, on=on) if by else []
    read_parties(cases)
    holders: dict[int, frozenset[int]] = {}
    for case in cases:
        case.ahead = Ahead(past[case.pk], case.pk in objected, notices[case.pk], above[case.path], absent, holders)


def has_open_objection(case: Case) -> bool:
    if case.ahead is not None:
        return case.ahead.objected
    return Objection.objects.own(line__case=case, state=ObjectionState.OPEN).exists()


def notice_states(case: Case) -> list[tuple[str, date]]:
    """State and last day of every notice it stood on."""
    if case.ahead is not None:
        return case.ahead.notices
    return list(NoticeLine.objects.filter(case=case).values_list("notice__state", "notice__ends_on"))


def places_of(case: Case) -> list[Place]:
    """Her union and everything above it, the nearest first."""
    return case.ahead.above if case.ahead is not None else places_above(case.path)


def holders_of(case: Case, place: Place, *, on: date) -> frozenset[int]:
    """Keys of those who handle cases at this very place."""
    if case.ahead is None:
        return holders_at(place, on=on)
    if place.key not in case.ahead.holders:
        case.ahead.holders[place.key] = holders_at(place, on=on)
    return case.ahead.holders[place.key]


def deputy_for(case: Case, user, *, on: date) -> list[int]:
    """The keys of those whose deputy ``user`` is."""
    return case.ahead.absent if case.ahead is not None else absent_for(user, on=on)
