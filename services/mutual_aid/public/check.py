"""Whether a certificate is valid, for whoever holds it in her hand: "valid" or "not valid", and nothing more."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from services.accounts import client_address
from services.foundation import clock
from services.foundation.pace import minutes_to_wait_for, network_of
from services.mutual_aid.enums import CoverState
from services.mutual_aid.models import CoverVersion


@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """One answer for a code that never was, for a void cover and for one that is over: "not valid"."""
    network = network_of(client_address.of(request))
    limit = settings.CERTIFICATE_CHECKS_PER_HOUR
    if minutes_to_wait_for("certificate", network, limit=limit, now=clock.now()):
        return _sealed(render(request, "429.html", status=429))
    today = clock.today()
    versions = CoverVersion.objects.unscoped().filter(
        cover__token=token,
        known_until__isnull=True,
        state=CoverState.IN_FORCE,
        first_day__lte=today,
        last_day__gte=today,
    )
    return _sealed(render(request, "mutual_aid/certificate_check.html", {"valid": versions.exists(), "today": today}))


def _sealed(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
