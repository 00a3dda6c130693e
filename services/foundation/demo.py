"""What the demo data of one app hands to the next: the clock, the dice, and who can sign in."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import count
from random import Random

from django.utils.timezone import localdate

SEED = 20260308


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the table that the demo prints. ``secret`` is a password, or empty where a code is sent."""

    door: str
    name: str
    secret: str
    who: str

    def as_json(self) -> dict:
        return asdict(self)


@dataclass
class DemoContext:
    """Passed to every ``<app>.demo.load(context)``, lowest app first.

    ``now`` is aware; ``random`` is seeded, so that two demos are alike; ``made`` holds what an app leaves for
    those above it, under ``"<app>.<thing>"``.
    """

    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))
    made: dict = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)
    _ahead: list = field(default_factory=list)
    _order: count = field(default_factory=count)

    @property
    def today(self) -> date:
        return localdate(self.now)

    def at(self, moment: datetime, happens: Callable[[], None]) -> None:
        """Plan something that happened at a moment of the past; what is still ahead of ``now`` never happens."""
        heappush(self._ahead, (moment, next(self._order), happens))

    def catch_up(self, until: datetime) -> None:
        """Let everything that was planned before ``until`` happen, in the order of time, whoever planned it."""
        while self._ahead and self._ahead[0][0] < min(until, self.now):
            heappop(self._ahead)[2]()

    def staff_can_sign_in(self, username: str, password: str, who: str) -> None:
        """Add a staff member to the printed table; ``who`` is her post in a few words."""
        self.sign_ins.append(SignIn("/admin/", username, password, who))

    def worker_can_sign_in(self, phone: str, who: str) -> None:
        """Add a woman to the printed table: she signs in by phone, the code is shown on the page."""
        self.sign_ins.append(SignIn("/my/", phone, "", who))
