"""The reads of screening."""

from services.screening.queries.facts import facts_of, past_screenings
from services.screening.queries.places import HoldingRow, allocations_below, ledger, receivers, sum_of
from services.screening.queries.programmes import (
    current_terms,
    draft_terms,
    open_programmes,
    organizations_in,
    programme_homes,
    programmes_for,
    published_programmes,
    reachable_above,
    terms_versions,
    with_places,
    with_places_left,
)
from services.screening.queries.sites import clinic_staff, clinic_staff_at, homes_of_posts, in_use_by
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
from services.screening.queries.waiting import waiting_in_order

__all__ = [
    "ATTENDED_STATES",
    "BOOKED_STATES",
    "WAITING_STATES",
    "Figures",
    "HoldingRow",
    "Standing",
    "Uptake",
    "UptakeRow",
    "allocations_below",
    "clinic_staff",
    "clinic_staff_at",
    "current_terms",
    "draft_terms",
    "facts_of",
    "homes_of_posts",
    "in_use_by",
    "ledger",
    "open_programmes",
    "organizations_in",
    "past_screenings",
    "programme_homes",
    "programmes_for",
    "published_programmes",
    "reachable_above",
    "receivers",
    "standing",
    "sum_of",
    "terms_versions",
    "uptake",
    "waiting_in_order",
    "with_places",
    "with_places_left",
]
