"""When the end of a term is recalled: on set days before it, and every thirty days once it is over (90 / 30 / 0)."""

from collections.abc import Collection

EVERY = 30


def stage(days_left: int, reminder_days: Collection[int]) -> int | None:
    """What is to be recalled with so many days left: the smallest of the set days that is reached, below nought how
    long it has been over, in steps. None: it is too early."""
    if days_left < 0:
        return -1 - (-days_left - 1) // EVERY * EVERY
    reached = [day for day in reminder_days if days_left <= day]
    return min(reached, default=None)


def is_due(days_left: int, reminder_days: Collection[int], last: int | None) -> int | None:
    """The stage to be told now, unless it or a later one was told."""
    now = stage(days_left, reminder_days)
    return now if now is not None and (last is None or now < last) else None
