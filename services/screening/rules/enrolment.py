"""Who of a group gets which session, and which allocation pays: a pure plan that takes nothing.

Sources: DOMAIN-services §2.2 (group sign-up of Taocheng and Zhanjiang; the unit roster of Ejin Horo). The order of the
list decides who is served while places are short; the women the terms serve first are put ahead by the caller.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.bookings.rules import Pot
from services.foundation.verdict import Finding
from services.screening.rules.preferred_dates import Preference

NO_DAY, NO_SESSION, NO_POT, NOT_TOGETHER = "no_day", "no_session", "no_pot", "not_together"


@dataclass(frozen=True, slots=True)
class Slot:
    """A session as the plan sees it: local day and half of it, site, and how many places are left."""

    key: int
    starts: datetime
    day: date
    half: str
    site: int
    left: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A woman to be placed: the days on which the rules admit her, her wishes, the pots that may pay, in order."""

    key: int
    admits: Callable[[date], bool]
    pots: tuple[int, ...] = ()
    wishes: tuple[Preference, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """``slot`` and ``pot`` or, without them, ``why``. ``wish`` counts from 0; None when no wish could be kept."""

    slot: int | None = None
    pot: int | None = None
    wish: int | None = None
    why: str = ""


def place(
    candidates: Sequence[Candidate], slots: Sequence[Slot], pots: Sequence[Pot], *, together: bool = False
) -> dict[int, Placement]:
    """One answer for every candidate. ``together`` keeps all on one day at one site, or leaves them out.

    Places of a unit go to the first on the list; sessions then go by wish: all first wishes before any second one, and
    those without a wish come last, each to the session nearest to her first wish, or else to the earliest.
    """
    ordered = sorted(slots, key=lambda slot: (slot.starts, slot.site, slot.key))
    apart = _Plan(candidates, ordered, pots).carry_out()
    if not together or not ordered:
        return apart
    blocks: dict[tuple[date, int], list[Slot]] = {}
    for slot in ordered:
        blocks.setdefault((slot.day, slot.site), []).append(slot)
    best = min((_Plan(candidates, block, pots).carry_out() for block in blocks.values()), key=_cost)
    return {key: found if found.slot is not None else _left_behind(apart[key]) for key, found in best.items()}


def _cost(plan: dict[int, Placement]) -> tuple:
    """Fewest left out, then most wishes kept; of equal days the earliest, which comes first, wins."""
    placed = [found for found in plan.values() if found.slot is not None]
    return (-len(placed), -sum(found.wish is not None for found in placed), sum(found.wish or 0 for found in placed))


def _left_behind(apart: Placement) -> Placement:
    """Who could have gone alone stays behind because the group was to stay together."""
    return Placement(why=NOT_TOGETHER) if apart.slot is not None else apart


class _Plan:
    def __init__(self, candidates: Sequence[Candidate], slots: list[Slot], pots: Sequence[Pot]):
        self.slots = slots
        self.room = {slot.key: slot.left for slot in slots}
        self.funds = {pot.pk: pot.left for pot in pots}
        self.candidates = candidates
        self.found: dict[int, Placement] = {}

    def carry_out(self) -> dict[int, Placement]:
        open_ones = [one for one in self.candidates if self._has_a_day(one)]
        while open_ones:
            paid = self._draw(open_ones)
            if not paid:
                break
            self._seat([one for one in open_ones if one.key in paid], paid)
            open_ones = [one for one in open_ones if one.key not in self.found]
        for one in open_ones:
            self.found[one.key] = Placement(why=NO_POT)
        return {one.key: self.found[one.key] for one in self.candidates}

    def _has_a_day(self, one: Candidate) -> bool:
        if not self.slots:
            self.found[one.key] = Placement(why=NO_SESSION)
        elif not any(one.admits(day) for day in {slot.day for slot in self.slots}):
            self.found[one.key] = Placement(why=NO_DAY)
        return one.key not in self.found

    def _draw(self, open_ones: list[Candidate]) -> dict[int, int]:
        """Which pot pays for whom, in the order of the list; her own union's pot before those above it."""
        paid = {}
        for one in open_ones:
            pot = next((key for key in one.pots if self.funds.get(key, 0) > 0), None)
            if pot is not None:
                self.funds[pot] -= 1
                paid[one.key] = pot
        return paid

    def _seat(self, chosen: list[Candidate], paid: dict[int, int]) -> None:
        """A session for each, wishes first; who finds none gives her place back for the next on the list."""
        for rank in range(max((len(one.wishes) for one in chosen), default=0)):
            for one in chosen:
                if one.key not in self.found and rank < len(one.wishes):
                    wish = one.wishes[rank]
                    self._take(one, paid, [s for s in self.slots if wish.suits(s.day, s.half)], rank)
        for one in sorted(chosen, key=lambda one: not one.wishes):
            if one.key not in self.found:
                self._take(one, paid, self._nearest(one), None)
            if one.key not in self.found:
                self.found[one.key] = Placement(why=NO_SESSION)
                self.funds[paid[one.key]] += 1

    def _take(self, one: Candidate, paid: dict[int, int], slots: list[Slot], rank: int | None) -> None:
        for slot in slots:
            if self.room[slot.key] > 0 and one.admits(slot.day):
                self.room[slot.key] -= 1
                self.found[one.key] = Placement(slot.key, paid[one.key], rank)
                return

    def _nearest(self, one: Candidate) -> list[Slot]:
        day = next((wish.day for wish in one.wishes if wish.day), None)
        return self.slots if day is None else sorted(self.slots, key=lambda slot: abs((slot.day - day).days))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a group: the woman's key, or the findings that say why the line matched nobody.

    ``stated`` is what the line says of her, masked; ``unread`` are wishes nobody could read, as they were written.
    ``last_screened`` or ``never_screened`` is what she told the officer who wrote the line.
    """

    position: int
    worker: int | None = None
    stated: str = ""
    wishes: tuple[Preference, ...] = ()
    unread: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    last_screened: date | None = None
    never_screened: bool = False

    @property
    def says(self) -> bool:
        """Does the line say when she was last screened?"""
        return self.worker is not None and (self.never_screened or self.last_screened is not None)
