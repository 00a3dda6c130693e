"""What tells whether the portal lives: beats of the queues, proofs of the ledgers, and what waits too long.

Beats and proofs lie in the cache that web processes and workers share; one that is lost counts as one not seen.
"""

from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.core.cache import caches

from services.bookings.models import PlacesFault
from services.exchange.actions.progress import stuck_work
from services.figures.models import Mark
from services.messaging.queries import backlog

# A worker of workbooks may be busy with one for as long as a task may take.
QUEUES = {"interactive": timedelta(minutes=5), "bulk": timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 300)}
PROOFS = ("funds", "figures", "draws")
_KEPT = 3 * 24 * 3600


def note_beat(queue: str, *, now: datetime) -> None:
    caches["progress"].set(f"beat:{queue}", now, _KEPT)


def note_proof(name: str, differences: int, *, now: datetime) -> None:
    caches["progress"].set(f"proof:{name}", (differences, now), _KEPT)


def age_of_beat(queue: str, *, now: datetime) -> timedelta | None:
    noted = caches["progress"].get(f"beat:{queue}")
    return now - noted if noted else None


def proof_of(name: str) -> tuple[int, datetime] | None:
    return caches["progress"].get(f"proof:{name}")


def waiting_in(queue: str) -> int:
    """Messages of a queue that no worker has taken. Raises what the broker's client raises when it can't be reached."""
    with current_app.connection_for_read() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        return connection.default_channel._size(queue)


def numbers(now: datetime) -> dict[str, dict[str, float]]:
    """Every number that is read when somebody asks for it: by name, and within it by its one label."""
    outbox, stuck = backlog(now=now), stuck_work(now=now)
    ages = {queue: age_of_beat(queue, now=now) for queue in QUEUES}
    proofs = {name: proof for name in PROOFS if (proof := proof_of(name))}
    return {
        "outbox_messages": {"due": outbox.due, "failed": outbox.failed, "given_up": outbox.given_up},
        "outbox_oldest_seconds": {"late": outbox.late.total_seconds(), "age": outbox.age.total_seconds()},
        "jobs_stuck": stuck,
        "queue_beat_age_seconds": {queue: age.total_seconds() for queue, age in ages.items() if age is not None},
        "ledger_differences": {
            "places": PlacesFault.objects.count(),
            **{name: count for name, (count, _at) in proofs.items()},
        },
        "ledger_checked_seconds": {name: (now - at).total_seconds() for name, (_count, at) in proofs.items()},
        "figures_unfolded": {"marks": Mark.objects.count()},
    }
