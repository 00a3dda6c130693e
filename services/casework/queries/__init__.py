"""Reads of casework."""

from services.casework.queries.calendar import calendar
from services.casework.queries.clock import Promise, appeal_until, promise_of, took
from services.casework.queries.desks import holders_at, offers, places_above, step_of
from services.casework.queries.hers import busy_representatives, cases_of, cases_represented_by, her_open_cases
from services.casework.queries.people import (
    absent_for,
    acted_before,
    authorisation_for,
    canned_reasons,
    colleagues,
    in_force,
    is_same_person,
)
from services.casework.queries.worklist import (
    ORDERING,
    Whose,
    at_step,
    cases_for,
    found,
    handler_paths,
    listed,
    overdue,
    waiting_for,
)

__all__ = [
    "ORDERING",
    "Promise",
    "Whose",
    "absent_for",
    "acted_before",
    "appeal_until",
    "at_step",
    "authorisation_for",
    "busy_representatives",
    "calendar",
    "canned_reasons",
    "cases_for",
    "cases_of",
    "cases_represented_by",
    "colleagues",
    "found",
    "handler_paths",
    "her_open_cases",
    "holders_at",
    "in_force",
    "is_same_person",
    "listed",
    "offers",
    "overdue",
    "places_above",
    "promise_of",
    "step_of",
    "took",
    "waiting_for",
]
