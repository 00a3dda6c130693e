"""The A4 roll of one session for the door."""

from django.http import Http404
from django.template.response import TemplateResponse

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.bookings.policies import may_check_in
from services.foundation import clock
from services.screening import queries

EXPECTED = (BookingState.CONFIRMED, BookingState.ATTENDED)


def roll(request, token: str):
    """Names are spelt out for the staff of the site; officers get those of their own women, masked."""
    session = Session.objects.select_related("venue__provider", "offering").filter(token=token).first()
    if session is None:
        raise Http404
    bookings = Booking.objects.filter(session=session, state__in=EXPECTED)
    full = bool(may_check_in(request.user, session.venue))
    if full:
        bookings = bookings.unscoped()
    elif queries.programmes_for(request.user).filter(offering=session.offering_id).exists():
        bookings = bookings.visible_to(request.user)
    else:
        raise Http404
    rows = bookings.select_related("worker__organization").order_by("worker__name", "pk")
    context = {"session": session, "rows": rows, "full": full, "printed_at": clock.now()}
    return TemplateResponse(request, "screening/desk/roll.html", context)
