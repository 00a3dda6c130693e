"""What is published, as the pages tell it: outreach itself knows no page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Publication:
    """One page. ``link`` is a path of this site, empty while it has none; ``topics`` are their words in addresses."""

    key: int
    title: str
    link: str
    live: bool
    organization: int | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A page for one woman: ``topic`` is the one of hers that it is about, ``organization`` the name of who published
    it; either may be empty, not both."""

    title: str
    url: str
    shown_on: date | None
    topic: str = ""
    organization: str = ""


class Library(Protocol):
    def publication(self, key: int) -> Publication | None:
        """A page that may be announced, or None."""

    def topics(self) -> dict[str, str]:
        """Topics by their word in addresses, named in the reader's language."""

    def readings(
        self, *, topics: Sequence[str], organizations: Sequence[str], since: date, limit: int
    ) -> list[Reading]:
        """Live public pages about one of the topics or published by one of the organisations (tree paths), the newest
        first."""


class _Empty:
    """Until somebody tells what there is."""

    def publication(self, key):
        return None

    def topics(self):
        return {}

    def readings(self, *, topics, organizations, since, limit):
        return []


class _Shelf:
    def __init__(self):
        self.library: Library = _Empty()

    def employ(self, library: Library) -> None:
        self.library = library


shelf = _Shelf()


class _Sender:
    """Called with the key of an announcement once the transaction that wants it sent has ended."""

    def __init__(self):
        self._send: Callable[[int], object] = lambda key: None

    def employ(self, send: Callable[[int], object]) -> None:
        self._send = send

    def __call__(self, key: int) -> None:
        self._send(key)


sender = _Sender()
