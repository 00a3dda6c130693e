"""The reads of screening."""

from services.bookings.queries.waiting import changes_of, places_in, stand, with_reasons
from services.screening.queries.bookings import (
    as_exported,
    bookings_for,
    of_age,
    with_text,
)
from services.screening.queries.facts import facts_of, past_screenings
from services.screening.queries.places import Drawing, PoolShare, drawing_of, shares_of
from services.screening.queries.programmes import (
    current_terms,
    draft_terms,
    open_programmes,
    organizations_in,
    programme_homes,
    programmes_for,
    programmes_run_for,
    published_programmes,
    reachable_above,
    terms_versions,
    with_places,
    with_places_left,
)
from services.screening.queries.sites import clinic_staff, clinic_staff_at, homes_of_posts, in_use_by, of_clinics
from services.screening.queries.standing import Standing, standing
from services.screening.queries.uptake import (
    ATTENDED_STATES,
    BOOKED_STATES,
    WAITING_STATES,
    Figures,
    Uptake,
    UptakeRow,
    uptake,
)
from services.screening.queries.waiting import (
    LastMovement,
    changes_for,
    entry_behind,
    last_movement,
    waiting_for,
    waiting_in_order,
)

__all__ = [
    "ATTENDED_STATES",
    "BOOKED_STATES",
    "WAITING_STATES",
    "Drawing",
    "Figures",
    "LastMovement",
    "PoolShare",
    "Standing",
    "Uptake",
    "UptakeRow",
    "as_exported",
    "bookings_for",
    "changes_for",
    "changes_of",
    "clinic_staff",
    "clinic_staff_at",
    "current_terms",
    "draft_terms",
    "drawing_of",
    "entry_behind",
    "facts_of",
    "homes_of_posts",
    "in_use_by",
    "last_movement",
    "of_age",
    "of_clinics",
    "open_programmes",
    "organizations_in",
    "past_screenings",
    "places_in",
    "programme_homes",
    "programmes_for",
    "programmes_run_for",
    "published_programmes",
    "reachable_above",
    "shares_of",
    "stand",
    "standing",
    "terms_versions",
    "uptake",
    "waiting_for",
    "waiting_in_order",
    "with_places",
    "with_places_left",
    "with_reasons",
    "with_text",
]
