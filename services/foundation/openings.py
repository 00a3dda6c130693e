"""What women can get, as services tell it to whoever lists or searches them: open or not, and where to go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """``drawn``: a draw decides. ``open`` without a day: it can be asked for at any time."""

    OPEN = "open"
    DRAWN = "drawn"
    FULL = "full"
    COMING = "coming"
    CLOSED = "closed"


# What she can act on stands first.
RANKS = {Phase.OPEN: 0, Phase.DRAWN: 0, Phase.FULL: 1, Phase.COMING: 2, Phase.CLOSED: 3}


@dataclass(frozen=True, slots=True)
class Opening:
    """``key`` is unique among all services. ``left`` places, where they are counted; ``opens_at`` while it is coming,
    ``closes_at`` while it is open. ``kind``: what it is called where it is no service. Nothing here is about a
    person."""

    key: str
    title: str
    summary: str
    url: str
    phase: Phase
    left: int | None = None
    waiting_list: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something for one woman, with the reason in a sentence. It enrols her in nothing."""

    key: str
    title: str
    url: str
    why: str
    closes_at: datetime | None = None
