"""The days of a site: who came, who did not, and the way to each woman's result. Made for a phone."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.bookings.actions import record_absences, record_attendance
from services.bookings.enums import BookingState
from services.bookings.models import Booking, Venue
from services.bookings.public.access import site_staff_required
from services.bookings.rules import correctable
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening.forms.results import AttendanceForm
from services.screening.queries.following import follow_ups_at, still_open
from services.screening.queries.results import bookings_on, site_days

SHOWN_DAYS = timedelta(days=90)


def venue_or_404(venues: list[Venue], token: str) -> Venue:
    """One of her own sites; any other doesn't exist for her."""
    found = next((venue for venue in venues if venue.token == token), None)
    if found is None:
        raise Http404
    return found


@require_safe
@site_staff_required
def days(request: HttpRequest, venues: list[Venue]) -> HttpResponse:
    """The last months' days at her sites, newest first."""
    today = clock.today()
    context = {
        "days": site_days(venues, since=today - SHOWN_DAYS, until=today),
        "recalls": still_open(follow_ups_at(venues)).count(),
    }
    return render(request, "screening/clinic/days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@site_staff_required
def day(request: HttpRequest, venue: str, day: date, venues: list[Venue]) -> HttpResponse:
    """The list of one day; a POST checks in the women who were named, also one who was marked as not come."""
    site = venue_or_404(venues, venue)
    rows = list(bookings_on(site, day))
    expected = [booking for booking in rows if booking.state == BookingState.CONFIRMED]
    absent = [booking for booking in rows if booking.state == BookingState.NO_SHOW]
    nameable = expected + absent
    form = AttendanceForm(request.POST if request.method == "POST" else None, expected=nameable)
    if request.method == "POST" and form.is_valid():
        ticked = [booking for booking in nameable if booking.token in form.cleaned_data["came"]]
        try:
            came = record_attendance(site, ticked, by=request.user, now=clock.now())
        except Refused as refusal:
            form.add_error("came", refusal.message(staff=True))
        else:
            words = ngettext("%(count)s woman is checked in.", "%(count)s women are checked in.", came)
            messages.success(request, words % {"count": came})
            return redirect("screening_clinic:day", site.token, day)
    context = {
        "site": site,
        "day": day,
        "form": form,
        "ticked": form["came"].value() or [],
        "expected": expected,
        "came": [booking for booking in rows if booking.state == BookingState.ATTENDED],
        "absent": [(booking, _correctable(booking)) for booking in absent],
        "begun": day <= clock.today(),
    }
    return render(request, "screening/clinic/day.html", context)


def _correctable(booking: Booking) -> bool:
    """Can the site still say that she came after all?"""
    days = booking.offering.correction_days
    return correctable(clock.now(), ends_at=booking.session.ends_at, days=days)


@require_POST
@site_staff_required
def absent(request: HttpRequest, venue: str, day: date, venues: list[Venue]) -> HttpResponse:
    """After the sessions: whoever was not checked in did not come."""
    site = venue_or_404(venues, venue)
    waiting = [booking for booking in bookings_on(site, day) if booking.state == BookingState.CONFIRMED]
    sessions = {booking.session_id: booking.session for booking in waiting}
    absent = 0
    try:
        for key in sorted(sessions):
            absent += record_absences(sessions[key], by=request.user, now=clock.now())
    except Refused as refusal:
        messages.warning(request, refusal.message(staff=True))
    else:
        words = ngettext("%(count)s woman is marked as not come.", "%(count)s women are marked as not come.", absent)
        messages.success(request, words % {"count": absent})
    return redirect("screening_clinic:day", site.token, day)
