"""The life of a follow-up (``to_notify → notified → rechecked → closed | lost``) and what may end it (D23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

TO_NOTIFY, NOTIFIED, RECHECKED, CLOSED, LOST = "to_notify", "notified", "rechecked", "closed", "lost"
OPEN = (TO_NOTIFY, NOTIFIED, RECHECKED)
# Upper ends, in days, of the bands of the ageing list.
AGES = (7, 14, 30)

_ENDS = {
    "seen_by_hospital": CLOSED,
    "refused": CLOSED,
    "consent_withdrawn": CLOSED,
    "corrected": CLOSED,
    "moved_away": LOST,
    "unreachable": LOST,
}
_REACHED = frozenset({"reached"})
_RECHECKED = frozenset({"rechecked"})


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt to reach her: the day, the channel and what came of it, as codes."""

    on: date
    channel: str
    outcome: str


def after_attempt(state: str, outcome: str) -> str:
    """The state after an attempt: it never goes back, and an ended one stays ended."""
    if state not in OPEN or outcome not in _REACHED | _RECHECKED:
        return state
    if outcome in _RECHECKED:
        return RECHECKED
    return NOTIFIED if state == TO_NOTIFY else state


def days_tried(attempts: Sequence[Tried]) -> int:
    """On how many different days somebody tried and did not reach her: three calls in an hour are one."""
    return len({tried.on for tried in attempts if tried.outcome not in _REACHED | _RECHECKED})


def why_not_closed(outcome: str, attempts: Sequence[Tried], *, needed: int) -> str:
    """The code of what is missing before a follow-up may end with this outcome; '' when nothing is."""
    if outcome not in _ENDS:
        return "outcome_missing"
    if outcome == "unreachable" and days_tried(attempts) < needed:
        return "too_few_attempts"
    return ""


def state_after(outcome: str) -> str:
    """Closed, or lost from sight."""
    return _ENDS[outcome]


def age_band(opened: date, today: date) -> int:
    """Which band of ``AGES`` an open follow-up lies in: 0 for the youngest, ``len(AGES)`` for the oldest."""
    days = (today - opened).days
    return next((place for place, end in enumerate(AGES) if days <= end), len(AGES))
