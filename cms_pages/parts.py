"""What lies below the address of a page: ``poster/`` to print, ``calendar/`` to take along.

They are parts of the page: who may not see it doesn't see them, and they go when it goes.
"""

from datetime import datetime, time, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.url_routing import RouteResult

from cms_pages.short import short_address
from services.foundation import clock
from services.foundation.calendars import Event, calendar_of

POSTER, CALENDAR = "poster", "calendar"
# How long something on a programme lasts that has no end of its own.
_LASTS = timedelta(hours=1)


class WithParts:
    """Mixed into a kind of page, before ``Page``."""

    def route(self, request, path_components):
        if len(path_components) == 1 and path_components[0] in (POSTER, CALENDAR) and self.live:
            return RouteResult(self, kwargs={"part": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request, *args, part: str = "", **kwargs):
        if part == POSTER:
            return poster(request, self)
        if part == CALENDAR:
            return calendar(request, self)
        return super().serve(request, *args, **kwargs)


def qr_svg(address: str) -> SafeString:
    """A code that chat apps read: no script, no style, a class to size it by."""
    stream = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(stream, kind="svg", scale=6, border=4, xmldecl=False, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(stream.getvalue().decode())


def poster(request: HttpRequest, page) -> HttpResponse:
    """One sheet of A4: what, when, where, and the code that leads back here."""
    address = short_address(page.pk)
    context = {"page": page, "qr": qr_svg(address), "address": address, "dated": is_event(page)}
    return render(request, "cms_pages/poster.html", context)


def is_event(page) -> bool:
    return bool(getattr(page, "starts_on", None) and getattr(page, "ends_on", None))


def calendar(request: HttpRequest, page) -> HttpResponse:
    """Its days, and everything on its programme; 404 for what has no days."""
    if not is_event(page):
        raise Http404
    body = calendar_of(_events(page), maker="Pages", now=clock.now())
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{page.pk}.ics"'},
    )


def _events(page) -> list[Event]:
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    place, url = getattr(page, "place", ""), short_address(page.pk)
    changed = page.last_published_at or clock.now()
    # A training has rows of its own for its sessions, with an end each.
    sessions = [
        Event(
            key=f"session-{one.pk}@{host}",
            starts=one.starts_at,
            ends=one.ends_at,
            title=f"{one.title} · {page.title}",
            changed=changed,
            place=one.place or place,
            url=url,
        )
        for one in (page.sessions.all() if hasattr(page, "sessions") else ())
    ]
    days = Event(f"page-{page.pk}@{host}", page.starts_on, page.ends_on, page.title, changed, place, url)
    return [days, *sessions, *_programme(page, host=host, place=place, url=url, changed=changed)]


def _programme(page, *, host: str, place: str, url: str, changed: datetime) -> list[Event]:
    entries = [
        entry
        for block in getattr(page, "body", ())
        if block.block_type == "schedule"
        for entry in block.value["entries"]
    ]
    return [
        Event(
            key=f"page-{page.pk}-{number}@{host}",
            starts=_moment(entry["starts"]),
            ends=_moment(entry["starts"]) + _LASTS,
            title=f"{entry['title']} · {page.title}",
            changed=changed,
            place=entry["place"] or place,
            url=url,
        )
        for number, entry in enumerate(entries)
    ]


def _moment(given) -> datetime:
    if not isinstance(given, datetime):
        given = datetime.combine(given, time.min)
    return given if timezone.is_aware(given) else timezone.make_aware(given)
