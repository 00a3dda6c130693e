"""Shares that several rosters of one period gave her (§1.4, where shares add up): each part has days of its own.

A cover that came from one roster has no parts; its days and shares say all of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.foundation.plain_values import AsJson


@dataclass(frozen=True, slots=True)
class Part(AsJson):
    """So many shares from the first day to the last, both included; ``batch`` is the key of the roster."""

    DATES = frozenset({"first", "last"})

    first: date
    last: date
    shares: int
    renewal: bool = False
    batch: int | None = None


def read(data: Iterable[dict]) -> tuple[Part, ...]:
    return tuple(Part.from_json(one) for one in data)


def most_at_once(parts: Sequence[Part]) -> int:
    """The most shares that she holds on any one day: on the first day of one of them."""
    return max((sum(one.shares for one in on(parts, part.first)) for part in parts), default=0)


def on(parts: Iterable[Part], day: date) -> list[Part]:
    """Those that hold on a day: unbroken renewals first, then the older ones, for they wait the least."""
    held = [one for one in parts if one.first <= day <= one.last]
    return sorted(held, key=lambda one: (not one.renewal, one.first))


def fitted(parts: Sequence[Part], first: date, last: date) -> tuple[Part, ...]:
    """The parts of a cover whose days were changed: cut to them, the outermost drawn out to them."""
    cut = [
        Part(max(one.first, first), min(one.last, last), one.shares, one.renewal, one.batch)
        for one in sorted(parts, key=lambda one: (one.first, one.last))
        if one.first <= last and one.last >= first
    ]
    if not cut:
        return ()
    opening, closing = min(one.first for one in cut), max(one.last for one in cut)
    return tuple(
        Part(
            first if one.first == opening else one.first,
            last if one.last == closing else one.last,
            one.shares,
            one.renewal,
            one.batch,
        )
        for one in cut
    )
