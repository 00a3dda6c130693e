"""How far a running job is, kept outside the database: its transaction is open and SQLite has one writer."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches

from services.exchange.models import Export, Job
from services.exchange.queries import STALE_AFTER, running_jobs, unfinished_exports

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


def is_silent(work: Job | Export, *, since: datetime) -> bool:
    """Neither its row nor its progress has told of life after ``since``."""
    noted = progress_of(work.token)
    beats = [beat for beat in (work.heartbeat_at, noted.at if noted else None) if beat]
    return not beats or max(beats) <= since


def stuck_work(*, now: datetime) -> dict[str, int]:
    """How many imports and exports wait although the sweep should have taken them up twice by now."""
    since = now - 3 * STALE_AFTER
    waiting = {"imports": running_jobs(), "exports": unfinished_exports()}
    return {kind: sum(is_silent(work, since=since) for work in rows) for kind, rows in waiting.items()}
