"""What upper apps tell the records: what follows when a woman leaves her unit, and what goes over when two records of
one woman become one."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from services.foundation.registry import Registry

departures: Registry[Callable[..., object]] = Registry("departures")
"""Each is called as ``act(worker, by=…, now=…)`` in the transaction that marks her as left."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that name a record in their column ``worker``. ``of(keys)`` gives those of these records, in no scope."""

    label: str
    of: Callable[[Collection[int]], QuerySet]

    @property
    def column(self) -> str:
        return f"{self.of(()).model._meta.label}.worker"

    def count(self, worker) -> int:
        return self.of([worker.pk]).order_by().count()


def _nothing_in_the_way(worker: Any, *, into: Any) -> list[str]:
    return []


def _nothing_to_settle(worker: Any, *, into: Any, number: str, by: Any, now: datetime) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Follower:
    """What an app keeps of a woman.

    ``order`` is the place of its locks among all (docs/decisions). ``obstacles(worker, into=…)`` says in words what is
    alive under both records and can't be two things of one woman; it is asked before, and again under the locks.
    ``settle(worker, into=…, number=…, by=…, now=…)`` runs before any row of any app goes over: history that
    would stand there twice. ``number`` is the identity number that stays, ``worker`` the record that goes.
    """

    order: int
    rows: tuple[Rows, ...]
    obstacles: Callable[..., list[str]] = _nothing_in_the_way
    settle: Callable[..., object] = _nothing_to_settle


record_followers: Registry[Follower] = Registry("what follows a woman's record")


def followers_in_order() -> Iterator[Follower]:
    return iter(sorted(record_followers, key=lambda follower: follower.order))
