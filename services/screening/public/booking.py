"""Booking: agree, choose a time, check the answers, confirm."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.bookings import wording as conduct_wording
from services.bookings.enums import BookingState
from services.bookings.errors import AlreadyBooked
from services.bookings.models import Booking
from services.bookings.queries import conduct_of, live_booking, own_waiting, places_left
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.verdict import Finding, Outcome
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from services.screening import actions, wording
from services.screening.forms.answers import OpenQuestionsForm
from services.screening.forms.hers import ConsentForm, SessionForm
from services.screening.models import Programme
from services.screening.public.catalogue import SHE_KNOWS, assess_for, programme_or_404, window_of
from services.screening.public.explaining import explained, pools_shown
from services.screening.queries import current_terms, drawing_of
from services.screening.queries.choosing import sites_to_choose
from services.screening.rules import Standing
from services.workers.queries import worker_of


def own_booking_or_404(request: HttpRequest, token: str) -> Booking:
    """A screening booking by its token when it is hers; anybody else's doesn't exist."""
    hers = Booking.objects.own(worker__user=request.user, offering__screening_programme__isnull=False)
    return get_object_or_404(
        hers.select_related("session__venue", "offering__screening_programme", "worker__organization"), token=token
    )


def lead_to_claim(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('workers:claim')}?{urlencode({'next': request.path})}")


def to_booking(booking: Booking) -> HttpResponse:
    """The page on which this booking goes on: a hold is confirmed, everything else is looked at."""
    name = "check_answers" if booking.state == BookingState.HELD else "booking"
    return redirect(f"screening:{name}", booking.token)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, code: str) -> HttpResponse:
    programme = programme_or_404(code)
    if standing_consent(request.user, Purpose.SCREENING):
        return redirect("screening:book", code)
    notice = current_notice(Purpose.SCREENING)
    form = ConsentForm(request.POST if request.method == "POST" else None, notice=notice)
    if request.method == "POST" and form.is_valid():
        try:
            give_consent(
                giver=request.user,
                purpose=Purpose.SCREENING,
                notice=notice,
                language=get_language(),
                now=clock.now(),
            )
        except Refused as error:
            form.add_error(None, error.message())
        else:
            return redirect("screening:book", code)
    return render(request, "screening/consent.html", {"programme": programme, "notice": notice, "form": form})


@worker_required
@require_safe
def consent_refused(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "screening/consent_refused.html", {"programme": programme_or_404(code)})


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest, code: str) -> HttpResponse:
    """What the roster seldom holds: when she was last screened, and whether she lives where the programme is for."""
    programme = programme_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    if not standing_consent(request.user, Purpose.SCREENING):
        return redirect("screening:consent", code)
    terms, now = current_terms(programme), clock.now()
    missing = assess_for(worker, programme, terms, now=now)[0].missing
    form = OpenQuestionsForm(
        request.POST if request.method == "POST" else None,
        today=clock.today(),
        terms=terms,
        asks_residence=terms.residence_required and "residence" in missing,
        asks_screening="interval" in missing or "residence" not in missing,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep_answers(programme, worker, form.cleaned_data, by=request.user, now=now)
        except Refused as error:
            form.add_error("screened_on", error.message())
        else:
            return redirect("screening:book", code)
    return render(request, "screening/history.html", {"programme": programme, "form": form})


def _keep_answers(programme: Programme, worker, said: dict, *, by, now) -> None:
    with transaction.atomic():
        if "resident" in said:
            actions.state_residence(programme, worker=worker, resident=said["resident"] == "yes", by=by, now=now)
        if "screened" in said:
            actions.state_last_screening(
                programme,
                worker=worker,
                last_screened_on=said["screened_on"],
                arranged_by=said.get("arranged_by", ""),
                by=by,
                now=now,
            )


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a time. What stands in the way is shown instead, with the way round it."""
    programme = programme_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    if existing := live_booking(programme.offering_id, worker):
        if existing.state != BookingState.HELD:
            messages.info(request, _("You have a booking already. Here it is; you can move it to another time."))
        return to_booking(existing)
    now = clock.now()
    terms = current_terms(programme)
    assessment, days = assess_for(worker, programme, terms, now=now)
    context = {
        "programme": programme,
        "offering": programme.offering,
        "terms": terms,
        "result": explained(assessment, worker),
        "window": window_of(programme.offering, now),
        "own": True,
        "union": worker.organization,
    }
    asks = assessment.verdict is Standing.NEEDS_FACTS and not SHE_KNOWS.isdisjoint(assessment.missing)
    if not (assessment.eligible or asks):
        return render(request, "screening/assessment.html", context)
    if context["window"] != "open":
        return render(request, "screening/not_open.html", context)
    conduct = conduct_of(worker, programme.offering, on=timezone.localdate(now))
    context["conduct"], context["missed"] = conduct_wording.standing(conduct), conduct
    if conduct.outcome is Outcome.FAILED:
        return paused(request, programme, worker, conduct)
    if not standing_consent(request.user, Purpose.SCREENING):
        return redirect("screening:consent", code)
    if asks:
        return redirect("screening:history", code)
    if programme.offering.draw_ahead:
        return redirect("screening:draw", code)
    if programme.offering.waiting_only:
        return redirect("screening:join", code)
    return _choose(request, programme, worker, context, days=days, now=now)


def paused(request: HttpRequest, programme: Programme, worker, conduct: Finding) -> HttpResponse:
    """She can't book by herself for the moment: until when, why, and the way round it."""
    context = {"programme": programme, "offering": programme.offering, "union": worker.organization}
    return render(request, "screening/paused.html", context | {"conduct": conduct_wording.standing(conduct)})


def _choose(request: HttpRequest, programme: Programme, worker, context: dict, *, days, now) -> HttpResponse:
    def shown():
        drawing = drawing_of(programme, worker, on=min(days, default=timezone.localdate(now)))
        return drawing, sites_to_choose(programme.offering, drawing.places, now=now, admits=days.__contains__)

    drawing, sites = shown()
    form = SessionForm(request.POST if request.method == "POST" else None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            booking = actions.book(
                programme, session=form.cleaned_data["session"], worker=worker, by=request.user, now=now
            )
            return redirect("screening:check_answers", booking.token)
        except AlreadyBooked as error:
            return to_booking(error.booking) if error.booking else redirect("screening:book", programme.code)
        except Refused as error:
            form.add_error("session", error.message())
            drawing, sites = shown()
    context |= {
        "form": form,
        "sites": sites,
        "chosen": form["session"].value(),
        "drawable": drawing.places,
        "kept_for_others": pools_shown(drawing.kept_for_others),
        "bookable": min(drawing.places, places_left(programme.offering, now)),
        "waiting": own_waiting(programme.offering, worker),
    }
    return render(request, "screening/book.html", context)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: HttpRequest, token: str) -> HttpResponse:
    booking = own_booking_or_404(request, token)
    if booking.state not in (BookingState.HELD, BookingState.CONFIRMED):
        return redirect("screening:booking", token)
    if request.method == "POST":
        try:
            actions.confirm(booking, by=request.user, now=clock.now())
            return redirect("screening:booked", token)
        except Refused as error:
            return render(request, "screening/check_answers.html", _answers(booking) | {"refusal": error.message()})
    if booking.state == BookingState.CONFIRMED:
        return redirect("screening:booked", token)
    return render(request, "screening/check_answers.html", _answers(booking))


def _answers(booking: Booking) -> dict:
    return {
        "booking": booking,
        "programme": booking.offering.screening_programme,
        "worker": booking.worker,
        "price": wording.payer(booking.offering.screening_programme),
        "lapsed": booking.state != BookingState.HELD or booking.held_until <= clock.now(),
    }


@worker_required
@require_POST
def release(request: HttpRequest, token: str) -> HttpResponse:
    """Let the held place go and choose again."""
    booking = own_booking_or_404(request, token)
    if booking.state == BookingState.HELD:
        try:
            actions.cancel(booking, by=request.user, now=clock.now())
        except Refused as error:
            messages.error(request, error.message())
            return redirect("screening:booking", token)
    return redirect("screening:book", booking.offering.screening_programme.code)


@worker_required
@require_safe
def booked(request: HttpRequest, token: str) -> HttpResponse:
    booking = own_booking_or_404(request, token)
    if booking.state != BookingState.CONFIRMED:
        return to_booking(booking)
    return render(
        request, "screening/booked.html", {"booking": booking, "programme": booking.offering.screening_programme}
    )
