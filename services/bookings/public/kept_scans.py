"""Scans that a phone at the door kept while there was no network, sent as soon as there is one."""

import json
from datetime import timedelta

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from services.bookings import actions, queries
from services.bookings.enums import ScanOutcome
from services.bookings.errors import Busy
from services.bookings.forms import KeptScanForm
from services.bookings.models import Venue
from services.bookings.public.access import site_staff_required
from services.bookings.public.views import said, site_for
from services.foundation import clock
from services.foundation.errors import Refused

MOST_BYTES, MOST_AT_ONCE = 64_000, 200


@require_POST
@site_staff_required
def kept(request: HttpRequest, venues: list[Venue]) -> JsonResponse:
    """Each scan is taken by itself, for the moment at which it was made: one that isn't fit holds up no other.

    The answer says which of them the phone may forget, and what somebody has to look at.
    """
    try:
        sent = json.loads(request.body)["scans"] if len(request.body) <= MOST_BYTES else None
        if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
            raise ValueError("scans")
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": _("This can't be read.")}, status=400)
    taken, came, look = [], 0, []
    for one in sent[:MOST_AT_ONCE]:
        form = KeptScanForm(one)
        words = " ".join(next(iter(form.errors.values()))) if not form.is_valid() else ""
        if not words:
            try:
                outcome, words = _take(form, request, venues)
            except Busy:
                continue
            came += outcome == ScanOutcome.CHECKED_IN
        taken.append(one.get("key"))
        if words:
            look.append(_(": ").join([form.called, words]))
    words = ngettext("%(count)s woman is checked in.", "%(count)s women are checked in.", came) % {"count": came}
    return JsonResponse({"taken": taken, "saved": words, "look": look})


def _take(form: KeptScanForm, request: HttpRequest, venues: list[Venue]) -> tuple[ScanOutcome | None, str]:
    """What the scan meant, and in words what somebody has to look at; nothing where she was checked in."""
    code, now = form.cleaned_data["code"], clock.now()
    venue = site_for(queries.booking_by_code(code), venues)
    moment = now - timedelta(seconds=form.cleaned_data["ago"])
    try:
        outcome, booking = actions.check_in(token=code, venue=venue, by=request.user, now=now, scanned_at=moment)
    except Busy:
        raise
    except Refused as refusal:
        return None, refusal.message(staff=True)
    return outcome, "" if outcome in (ScanOutcome.CHECKED_IN, ScanOutcome.ALREADY) else said(outcome, booking)
