"""Screening programmes as what women can get."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from services.bookings.enums import BookingState, OfferingState
from services.bookings.models import Booking
from services.bookings.rules import window
from services.foundation.openings import Opening, Phase, Suggestion
from services.organizations.queries import ancestor_paths
from services.screening.models import Programme
from services.screening.queries import current_terms, facts_of, published_programmes, with_places_left
from services.screening.rules import Assessment, Standing, eligibility
from services.workers.models import Worker

# Programmes that are weighed for one woman: each costs two queries.
WEIGHED = 3


def openings(*, now: datetime) -> list[Opening]:
    """Every programme women may read about, in one query."""
    programmes = with_places_left(published_programmes(), now=now)
    return [_opening(programme, now) for programme in programmes]


def _opening(programme: Programme, now: datetime) -> Opening:
    offering = programme.offering
    return Opening(
        key=f"screening:{programme.code}",
        title=programme.title,
        summary=programme.summary,
        url=_address(programme),
        phase=_phase(programme, now),
        left=programme.places_left,
        waiting_list=offering.waiting_list,
        opens_at=offering.opens_at,
        closes_at=offering.closes_at,
    )


def _address(programme: Programme) -> str:
    return reverse("screening:programme", args=[programme.code])


def _phase(programme: Programme, now: datetime) -> Phase:
    offering = programme.offering
    is_open = offering.state == OfferingState.OPEN
    stands = window(now, is_open=is_open, opens_at=offering.opens_at, closes_at=offering.closes_at)
    if stands != "open":
        return Phase.COMING if stands == "not_yet" else Phase.CLOSED
    if offering.draw_ahead:
        return Phase.DRAWN
    return Phase.OPEN if programme.places_left > 0 and not offering.waiting_only else Phase.FULL


def suggestions(worker: Worker, *, now: datetime) -> list[Suggestion]:
    """Programmes of her union and those above it that are open, in which she has no booking and which no rule closes
    to her; the soonest to close first."""
    programmes = with_places_left(published_programmes(), now=now)
    booked = Booking.objects.own(worker=worker).exclude(state__in=(BookingState.CANCELLED, BookingState.EXPIRED))
    hers = programmes.filter(organization__path__in=ancestor_paths(worker.organization.path)).exclude(
        offering__in=booked.order_by().values("offering")
    )
    to_be_had = (Phase.OPEN, Phase.DRAWN)
    open_ones = [one for one in hers.order_by("offering__closes_at", "pk") if _phase(one, now) in to_be_had]
    found = []
    for programme in open_ones[:WEIGHED]:
        terms = current_terms(programme)
        assessment = eligibility(facts_of(worker, programme, terms), terms, on=timezone.localdate(now))
        if why := _why(assessment):
            closes = programme.offering.closes_at
            found.append(Suggestion(f"screening:{programme.code}", programme.title, _address(programme), why, closes))
    return found


def _why(assessment: Assessment) -> str:
    """Nothing where a rule closes the programme to her."""
    if assessment.eligible:
        return _("By what your union's roster says, you can take part.")
    if assessment.verdict == Standing.NEEDS_FACTS:
        return _("Your union takes part; a question or two will tell whether you can.")
    return ""
