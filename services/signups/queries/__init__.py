"""The reads of signups."""

from services.signups.queries.activities import (
    activities_for,
    activity_homes,
    organizations_in,
    public_activities,
    reachable_above,
    with_places,
    with_places_left,
)
from services.signups.queries.signups import (
    answers_of,
    bookings_for,
    certificates_for,
    expected_at,
    own_booking,
    questions_of,
    waiting_for,
    women_to_sign_up,
)

__all__ = [
    "activities_for",
    "activity_homes",
    "answers_of",
    "bookings_for",
    "certificates_for",
    "expected_at",
    "organizations_in",
    "own_booking",
    "public_activities",
    "questions_of",
    "reachable_above",
    "waiting_for",
    "with_places",
    "with_places_left",
    "women_to_sign_up",
]
