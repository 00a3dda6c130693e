"""How far a running job is, kept outside the database: its transaction is open and SQLite has one writer."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches

_KEPT = 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """``percent`` is of the file read; ``at`` is the heartbeat."""

    percent: int
    rows: int
    refused: int
    at: datetime


def _key(token: str) -> str:
    return f"exchange:progress:{token}"


def note_progress(token: str, *, percent: int, rows: int, refused: int, now: datetime) -> None:
    caches["progress"].set(_key(token), (percent, rows, refused, now.isoformat()), _KEPT)


def progress_of(token: str) -> Progress | None:
    """What was noted last, or None."""
    noted = caches["progress"].get(_key(token))
    if noted is None:
        return None
    percent, rows, refused, at = noted
    return Progress(percent, rows, refused, datetime.fromisoformat(at))


def forget_progress(token: str) -> None:
    caches["progress"].delete(_key(token))
