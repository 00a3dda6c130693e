"""Where a programme stands, as one screen needs it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from services.bookings.models import Allocation
from services.bookings.queries.holdings import Holding, holding_of
from services.organizations.models import Organization
from services.screening.models import Programme, ProgrammeTerms
from services.screening.queries.programmes import current_terms, draft_terms, organizations_in
from services.screening.queries.uptake import Figures, uptake


@dataclass(frozen=True, slots=True)
class Standing:
    """``organization`` and ``figures`` are those of the viewer's highest organisation in the programme.

    ``seats`` is the capacity of all sessions, ``sessions`` their number, ``sessions_ahead`` those not begun.
    ``root`` is what the programme's own organisation has over all pools, ``holding`` what the viewer's has.
    """

    terms_in_force: ProgrammeTerms | None
    draft_terms: ProgrammeTerms | None
    sessions: int
    sessions_ahead: int
    seats: int
    taken: int
    root: Holding | None
    organization: Organization | None
    holding: Holding | None
    figures: Figures


def standing(programme: Programme, user, *, now: datetime) -> Standing:
    sessions = programme.offering.sessions.order_by().aggregate(
        count=Count("pk"), ahead=Count("pk", filter=Q(starts_at__gt=now)), seats=Sum("capacity"), taken=Sum("taken")
    )
    organization = organizations_in(programme, user).first()
    rows = Allocation.objects.unscoped().filter(offering=programme.offering_id)
    return Standing(
        terms_in_force=current_terms(programme),
        draft_terms=draft_terms(programme),
        sessions=sessions["count"],
        sessions_ahead=sessions["ahead"],
        seats=sessions["seats"] or 0,
        taken=sessions["taken"] or 0,
        root=holding_of(rows.filter(parent__isnull=True)),
        organization=organization,
        holding=holding_of(rows.filter(organization=organization)) if organization else None,
        figures=uptake(programme, organization).total if organization else Figures(),
    )
