"""Waiting for another process without guessing how long it takes."""

import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], object], what: str, *, seconds: float = 30) -> None:
    """Ask again and again until it is so; fail saying what never came about."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"within {seconds:g} s it never came about that {what}"
        time.sleep(0.1)
