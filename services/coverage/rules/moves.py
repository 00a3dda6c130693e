"""Who moved within a span of time: the net of a union's changes, not every step on the way. Plain Python."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

GAINED, LOST = "gained", "lost"


@dataclass(frozen=True, slots=True)
class Moved:
    """``last`` is the change that brought it where it stands now."""

    key: Hashable
    way: str
    last: object


def moved(changes: Iterable, *, good: str = "yes") -> list[Moved]:
    """Of changes of one field, oldest first, each with ``organization_id``, ``was`` and ``now``: the unions that
    gained or lost ``good`` between the first and the last; those that came back to where they were are left out."""
    first, last = {}, {}
    for change in changes:
        first.setdefault(change.organization_id, change)
        last[change.organization_id] = change
    found = []
    for key, end in last.items():
        before, after = first[key].was == good, end.now == good
        if before != after:
            found.append(Moved(key, GAINED if after else LOST, end))
    return found
