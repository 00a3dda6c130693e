"""How a service stands right now, as the public pages show it: phase of its sign-up and places left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from services.bookings.enums import OfferingState
from services.bookings.models import Offering
from services.bookings.queries.pools import pools_of
from services.foundation.openings import Opening
from services.overview.queries.openings import openings_of
from services.screening.models import Programme
from services.screening.queries import published_programmes, with_places_left
from services.screening.wording import pool_lines


@dataclass(frozen=True, slots=True)
class PoolState:
    """A part of the places: for whom it is and when it goes back, in sentences, and what is left of it."""

    name: str
    lines: list[str]
    left: int


@dataclass(frozen=True, slots=True)
class ServiceState:
    """``phase`` is ``coming``, ``open``, ``drawn`` (a draw decides), ``full`` or ``closed``.

    ``left`` is the number of the booking pages.

    ``pools`` is filled for one service alone, and only where its places are divided.
    """

    programme_id: int
    title: str
    summary: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    left: int
    waiting_list: bool
    url: str
    pools: tuple[PoolState, ...] = ()

    @property
    def undivided(self) -> int:
        """Places left in all pools: more than ``left`` where not all of them have a time yet."""
        return sum(pool.left for pool in self.pools)


def phase_of(*, opens_at: datetime | None, closes_at: datetime | None, left: int, now: datetime) -> str:
    """Where sign-up stands at ``now``. The window is half-open: at ``closes_at`` it is closed."""
    if opens_at and now < opens_at:
        return "coming"
    if closes_at and now >= closes_at:
        return "closed"
    return "open" if left > 0 else "full"


def _published(now: datetime) -> QuerySet:
    """Every programme women may read about, with the public number of places left, in one query."""
    shown = ("code", "title", "summary", "offering__state", "offering__opens_at", "offering__closes_at")
    programmes = with_places_left(published_programmes(), now=now).select_related(None).select_related("offering")
    return programmes.only(
        *shown, "offering__waiting_list", "offering__mode", "offering__drawn_at", "offering__after_draw"
    )


def _address(code: str) -> str:
    try:
        return reverse("screening:programme", args=[code])
    except NoReverseMatch:
        return ""


def _state(programme: Programme, now: datetime) -> ServiceState:
    offering = programme.offering
    left = programme.places_left
    bookable = 0 if offering.waiting_only else left
    phase = phase_of(opens_at=offering.opens_at, closes_at=offering.closes_at, left=bookable, now=now)
    if offering.draw_ahead and phase in {"open", "full"}:
        phase = "drawn"
    return ServiceState(
        programme_id=programme.pk,
        title=programme.title,
        summary=programme.summary,
        phase="closed" if offering.state == OfferingState.CLOSED else phase,
        opens_at=offering.opens_at,
        closes_at=offering.closes_at,
        left=left,
        waiting_list=offering.waiting_list,
        url=_address(programme.code),
    )


def states_by_programme(*, now: datetime) -> dict[int, ServiceState]:
    """State of every published programme by its key."""
    return {programme.pk: _state(programme, now) for programme in _published(now)}


def open_states(*, now: datetime) -> list[ServiceState]:
    """Those that aren't closed: where a place can be had, then what is full, then what is still to come; of each the
    soonest to close first."""
    states = [state for state in states_by_programme(now=now).values() if state.phase != "closed"]
    rank = {"full": 1, "coming": 2}
    return sorted(states, key=lambda state: (rank.get(state.phase, 0), state.closes_at or now, state.programme_id))


def state_of(programme_id: int | None, *, now: datetime) -> ServiceState | None:
    """State of one programme; ``None`` without a programme or while it is a draft."""
    if programme_id is None:
        return None
    programme = _published(now).filter(pk=programme_id).first()
    return replace(_state(programme, now), pools=_pools(programme.offering)) if programme else None


def offered(service: str | None, *, now: datetime) -> list[Opening]:
    """What a service other than screening offers at present, what can be had first; a query, none without one."""
    return openings_of(service, now=now) if service else []


def first_of_each(services: Iterable[str | None], *, now: datetime) -> dict[str, Opening]:
    """The first of what each of these services offers: whether anything can be had."""
    found = {service: offered(service, now=now) for service in filter(None, services)}
    return {service: openings[0] for service, openings in found.items() if openings}


def _pools(offering: Offering) -> tuple[PoolState, ...]:
    pools = [
        PoolState(str(pool), pool_lines(pool), pool.left) for pool in pools_of(offering) if pool.slots or pool.general
    ]
    return tuple(pools) if len(pools) > 1 else ()
