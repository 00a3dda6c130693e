"""Whether somebody's part of a milestone is done, open, or late."""

from datetime import date

DONE, DONE_LATE, OPEN, LATE, AHEAD = "done", "done_late", "open", "late", "ahead"


def standing(*, begins: date, due: date, done: date | None, today: date) -> str:
    """``due`` is the stricter of the days that the plan names (T7)."""
    if done:
        return DONE if done <= due else DONE_LATE
    if today > due:
        return LATE
    return AHEAD if today < begins else OPEN


def share(begins: date, ends: date, first: date, last: date) -> tuple[int, int]:
    """Where a window lies on a line from ``first`` to ``last``, in whole per cent: begin and length."""
    whole = max((last - first).days, 1)
    begin = round(100 * max((begins - first).days, 0) / whole)
    return min(begin, 99), max(1, min(round(100 * ((ends - begins).days + 1) / whole), 100 - min(begin, 99)))
