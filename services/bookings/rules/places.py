"""Pure rules of places: windows, cut-offs, who pays, how long a hold stands, who is next, what a scan means, and what
follows from places that were booked and missed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from services.foundation.months import add_months
from services.foundation.verdict import Finding, Outcome

# The line on a booking's timeline, and how long after it staff may not remind her again.
REMINDED, REMINDER_PAUSE = "reminded", timedelta(hours=20)
STEP = 4  # characters a level of the tree's materialised path


@dataclass(frozen=True, slots=True)
class Pot:
    """An allocation as the rules see it: whose (tree path), how many places are left in it, and of which pool.

    ``position`` is the pool's in the order of drawing, ``conditions`` are its own. ``withheld``: places that reach
    women only by being assigned to their union, and were not assigned yet.
    """

    pk: int
    path: str
    left: int
    pool: int = 0
    position: int = 0
    conditions: dict = field(default_factory=dict)
    withheld: bool = False


Fulfils = Callable[[dict], bool]


def unconditional(conditions: dict) -> bool:
    """What is known of nobody in particular: pools open to every woman."""
    return not conditions


def hers(pots: Iterable[Pot], fulfils: Fulfils) -> list[Pot]:
    """The pots whose conditions she fulfils; a pool without any is everybody's."""
    return [pot for pot in pots if not pot.conditions or fulfils(pot.conditions)]


def lineage(path: str) -> list[str]:
    """The path itself and the paths of every ancestor, nearest first."""
    return [path[:end] for end in range(len(path), 0, -STEP)]


def payers(unit_path: str, pots: Iterable[Pot], *, remainder_open: bool) -> list[Pot]:
    """The pots a woman of the unit may draw on, in order: pool after pool, and in each her unit's own, then the
    nearest ancestor's.

    Ancestors count only when the offering leaves the remainder open (``remainder_open``). Emptiness isn't judged, and
    neither are conditions: see ``hers``.
    """
    order = {path: place for place, path in enumerate(lineage(unit_path) if remainder_open else [unit_path])}
    reached = (pot for pot in pots if pot.path in order and not pot.withheld)
    return sorted(reached, key=lambda pot: (pot.position, pot.pool, order[pot.path]))


def window(now: datetime, *, is_open: bool, opens_at: datetime | None, closes_at: datetime | None) -> str:
    """``open``, ``not_yet`` or ``closed``. The opening instant is inside, the closing instant outside."""
    if not is_open:
        return "closed"
    if opens_at and now < opens_at:
        return "not_yet"
    if closes_at and now >= closes_at:
        return "closed"
    return "open"


def cutoff(starts_at: datetime, hours: int) -> datetime:
    """The instant from which she can no longer move or cancel online."""
    return starts_at - timedelta(hours=hours)


def changeable(now: datetime, *, starts_at: datetime, hours: int) -> bool:
    return now < cutoff(starts_at, hours)


def hold_until(now: datetime, *, minutes: int, starts_at: datetime) -> datetime:
    """A hold never outlives the beginning of its session."""
    return min(now + timedelta(minutes=minutes), starts_at)


def offer_until(now: datetime, *, hours: int, starts_at: datetime) -> datetime:
    return min(now + timedelta(hours=hours), starts_at)


def until_start(held_until: datetime | None, *, starts_at: datetime) -> datetime | None:
    """A deadline that was set for another time of the session, or for another session: it ends when this one begins."""
    return held_until and min(held_until, starts_at)


def lapsed(now: datetime, held_until: datetime | None) -> bool:
    """The instant itself is too late."""
    return held_until is not None and now >= held_until


def waiting_order(entry) -> tuple:
    """Sort key of the waiting list: higher priority, then earlier, then the smaller key."""
    return order_key(entry.priority, entry.created_at, entry.pk)


def scan_outcome(
    state: str,
    *,
    booked_venue: int,
    venue: int,
    session_day: date,
    today: date,
    attended: str,
    expected: str,
    last_day: date | None = None,
) -> str:
    """What a scan at ``venue`` on ``today`` means for a booking in ``state``.

    ``attended`` and ``expected`` are the codes of a woman who was checked in and of one who is awaited. Of a booking at
    another venue nothing else is said, not even that it has ended. ``last_day``: of a session of several days.
    """
    if booked_venue != venue:
        return "wrong_venue"
    if state not in (attended, expected):
        return "not_live"
    if state == attended:
        return "already"
    return "checked_in" if session_day <= today <= (last_day or session_day) else "wrong_day"


def proportional(total: int, weights: Sequence[int]) -> list[int]:
    """Shares of ``total`` places in proportion to ``weights``, by largest remainder; they sum to ``total`` exactly.

    Of equal remainders the earlier comes first, so that the same input gives the same shares. Without any weight
    above zero nothing is shared out: all are 0. Raises ``ValueError`` on a negative number.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("shares of negative numbers")
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


class ConductTerms(Protocol):
    """What an offering says about missed places; an offering itself will do. Hours, months and days are whole."""

    late_cancel_hours: int | None
    consequence: str
    missed_limit: int
    missed_months: int
    pause_days: int
    conduct_source: str


DESIGN = "DESIGN"  # the source of a rule that no document of the programme states
NO_CONSEQUENCE, WARNING, BEHIND, PAUSE = "nothing", "warning", "behind", "pause"


def counts_as_late(now: datetime, *, starts_at: datetime, hours: int | None) -> bool:
    """Is a cancellation at ``now`` late? Exactly ``hours`` before is still in time; without a number nothing is late.

    Source: DESIGN. A place given back shortly before the session finds nobody who could still come.
    """
    return hours is not None and now > cutoff(starts_at, hours)


def conduct(missed: Iterable[date], terms: ConductTerms, *, on: date) -> Finding:
    """What missed places mean for a woman who wants to book on a day.

    Passed: nothing follows. Note: she is reminded, or waits behind others. Failed: she can't book by herself before
    ``until``: ``pause_days`` after the last missed place, or earlier when so many have grown older than
    ``missed_months`` that too few are left. The clause comes from the offering, else the source is DESIGN.
    """
    counted = sorted(day for day in missed if add_months(day, terms.missed_months) > on)
    figures = {
        "count": len(counted),
        "limit": terms.missed_limit,
        "months": terms.missed_months,
        "consequence": terms.consequence,
    }
    reached = terms.consequence != NO_CONSEQUENCE and len(counted) >= max(terms.missed_limit, 1)
    outcome = Outcome.NOTE if reached else Outcome.PASSED
    if reached and terms.consequence == PAUSE:
        until = min(
            counted[-1] + timedelta(days=terms.pause_days),
            add_months(counted[-max(terms.missed_limit, 1)], terms.missed_months),
        )
        outcome = Outcome.FAILED if on < until else Outcome.PASSED
        figures["until"] = until.isoformat()
    return Finding("conduct", outcome, figures, origin="history", source=terms.conduct_source or DESIGN)


def waits_behind(finding: Finding) -> bool:
    """Does her conduct put her behind the others on a waiting list?"""
    return finding.outcome is Outcome.NOTE and finding.figures["consequence"] == BEHIND


def correctable(now: datetime, *, ends_at: datetime, days: int) -> bool:
    """Can “did not come” still be corrected? The instant after the last whole day is too late. Source: DESIGN."""
    return now < ends_at + timedelta(days=days)


def absence_due(*, ends_at: datetime, midnight: datetime, attendance_taken: bool) -> bool:
    """Is who was not checked in marked as absent at night? Only after the day of the session, and only where the site
    took attendance on that day at all: a list that nobody kept proves nothing. Source: DESIGN."""
    return attendance_taken and ends_at <= midnight


def order_key(priority: int, created_at: datetime, pk: int) -> tuple:
    """The place of an entry in the waiting list; ``waiting_order`` of its parts."""
    return (-priority, created_at, pk)
