"""The promise that is measured (D18): working days from submission, standing still while it is her turn.

The clock starts on the day of submission, which itself doesn't count; it stands still in the stages that
``workflow.PAUSED`` names; closing and reopening doesn't set it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.casework.rules.days import Calendar, add_working_days, working_days_between


@dataclass(frozen=True, slots=True)
class Change:
    """From ``on`` the clock runs, or stands still."""

    on: date
    runs: bool


def counted(changes: Sequence[Change], until: date, calendar: Calendar) -> int:
    """Working days during which the clock ran, up to and including ``until``. ``changes`` are in order of time."""
    total = 0
    for change, end in _spans(changes, until):
        if change.runs:
            total += working_days_between(change.on, end, calendar)
    return total


def due_on(changes: Sequence[Change], days: int, calendar: Calendar) -> date | None:
    """The day on which ``days`` working days are used up if the clock isn't stopped again.

    None while it stands still, unless they were used up before. ``changes`` must begin with the submission.
    """
    used = 0
    for change, following in zip(changes, [*changes[1:], None], strict=True):
        if not change.runs:
            continue
        end = add_working_days(change.on, days - used, calendar)
        if following is None or end <= following.on:
            return end
        used += working_days_between(change.on, following.on, calendar)
    return None


def _spans(changes: Sequence[Change], until: date):
    ends = [min(change.on, until) for change in changes[1:]] + [until]
    return zip(changes, ends, strict=True)
