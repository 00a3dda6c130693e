"""What waits for an officer in signups. Everything is derived by query; nothing is stored."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.bookings.enums import BookingState
from services.bookings.models import Session
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.signups.models import Activity
from services.signups.policies import RUNNERS

LOOK_BACK = timedelta(days=60)


def todos_for(user) -> list[Todo]:
    """Two queries, and none for somebody who runs no activities."""
    paths = scope_of(user).paths(roles=RUNNERS)
    if not paths:
        return []
    now = clock.now()
    return [*_attendance_open(paths, now), *_certificates_due(paths, now)]


def _attendance_open(paths, now: datetime) -> list[Todo]:
    """Sessions that are over and still expect somebody."""
    rows = (
        Session.objects.filter(
            path_filter("offering__organization__path", paths),
            offering__activity__isnull=False,
            ends_at__lte=now,
            ends_at__gt=now - LOOK_BACK,
        )
        .annotate(open=Count("bookings", Q(bookings__state=BookingState.CONFIRMED)))
        .filter(open__gt=0)
        .order_by("ends_at", "pk")
        .values_list("token", "ends_at", "open", "offering__activity__title", "offering__activity__code")
    )
    found = []
    for token, ends_at, count, title, code in rows:
        text = ngettext(
            "%(title)s: say of %(count)s woman whether she came",
            "%(title)s: say of %(count)s women whether they came",
            count,
        )
        words = {"title": title, "count": count}
        found.append(Todo(text % words, reverse("signups_desk:attendance", args=[code, token]), since=ends_at))
    return found


def _certificates_due(paths, now: datetime) -> list[Todo]:
    due = Q(
        offering__bookings__state=BookingState.ATTENDED,
        offering__bookings__session__ends_at__lte=now,
        offering__bookings__session__ends_at__gt=now - LOOK_BACK,
        offering__bookings__certificate=None,
    )
    rows = (
        Activity.objects.filter(path_filter("organization__path", paths), certificates=True)
        .annotate(due=Count("offering__bookings", due))
        .filter(due__gt=0)
        .order_by("pk")
        .values_list("title", "code", "due")
    )
    found = []
    for title, code, count in rows:
        text = ngettext(
            "%(title)s: %(count)s certificate can be issued", "%(title)s: %(count)s certificates can be issued", count
        )
        found.append(Todo(text % {"title": title, "count": count}, reverse("signups_desk:certificates", args=[code])))
    return found
