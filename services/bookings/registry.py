"""What apps that let something be booked may hang on: who is admitted, and what follows from attendance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from services.foundation.registry import Registry


class BookingWatcher:
    """Base of a watcher: every method runs inside the transaction that changes the booking. All are optional.

    ``related`` names rows (as ``select_related`` does) that its methods read from the offering, to be fetched with it.
    """

    related: tuple[str, ...] = ()

    def admits(self, offering, worker, *, on: date, now: datetime) -> bool:
        """May a waiting woman be given a place on that day? False passes her over without moving her from the list."""
        return True

    def admitted_days(self, offering, worker, *, days: frozenset[date], now: datetime) -> frozenset[date]:
        """Those of the days on which she may be given a place, for a draw that has many days to choose from."""
        return frozenset(day for day in days if self.admits(offering, worker, on=day, now=now))

    def draws(self, offering, worker, *, on: date, now: datetime) -> Callable[[dict], bool] | None:
        """Which conditions of pools she fulfils on that day; None when the offering isn't this watcher's.

        Asked only where a pool with conditions has places, and only outside the paths that know her facts already.
        """
        return None

    def promoted(self, booking, *, now: datetime) -> None:
        """A waiting woman was given a place."""

    def attended(self, booking, *, now: datetime) -> None:
        """She was checked in."""

    def released(self, booking, *, now: datetime) -> None:
        """Her place was given back: cancelled, lapsed or not come."""

    def link(self, booking) -> str:
        """Path of the page on which she sees the booking; empty when this watcher doesn't know it."""
        return ""

    def draw_link(self, offering) -> str:
        """Path of the page on which a woman sees her part in the offering's draw; empty when not this watcher's."""

    def waiting_link(self, entry) -> str:
        """Path of the page on which she sees her place on the waiting list; empty when this watcher doesn't know it."""
        return ""


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A page of an upper app for the staff of the sites, offered below today's sessions."""

    url: str
    title: str
    line: str


site_links: Registry[SiteLink] = Registry("pages for site staff")
watchers: Registry[BookingWatcher] = Registry("booking watchers")
