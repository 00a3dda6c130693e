"""What is on: the list, one activity with its sessions, and a session as a calendar file."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from services.bookings.models import Session
from services.bookings.queries import live_booking, own_waiting, sessions_ahead
from services.foundation import clock
from services.signups import queries, wording
from services.signups.public.calendar import calendar_file, event
from services.signups.queries.live import live_state
from services.workers.queries import worker_of

SHOWN, OVER_SHOWN = 200, 20


def activity_or_404(code: str):
    rows = queries.with_places_left(queries.public_activities(), now=clock.now())
    return get_object_or_404(rows, code=code)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """One query: what is open, what opens soon, and the newest of what is over."""
    now = clock.now()
    rows = queries.with_places_left(queries.public_activities(), now=now)
    shown = [
        {"activity": row, "state": live_state(row, now=now), "form": wording.form_of(row)}
        for row in rows.order_by("-offering__closes_at", "-pk")[:SHOWN]
    ]
    open_ones = [row for row in shown if row["state"].phase in ("open", "full")]
    return render(
        request,
        "signups/list.html",
        {
            "open": sorted(open_ones, key=lambda row: row["state"].closes_at),
            "coming": [row for row in reversed(shown) if row["state"].phase == "coming"],
            "over": [row for row in shown if row["state"].phase == "closed"][:OVER_SHOWN],
        },
    )


@require_safe
def activity(request: HttpRequest, code: str) -> HttpResponse:
    shown = activity_or_404(code)
    now = clock.now()
    worker = worker_of(request.user)
    context = {
        "activity": shown,
        "offering": shown.offering,
        "state": live_state(shown, now=now),
        "form_words": wording.form_of(shown),
        "sessions": list(sessions_ahead(shown.offering, now)),
        "booking": live_booking(shown.offering_id, worker) if worker else None,
        "waiting": own_waiting(shown.offering, worker) if worker else None,
    }
    return render(request, "signups/activity.html", context)


@require_safe
def session_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A session of an activity that stands on the public site, for anybody's calendar."""
    shown = queries.public_activities().values("offering")
    rows = Session.objects.filter(offering__in=shown, capacity__gt=0).select_related("venue", "offering")
    session = rows.filter(token=token).first()
    if session is None:
        raise Http404
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    body = calendar_file([event(session, uid=f"{session.token}@{host}", now=clock.now())])
    return ics(body, "activity")


def ics(body: str, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
