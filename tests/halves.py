"""Long rounds that a run on SQLite and a run with services share: HALF names which part this run does.

Unset, a run does the whole round. Two runs, with ``HALF=first`` and ``HALF=second``, ask every address once between
them; of the four ways of a journey they walk two, one each (``tests/journeys/conftest.py``).
"""

import os
from collections.abc import Iterable

HALVES = ("first", "second")


def half() -> str:
    """Which half this run does; empty: all of it. Another word stops the run rather than leaving something out."""
    name = os.environ.get("HALF", "")
    if name and name not in HALVES:
        raise ValueError(f"HALF is one of {HALVES}, not {name!r}")
    return name


def mine(names: Iterable[str]) -> list[str]:
    """Of ``names`` those that this run asks: every second one of the sorted names, or all of them."""
    ordered = sorted(names)
    return ordered[HALVES.index(half()) :: 2] if half() else ordered
