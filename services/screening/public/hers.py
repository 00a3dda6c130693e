"""What she does with a booking or a place on the waiting list: look, move, cancel, answer an offer, wait, leave."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.bookings import wording as conduct_wording
from services.bookings.enums import BookingState, WaitingState
from services.bookings.errors import AlreadyBooked, DrawDecides
from services.bookings.models import Booking, WaitingEntry
from services.bookings.qr import check_in_svg
from services.bookings.queries import conduct_of, own_waiting, waiting_position
from services.bookings.rules import changeable, counts_as_late, cutoff
from services.foundation import clock
from services.foundation.errors import Refused
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening import actions
from services.screening.errors import ConsentMissing
from services.screening.forms.hers import SessionForm, WaitingForm
from services.screening.public.booking import lead_to_claim, own_booking_or_404, to_booking
from services.screening.public.calendar import calendar_file
from services.screening.public.catalogue import programme_or_404
from services.screening.public.timeline import timeline_of, waiting_story
from services.screening.queries import drawing_of, last_movement
from services.screening.queries.choosing import sites_to_choose
from services.screening.queries.results import result_of
from services.workers.queries import worker_of


@worker_required
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, own_booking_or_404(request, token))


def _show(request: HttpRequest, shown: Booking, *, refusal: str = "") -> HttpResponse:
    now = clock.now()
    hours = shown.offering.change_cutoff_hours
    starts = shown.session.starts_at
    live = shown.state in (BookingState.CONFIRMED, BookingState.HELD, BookingState.OFFERED)
    context = {
        "booking": shown,
        "programme": shown.offering.screening_programme,
        "entries": timeline_of(shown),
        "change_until": cutoff(starts, hours),
        "changeable": live and changeable(now, starts_at=starts, hours=hours),
        "lapsed": shown.held_until is not None and shown.held_until <= now,
        "code": check_in_svg(_door_of(shown)) if shown.state == BookingState.CONFIRMED else "",
        "refusal": refusal,
        "result": result_of(shown) if shown.state == BookingState.ATTENDED else None,
        "late_from": cutoff(starts, late) if (late := shown.offering.late_cancel_hours) is not None else None,
    }
    return render(request, "screening/booking.html", context)


def _door_of(shown: Booking) -> str:
    """The address at which the site checks her in, absolute: the site's own camera opens it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("bookings:door", args=[shown.token])


@worker_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    if shown.state != BookingState.CONFIRMED:
        return redirect("screening:booking", token)
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    reminder = _("Tomorrow: %(title)s") % {"title": shown.offering.title}
    body = calendar_file(shown, host=host, now=clock.now(), reminder=reminder)
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{shown.number}.ics"'},
    )


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    if not shown.is_live or shown.state == BookingState.ATTENDED:
        return redirect("screening:booking", token)
    now = clock.now()
    sites = sites_to_choose(shown.offering, None, now=now)
    form = SessionForm(request.POST if request.method == "POST" else None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move(shown, to=form.cleaned_data["session"], by=request.user, now=now)
        except Refused as error:
            form.add_error("session", error.message())
            sites = sites_to_choose(shown.offering, None, now=now)
        else:
            if moved.session_id != shown.session_id:
                messages.success(request, _("Your booking has been moved. The new time is below."))
            return to_booking(moved)
    context = {
        "booking": shown,
        "form": form,
        "sites": sites,
        "chosen": form["session"].value(),
        "changeable": changeable(now, starts_at=shown.session.starts_at, hours=shown.offering.change_cutoff_hours),
    }
    return render(request, "screening/move.html", context)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_booking_or_404(request, token)
    refusal = ""
    if request.method == "POST":
        try:
            actions.cancel(shown, by=request.user, now=clock.now())
        except Refused as error:
            refusal = error.message()
        else:
            messages.success(request, _("Your booking is cancelled and the place has been passed on."))
            return redirect("screening:booking", token)
    elif not shown.is_live or shown.state == BookingState.ATTENDED:
        return redirect("screening:booking", token)
    hours = shown.offering.change_cutoff_hours
    context = {
        "booking": shown,
        "refusal": refusal,
        "changeable": changeable(clock.now(), starts_at=shown.session.starts_at, hours=hours),
        "late": _if_late(shown),
    }
    return render(request, "screening/cancel.html", context)


def _if_late(shown: Booking) -> list[str]:
    """What cancelling now would be counted as; empty while it is in time."""
    now, starts, hours = clock.now(), shown.session.starts_at, shown.offering.late_cancel_hours
    if shown.state != BookingState.CONFIRMED or not counts_as_late(now, starts_at=starts, hours=hours):
        return []
    missed = conduct_of(shown.worker, shown.offering, on=timezone.localdate(now), besides=[timezone.localdate(starts)])
    return conduct_wording.late(missed, hours)


@worker_required
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the place offered from the waiting list or kept by her union. Without her consent she is asked first."""
    shown = own_booking_or_404(request, token)
    try:
        actions.accept(shown, by=request.user, now=clock.now())
    except ConsentMissing:
        return redirect("screening:consent", shown.offering.screening_programme.code)
    except Refused as error:
        shown.refresh_from_db()
        return _show(request, shown, refusal=error.message())
    return redirect("screening:booked", token)


@worker_required
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Pass the offered place on. Twice is once."""
    shown = own_booking_or_404(request, token)
    if shown.state == BookingState.OFFERED:
        try:
            actions.cancel(shown, by=request.user, now=clock.now())
        except Refused as error:
            shown.refresh_from_db()
            return _show(request, shown, refusal=error.message())
        messages.success(request, _("You passed the place on. Thank you: another woman gets it now."))
    return redirect("screening:booking", token)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what to wait for: any session, or one."""
    programme = programme_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    if entry := own_waiting(programme.offering, worker):
        return _to_entry(entry)
    if not standing_consent(request.user, Purpose.SCREENING):
        return redirect("screening:consent", code)
    now = clock.now()
    drawing = drawing_of(programme, worker, on=timezone.localdate(now))
    sites = sites_to_choose(programme.offering, drawing.places, now=now)
    form = WaitingForm(request.POST if request.method == "POST" else None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.join_waiting_list(
                programme, session=form.cleaned_data["session"], worker=worker, by=request.user, now=now
            )
            return _to_entry(entry)
        except AlreadyBooked as error:
            return to_booking(error.booking) if error.booking else redirect("screening:book", code)
        except DrawDecides:
            return redirect("screening:draw", code)
        except Refused as error:
            form.add_error("session", error.message())
    context = {"programme": programme, "form": form, "sites": sites, "chosen": form["session"].value()}
    return render(request, "screening/join.html", context)


def _to_entry(entry: WaitingEntry) -> HttpResponse:
    if entry.state == WaitingState.OFFERED and entry.booking:
        return redirect("screening:booking", entry.booking.token)
    return redirect("screening:waiting", entry.token)


def _own_entry_or_404(request: HttpRequest, token: str) -> WaitingEntry:
    hers = WaitingEntry.objects.own(worker__user=request.user, offering__screening_programme__isnull=False)
    return get_object_or_404(
        hers.select_related("session__venue", "booking", "offering__screening_programme"), token=token
    )


@worker_required
@require_safe
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    entry = _own_entry_or_404(request, token)
    if entry.booking and entry.state in (WaitingState.OFFERED, WaitingState.PROMOTED):
        return redirect("screening:booking", entry.booking.token)
    context = {
        "entry": entry,
        "programme": entry.offering.screening_programme,
        "position": waiting_position(entry),
        "stands": entry.state == WaitingState.WAITING,
        "movement": last_movement(entry),
        "story": waiting_story(entry),
    }
    return render(request, "screening/waiting.html", context)


@worker_required
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    entry = _own_entry_or_404(request, token)
    try:
        actions.leave_waiting_list(entry, by=request.user, now=clock.now())
    except Refused as error:
        messages.error(request, error.message())
    else:
        messages.success(request, _("You have left the waiting list."))
    return redirect("screening:waiting", token)
