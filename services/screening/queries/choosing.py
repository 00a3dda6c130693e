"""What a woman chooses from: published programmes, sessions by site and day with what is left of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count
from django.utils import timezone

from services.bookings.enums import WaitingState
from services.bookings.models import Offering, Session, Venue, WaitingEntry
from services.bookings.queries import sessions_ahead


@dataclass(frozen=True, slots=True)
class Choice:
    """One session: ``left`` is what she can take (never more than her union can draw), ``waiting`` who waits for it.

    ``barred`` says that the rules don't admit her on that day.
    """

    session: Session
    left: int
    waiting: int
    barred: bool = False


def days_ahead(offering: Offering, *, now: datetime) -> list[date]:
    """The local days on which sessions lie ahead, in order. One query."""
    return sorted(
        {timezone.localdate(starts) for starts in sessions_ahead(offering, now).values_list("starts_at", flat=True)}
    )


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Site:
    """A venue with its days; ``left`` counts what can be taken at it."""

    venue: Venue
    days: list[Day]

    @property
    def left(self) -> int:
        return sum(choice.left for day in self.days for choice in day.choices)


def sites_to_choose(
    offering: Offering,
    drawable: int | None,
    *,
    now: datetime,
    admits: Callable[[date], bool] = lambda day: True,
) -> list[Site]:
    """Sessions ahead, full ones too, by site and local day. Two queries.

    What is left is bounded by ``drawable``, what she can draw; ``None`` shows the sessions as they are.
    ``admits`` says for a day whether the rules let her take part on it.
    """
    waiting = waiting_by_session(offering)
    anyone = waiting.get(None, 0)
    sessions = sorted(sessions_ahead(offering, now), key=lambda s: (s.venue.name, s.venue_id, s.starts_at, s.pk))
    sites = []
    for _key, of_venue in groupby(sessions, key=lambda s: s.venue_id):
        held = list(of_venue)
        days = [
            Day(
                day,
                [
                    Choice(
                        session=session,
                        left=session.left if drawable is None else min(session.left, max(drawable, 0)),
                        waiting=waiting.get(session.pk, 0) + anyone,
                        barred=not admits(day),
                    )
                    for session in of_day
                ],
            )
            for day, of_day in groupby(held, key=lambda s: timezone.localdate(s.starts_at))
        ]
        sites.append(Site(held[0].venue, days))
    return sites


def waiting_by_session(offering: Offering) -> dict[int | None, int]:
    """How many wait, by the session they wait for; ``None`` stands for any session. One query."""
    rows = WaitingEntry.objects.unscoped().filter(offering=offering, state=WaitingState.WAITING)
    return dict(rows.order_by().values_list("session").annotate(Count("pk")))
