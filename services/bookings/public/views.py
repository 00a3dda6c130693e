"""Today's sessions at her site, and checking one woman in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.bookings import actions, queries
from services.bookings.enums import ScanOutcome
from services.bookings.forms import CodeForm, DoorForm
from services.bookings.models import Booking, Venue
from services.bookings.public.access import site_staff_required
from services.bookings.registry import site_links
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.references import is_human_number


@require_safe
@site_staff_required
def today(request: HttpRequest, venues: list[Venue]) -> HttpResponse:
    return _show_today(request, venues, CodeForm())


def _show_today(request: HttpRequest, venues: list[Venue], form: CodeForm, status: int = 200) -> HttpResponse:
    day = clock.today()
    sites = [{"venue": venue, "sessions": queries.sessions_on(venue, day)} for venue in venues]
    context = {
        "day": day,
        "sites": sites,
        "form": form,
        "scans": queries.recent_scans(venues),
        "links": list(site_links),
    }
    return render(request, "bookings/today.html", context, status=status)


@require_POST
@site_staff_required
def find(request: HttpRequest, venues: list[Venue]) -> HttpResponse:
    """Look a typed or scanned code up. An unknown one is kept in the scan history and said at once."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show_today(request, venues, form)
    code = form.cleaned_data["code"]
    booking = queries.booking_by_code(code)
    if booking is None:
        actions.check_in(token=code, venue=venues[0], by=request.user, now=clock.now())
        form.add_error("code", _("No booking has this code. Please check it, or ask for the booking number."))
        return _show_today(request, venues, form)
    if is_human_number(code):
        return _show_door(request, booking, venues, DoorForm(initial={"typed": True}), typed=True)
    return redirect("bookings:door", booking.token)


@require_http_methods(["GET", "HEAD", "POST"])
@site_staff_required
def door(request: HttpRequest, token: str, venues: list[Venue]) -> HttpResponse:
    """One booking at the door: her masked name, the session, one button."""
    booking = queries.booking_by_token(token)
    if request.method != "POST":
        if booking is None:
            return _show_today(request, venues, _unknown(token), status=404)
        return _show_door(request, booking, venues, DoorForm())
    form = DoorForm(request.POST)
    if booking is not None and not form.is_valid():
        return _show_door(request, booking, venues, form, typed=True)
    venue = site_for(booking, venues)
    try:
        outcome, booking = actions.check_in(
            token=booking.token if booking else "", venue=venue, by=request.user, now=clock.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.message(staff=True))
        return redirect("bookings:door", token)
    tell = messages.success if outcome == ScanOutcome.CHECKED_IN else messages.warning
    tell(request, said(outcome, booking))
    return redirect("bookings:today")


def _unknown(token: str) -> CodeForm:
    form = CodeForm({"code": token})
    form.is_valid()
    form.add_error("code", _("No booking has this code. Please check it, or ask for the booking number."))
    return form


def site_for(booking: Booking | None, venues: list[Venue]) -> Venue:
    """The booking's own site when she works there, else the first of hers: there it is a wrong-site scan."""
    return next((venue for venue in venues if booking and venue.pk == booking.session.venue_id), venues[0])


def _show_door(
    request: HttpRequest, booking: Booking, venues: list[Venue], form: DoorForm, *, typed: bool = False
) -> HttpResponse:
    outcome = queries.expected_outcome(booking, site_for(booking, venues), clock.now())
    context = {
        "booking": booking,
        "form": form,
        "typed": typed,
        "expected": outcome == ScanOutcome.CHECKED_IN,
        "here": outcome != ScanOutcome.WRONG_VENUE,
        "said": "" if outcome == ScanOutcome.CHECKED_IN else said(outcome, booking),
    }
    return render(request, "bookings/door.html", context)


def said(outcome: ScanOutcome, booking: Booking | None) -> str:
    """The outcome in words; of a booking at another site nothing is told but that."""
    if outcome == ScanOutcome.CHECKED_IN:
        return _("%(name)s is checked in.") % {"name": booking.worker.masked_name}
    if outcome == ScanOutcome.ALREADY:
        at = queries.checked_in_at(booking)
        moment = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
        return _("She was checked in before: %(moment)s.") % {"moment": moment}
    if outcome == ScanOutcome.WRONG_DAY:
        day = date_format(timezone.localtime(booking.session.starts_at), "DATETIME_FORMAT")
        return _("This booking is for another day: %(day)s.") % {"day": day}
    return {
        ScanOutcome.WRONG_VENUE: _("This booking belongs to another site."),
        ScanOutcome.NOT_LIVE: _("This booking was cancelled, has lapsed or was never confirmed."),
    }.get(outcome, _("No booking has this code. Please check it, or ask for the booking number."))
