"""Two runs, on SQLite and with services, share the tests between them: HALF names which part this run does.

Unset, a run does everything; that is what ``make test`` and ``make test-services`` are by themselves. Two runs with
``HALF=first`` and ``HALF=second`` do every test once between them: each does every second one, so that each database
sees half of every module; races and what needs the servers are the second's as before. Of the four ways of a journey
they walk two, one each (``tests/journeys/conftest.py``). Of the longest rounds, every address by every role and with
odd parameters, each asks a quarter (``a_part``). TURN moves all of it on: ``.ci/run`` gives it the number of commits,
so that what one change proved on SQLite the next proves on PostgreSQL, and two changes ask every address.
"""

import os
from collections.abc import Iterable

HALVES = ("first", "second")
# Tests marked ``parted`` ask a part of their round by ``a_part``; those marked ``together`` share one long preparation.
_NOT_SHARED = ("race", "services", "journey", "parted")


def half() -> str:
    """Which half this run does; empty: all of it. Another word stops the run rather than leaving something out."""
    name = os.environ.get("HALF", "")
    if name and name not in HALVES:
        raise ValueError(f"HALF is one of {HALVES}, not {name!r}")
    return name


def mine(names: Iterable[str]) -> list[str]:
    """Of ``names`` those that this run does: every second one of the sorted names, or all of them."""
    return _share(names, HALVES.index(half()), 2) if half() else sorted(names)


def a_part(names: Iterable[str]) -> list[str]:
    """Of the names of a long round those that this run asks: every fourth one, or all of them."""
    return _share(names, 2 * HALVES.index(half()), 4) if half() else sorted(names)


def _share(names: Iterable[str], place: int, parts: int) -> list[str]:
    return sorted(names)[(place + int(os.environ.get("TURN", "0"))) % parts :: parts]


def of_the_other_half(items: list) -> list:
    """Of collected tests those that this run leaves to the other."""
    if not half():
        return []
    shared = [item for item in items if not any(item.get_closest_marker(mark) for mark in _NOT_SHARED)]
    kept = set(mine({_unit(item) for item in shared}))
    return [item for item in shared if _unit(item) not in kept]


def _unit(item) -> str:
    return item.nodeid.split("::")[0] if item.get_closest_marker("together") else item.nodeid
