"""The organiser's phone at the door: today's sessions, a code scanned or typed, one button."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.bookings import policies as booking_policies
from services.bookings.actions import check_in
from services.bookings.enums import ScanOutcome
from services.bookings.forms import DoorForm
from services.bookings.models import Booking
from services.bookings.queries import booking_by_code, booking_by_token, checked_in_at, expected_outcome
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.references import is_human_number
from services.signups import policies
from services.signups.forms.door import SignupCodeForm
from services.signups.queries.door import sessions_today


def organiser_required(view):
    """For officers who run activities; visitors sign in first, everybody else gets 403."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        policies.may_check_in_anywhere(request.user).insist()
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@organiser_required
def today(request: HttpRequest) -> HttpResponse:
    return _today(request, SignupCodeForm())


def _today(request: HttpRequest, form: SignupCodeForm, status: int = 200) -> HttpResponse:
    day = clock.today()
    context = {"day": day, "form": form, "sessions": sessions_today(request.user, day)}
    return render(request, "signups/today.html", context, status=status)


@require_POST
@organiser_required
def find(request: HttpRequest) -> HttpResponse:
    form = SignupCodeForm(request.POST)
    if not form.is_valid():
        return _today(request, form)
    code = form.cleaned_data["code"]
    booking = _hers(request, booking_by_code(code))
    if booking is None:
        form.add_error("code", _unknown())
        return _today(request, form)
    if is_human_number(code):
        return _door(request, booking, DoorForm(initial={"typed": True}), typed=True)
    return redirect("signups:door", booking.token)


def _unknown() -> str:
    return _("No sign-up within your reach has this code. Please check it, or ask for the number.")


def _hers(request: HttpRequest, booking: Booking | None) -> Booking | None:
    """A sign-up for an activity at whose door she stands; of any other she is told nothing."""
    if booking is None or getattr(booking.offering, "activity", None) is None:
        return None
    return booking if booking_policies.may_check_in(request.user, booking.session.venue) else None


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def door(request: HttpRequest, token: str) -> HttpResponse:
    """One sign-up at the door: her name, the session, one button."""
    booking = _hers(request, booking_by_token(token))
    if booking is None:
        form = SignupCodeForm({"code": token})
        form.is_valid()
        form.add_error("code", _unknown())
        return _today(request, form, status=404)
    if request.method != "POST":
        return _door(request, booking, DoorForm())
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _door(request, booking, form, typed=True)
    try:
        outcome, booking = check_in(token=booking.token, venue=booking.session.venue, by=request.user, now=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.message(staff=True))
        return redirect("signups:door", token)
    tell = messages.success if outcome == ScanOutcome.CHECKED_IN else messages.warning
    tell(request, _said(outcome, booking))
    return redirect("signups:today")


def _door(request: HttpRequest, booking: Booking, form: DoorForm, *, typed: bool = False) -> HttpResponse:
    outcome = expected_outcome(booking, booking.session.venue, clock.now())
    expected = outcome == ScanOutcome.CHECKED_IN
    context = {
        "booking": booking,
        "form": form,
        "typed": typed,
        "expected": expected,
        "said": "" if expected else _said(outcome, booking),
    }
    return render(request, "signups/door.html", context)


def _said(outcome: ScanOutcome, booking: Booking) -> str:
    if outcome == ScanOutcome.CHECKED_IN:
        return _("%(name)s is checked in.") % {"name": booking.worker.name}
    if outcome == ScanOutcome.ALREADY:
        at = checked_in_at(booking)
        moment = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
        return _("She was checked in before: %(moment)s.") % {"moment": moment}
    if outcome == ScanOutcome.WRONG_DAY:
        day = date_format(timezone.localtime(booking.session.starts_at), "DATETIME_FORMAT")
        return _("This sign-up is for another day: %(day)s.") % {"day": day}
    return _("This sign-up was cancelled, has lapsed or was never confirmed.")
