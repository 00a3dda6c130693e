"""Signing up on a phone: choose a session and answer, check, done; or join the waiting list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.bookings.actions import cancel_booking, confirm_booking
from services.bookings.enums import BookingState, WaitingState
from services.bookings.errors import AlreadyBooked
from services.bookings.models import Booking, WaitingEntry
from services.bookings.queries import live_booking, own_waiting, places_for, sessions_ahead
from services.foundation import clock
from services.foundation.errors import Refused
from services.signups import actions, queries, wording
from services.signups.errors import AnswersWrong
from services.signups.forms.hers import SignUpForm, WaitForm
from services.signups.public.catalogue import activity_or_404
from services.signups.queries.live import live_state
from services.workers.queries import worker_of


def own_booking_or_404(request: HttpRequest, token: str) -> Booking:
    booking = queries.own_booking(request.user, token)
    if booking is None:
        raise Http404
    return booking


def lead_to_claim(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('workers:claim')}?{urlencode({'next': request.path})}")


def to_booking(booking: Booking) -> HttpResponse:
    """The page on which it goes on: a hold is confirmed, everything else is looked at."""
    name = "check_answers" if booking.state == BookingState.HELD else "booking"
    return redirect(f"signups:{name}", booking.token)


def to_entry(entry: WaitingEntry) -> HttpResponse:
    if entry.state == WaitingState.OFFERED and entry.booking:
        return redirect("signups:booking", entry.booking.token)
    return redirect("signups:waiting", entry.token)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the way is said on the same page, and nothing she typed is lost."""
    activity = activity_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    existing = live_booking(activity.offering_id, worker)
    if existing and existing.state != BookingState.HELD:
        messages.info(request, _("You have signed up already. Here it is."))
        return to_booking(existing)
    now = clock.now()
    sessions = list(sessions_ahead(activity.offering, now))
    questions = queries.questions_of(activity)
    form = SignUpForm(
        request.POST if request.method == "POST" else None,
        sessions=sessions,
        questions=questions,
        answers=queries.answers_of(activity, worker),
        initial={"session": existing.session.token if existing else _only(sessions)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            booking = actions.sign_up(
                activity,
                session=form.cleaned_data["session"],
                answers=form.answers(),
                worker=worker,
                by=request.user,
                now=now,
            )
            return to_booking(booking)
        except AlreadyBooked as error:
            return to_booking(error.booking) if error.booking else redirect("signups:sign_up", code)
        except AnswersWrong as error:
            form.refuse(error.faults)
        except Refused as error:
            form.add_error("session", error.message())
    context = _shown(activity, form, sessions, now) | {"drawable": places_for(activity.offering, worker.organization)}
    return render(request, "signups/sign_up.html", context)


def _only(sessions: list) -> str | None:
    """Where there is one session with room it is chosen for her."""
    free = [session for session in sessions if session.left > 0]
    return free[0].token if len(free) == 1 else None


def _shown(activity, form, sessions, now) -> dict:
    return {
        "activity": activity,
        "offering": activity.offering,
        "state": live_state(activity, now=now),
        "form": form,
        "sessions": sessions,
        "chosen": form["session"].value(),
    }


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: HttpRequest, token: str) -> HttpResponse:
    """Everything on one page before it counts; the place is held meanwhile."""
    booking = own_booking_or_404(request, token)
    if booking.state != BookingState.HELD:
        return to_booking(booking)
    refusal = ""
    if request.method == "POST":
        try:
            confirm_booking(booking, by=request.user, now=clock.now())
            return redirect("signups:done", token)
        except Refused as error:
            refusal = error.message()
    activity = booking.offering.activity
    values = queries.answers_of(activity, booking.worker)
    answers = [(question.words, wording.answer(question, values)) for question in queries.questions_of(activity)]
    context = {
        "booking": booking,
        "activity": activity,
        "answers": answers,
        "refusal": refusal,
        "lapsed": booking.held_until is not None and booking.held_until <= clock.now(),
    }
    return render(request, "signups/check_answers.html", context)


@worker_required
@require_POST
def release(request: HttpRequest, token: str) -> HttpResponse:
    """Give the held place back. Twice is once."""
    booking = own_booking_or_404(request, token)
    if booking.state == BookingState.HELD:
        try:
            cancel_booking(booking, by=request.user, now=clock.now())
        except Refused as error:
            messages.error(request, error.message())
        else:
            messages.success(request, _("The place is free again."))
    return redirect("signups:activity", booking.offering.activity.code)


@worker_required
@require_safe
def done(request: HttpRequest, token: str) -> HttpResponse:
    booking = own_booking_or_404(request, token)
    if booking.state != BookingState.CONFIRMED:
        return to_booking(booking)
    return render(request, "signups/done.html", {"booking": booking, "activity": booking.offering.activity})


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what to wait for, any session or one, with the questions answered."""
    activity = activity_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    if entry := own_waiting(activity.offering, worker):
        return to_entry(entry)
    now = clock.now()
    sessions = list(sessions_ahead(activity.offering, now))
    form = WaitForm(
        request.POST if request.method == "POST" else None,
        sessions=sessions,
        questions=queries.questions_of(activity),
        answers=queries.answers_of(activity, worker),
        initial={"session": "any"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.join_waiting_list(
                activity,
                session=form.cleaned_data["session"],
                answers=form.answers(),
                worker=worker,
                by=request.user,
                now=now,
            )
            return to_entry(entry)
        except AlreadyBooked as error:
            return to_booking(error.booking) if error.booking else redirect("signups:sign_up", code)
        except AnswersWrong as error:
            form.refuse(error.faults)
        except Refused as error:
            form.add_error("session", error.message())
    return render(request, "signups/wait.html", _shown(activity, form, sessions, now))
