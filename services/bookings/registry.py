"""What apps that let something be booked may hang on: who is admitted, and what follows from attendance."""

from datetime import date, datetime

from services.foundation.registry import Registry


class BookingWatcher:
    """Base of a watcher: every method runs inside the transaction that changes the booking. All are optional.

    ``related`` names rows (as ``select_related`` does) that its methods read from a booking, to be fetched with it.
    """

    related: tuple[str, ...] = ()

    def admits(self, offering, worker, *, on: date, now: datetime) -> bool:
        """May a waiting woman be given a place on that day? False passes her over without moving her from the list."""
        return True

    def promoted(self, booking, *, now: datetime) -> None:
        """A waiting woman was given a place."""

    def attended(self, booking, *, now: datetime) -> None:
        """She was checked in."""

    def released(self, booking, *, now: datetime) -> None:
        """Her place was given back: cancelled, lapsed or not come."""

    def link(self, booking) -> str:
        """Path of the page on which she sees the booking; empty when this watcher doesn't know it."""
        return ""


watchers: Registry[BookingWatcher] = Registry("booking watchers")
