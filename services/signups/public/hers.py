"""What she does with a sign-up: look, move, cancel, answer an offer, evaluate; and her hours of training."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.bookings.actions import accept_offer, cancel_booking, leave_waiting_list, move_booking
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.bookings.qr import check_in_svg
from services.bookings.queries import sessions_ahead, waiting_position
from services.bookings.rules import changeable, cutoff
from services.foundation import clock
from services.foundation.errors import AlreadyDone, Refused
from services.signups import actions, queries, wording
from services.signups.errors import AnswersWrong
from services.signups.forms.hers import AnswersForm, EvaluationForm, SessionChoice
from services.signups.public.calendar import calendar_file, event
from services.signups.public.catalogue import ics
from services.signups.public.signing import lead_to_claim, own_booking_or_404
from services.signups.queries.hours import transcript_of
from services.signups.rules import evaluation
from services.workers.queries import worker_of


@worker_required
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, own_booking_or_404(request, token))


def _show(request: HttpRequest, shown: Booking, *, refusal: str = "") -> HttpResponse:
    now, activity = clock.now(), shown.offering.activity
    hours, starts = shown.offering.change_cutoff_hours, shown.session.starts_at
    values = queries.answers_of(activity, shown.worker)
    questions = activity.questions.all()
    context = {
        "booking": shown,
        "activity": activity,
        "steps": wording.timeline_of(shown),
        "answers": [(q.words, wording.answer(q, values)) for q in questions if q.token in values],
        "asks": any(not question.retired for question in questions),
        "change_until": cutoff(starts, hours),
        "changeable": shown.state == BookingState.CONFIRMED and changeable(now, starts_at=starts, hours=hours),
        "lapsed": shown.held_until is not None and shown.held_until <= now,
        "code": check_in_svg(_door_of(shown)) if shown.state == BookingState.CONFIRMED else "",
        "refusal": refusal,
        "certificate": getattr(shown, "certificate", None),
        "evaluation": _evaluation(shown, now),
    }
    return render(request, "signups/booking.html", context)


def _evaluation(shown: Booking, now) -> str:
    """``none``, ``open`` or ``given``."""
    if getattr(shown, "evaluation_given", None):
        return "given"
    days = shown.offering.activity.evaluation_days
    stands = evaluation(ends_at=shown.session.ends_at, days=days, now=now)
    return "open" if shown.state == BookingState.ATTENDED and stands == "open" else "none"


def _door_of(shown: Booking) -> str:
    """The address at which the organiser checks her in, absolute: the organiser's own camera opens it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("signups:door", args=[shown.token])


@worker_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    if shown.state != BookingState.CONFIRMED:
        return redirect("signups:booking", token)
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    reminder = _("Tomorrow: %(title)s") % {"title": shown.offering.title}
    lines = event(shown.session, uid=f"{shown.number}@{host}", now=clock.now(), reminder=reminder)
    return ics(calendar_file([lines]), shown.number)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    if shown.state != BookingState.CONFIRMED:
        return redirect("signups:booking", token)
    now = clock.now()
    sessions = list(sessions_ahead(shown.offering, now))
    form = SessionChoice(request.POST if request.method == "POST" else None, sessions=sessions)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_booking(shown, to=form.cleaned_data["session"], by=request.user, now=now)
        except Refused as error:
            form.add_error("session", error.message())
        else:
            if moved.session_id != shown.session_id:
                messages.success(request, _("You are in another session now. The new time is below."))
            return redirect("signups:booking", token)
    hours = shown.offering.change_cutoff_hours
    context = {
        "booking": shown,
        "activity": shown.offering.activity,
        "form": form,
        "sessions": [one for one in sessions if one.pk != shown.session_id],
        "chosen": form["session"].value(),
        "changeable": changeable(now, starts_at=shown.session.starts_at, hours=hours),
    }
    return render(request, "signups/move.html", context)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """Her answers anew, the place staying hers."""
    shown = own_booking_or_404(request, token)
    activity = shown.offering.activity
    questions = queries.questions_of(activity)
    if shown.state != BookingState.CONFIRMED or not questions:
        return redirect("signups:booking", token)
    now = clock.now()
    said = queries.answers_of(activity, shown.worker)
    form = AnswersForm(request.POST if request.method == "POST" else None, questions=questions, answers=said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_answers(shown, answers=form.answers(), by=request.user, now=now)
        except AnswersWrong as error:
            form.refuse(error.faults)
        except Refused as error:
            return _show(request, own_booking_or_404(request, token), refusal=error.message())
        else:
            messages.success(request, _("Your answers are changed. Your place stays as it is."))
            return redirect("signups:booking", token)
    hours = shown.offering.change_cutoff_hours
    context = {
        "booking": shown,
        "activity": activity,
        "form": form,
        "changeable": changeable(now, starts_at=shown.session.starts_at, hours=hours),
    }
    return render(request, "signups/answers.html", context)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    refusal = ""
    if request.method == "POST":
        try:
            cancel_booking(shown, by=request.user, now=clock.now())
        except Refused as error:
            refusal = error.message()
        else:
            messages.success(request, _("Your sign-up is cancelled and the place has been passed on."))
            return redirect("signups:booking", token)
    elif not shown.is_live or shown.state == BookingState.ATTENDED:
        return redirect("signups:booking", token)
    hours = shown.offering.change_cutoff_hours
    context = {
        "booking": shown,
        "activity": shown.offering.activity,
        "refusal": refusal,
        "changeable": changeable(clock.now(), starts_at=shown.session.starts_at, hours=hours),
    }
    return render(request, "signups/cancel.html", context)


@worker_required
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the place offered from the waiting list."""
    shown = own_booking_or_404(request, token)
    try:
        accept_offer(shown, by=request.user, now=clock.now())
    except Refused as error:
        return _show(request, own_booking_or_404(request, token), refusal=error.message())
    return redirect("signups:done", token)


@worker_required
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Pass the offered place on. Twice is once."""
    shown = own_booking_or_404(request, token)
    if shown.state == BookingState.OFFERED:
        try:
            cancel_booking(shown, by=request.user, now=clock.now())
        except Refused as error:
            return _show(request, own_booking_or_404(request, token), refusal=error.message())
        messages.success(request, _("You passed the place on. Thank you: another woman gets it now."))
    return redirect("signups:booking", token)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: HttpRequest, token: str) -> HttpResponse:
    """The anonymous sheet; what stands in the way is said on her page."""
    shown = own_booking_or_404(request, token)
    now = clock.now()
    if _evaluation(shown, now) != "open":
        return redirect("signups:booking", token)
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.evaluate(shown, by=request.user, now=now, **form.cleaned_data)
        except AlreadyDone as done:
            messages.info(request, done.message())
            return redirect("signups:booking", token)
        except Refused as error:
            form.add_error("comment", error.message())
        else:
            messages.success(request, _("Thank you. Your sheet was handed in without your name."))
            return redirect("signups:booking", token)
    return render(
        request, "signups/evaluate.html", {"booking": shown, "activity": shown.offering.activity, "form": form}
    )


def _own_entry_or_404(request: HttpRequest, token: str) -> WaitingEntry:
    hers = WaitingEntry.objects.own(worker__user=request.user, offering__activity__isnull=False)
    return get_object_or_404(hers.select_related("session__venue", "booking", "offering__activity"), token=token)


@worker_required
@require_safe
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    entry = _own_entry_or_404(request, token)
    if entry.booking and entry.state in (WaitingState.OFFERED, WaitingState.PROMOTED):
        return redirect("signups:booking", entry.booking.token)
    context = {
        "entry": entry,
        "activity": entry.offering.activity,
        "position": waiting_position(entry),
        "stands": entry.state == WaitingState.WAITING,
        "story": wording.waiting_story(entry),
    }
    return render(request, "signups/waiting.html", context)


@worker_required
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    entry = _own_entry_or_404(request, token)
    try:
        leave_waiting_list(entry, by=request.user, now=clock.now())
    except Refused as error:
        messages.error(request, error.message())
    else:
        messages.success(request, _("You have left the waiting list."))
    return redirect("signups:waiting", token)


@worker_required
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Every training she attended, by year."""
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    years = transcript_of(worker)
    for year in years:
        for one in year.attended:
            one.form_words = wording.form_of(one.offering.activity)
    return render(request, "signups/hours.html", {"years": years, "worker": worker})
