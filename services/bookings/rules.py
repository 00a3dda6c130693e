"""Pure rules of places: windows, cut-offs, who pays, how long a hold stands, who is next, what a scan means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

STEP = 4  # characters a level of the tree's materialised path


@dataclass(frozen=True, slots=True)
class Pot:
    """An allocation as the rules see it: whose (tree path) and how many places are left in it."""

    pk: int
    path: str
    left: int


def lineage(path: str) -> list[str]:
    """The path itself and the paths of every ancestor, nearest first."""
    return [path[:end] for end in range(len(path), 0, -STEP)]


def payers(unit_path: str, pots: Iterable[Pot], *, remainder_open: bool) -> list[Pot]:
    """The pots a woman of the unit may draw on, in order: her unit's own, then the nearest ancestor's.

    Ancestors count only when the offering leaves the remainder open (``remainder_open``). Emptiness isn't judged.
    """
    order = {path: place for place, path in enumerate(lineage(unit_path) if remainder_open else [unit_path])}
    return sorted((pot for pot in pots if pot.path in order), key=lambda pot: order[pot.path])


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


def lapsed(now: datetime, held_until: datetime | None) -> bool:
    """The instant itself is too late."""
    return held_until is not None and now >= held_until


def waiting_order(entry) -> tuple:
    """Sort key of the waiting list: higher priority, then earlier, then the smaller key."""
    return (-entry.priority, entry.created_at, entry.pk)


def scan_outcome(
    state: str, *, booked_venue: int, venue: int, session_day: date, today: date, attended: str, expected: str
) -> str:
    """What a scan at ``venue`` on ``today`` means for a booking in ``state``.

    ``attended`` and ``expected`` are the codes of a woman who was checked in and of one who is awaited.
    """
    if state not in (attended, expected):
        return "not_live"
    if booked_venue != venue:
        return "wrong_venue"
    if state == attended:
        return "already"
    return "checked_in" if session_day == today else "wrong_day"


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
