"""Her certificate on paper, and whether one is valid, for whoever holds it in her hand."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from services.accounts import client_address
from services.accounts.access import worker_required
from services.foundation import clock
from services.foundation.pace import minutes_to_wait_for, network_of
from services.signups.certificates import certificate_of
from services.signups.models import Certificate


@worker_required
@require_safe
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    hers = Certificate.objects.own(worker__user=request.user).select_related("activity", "booking__session", "worker")
    found = get_object_or_404(hers, token=token)
    context = certificate_of(found, now=clock.now()) | {"back": ""}
    return render(request, "signups/certificate.html", context)


@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Of a valid one its number, title and hours, and whose it is not at all. One answer for a code that never was and
    for a certificate declared invalid."""
    network = network_of(client_address.of(request))
    limit = settings.CERTIFICATE_CHECKS_PER_HOUR
    if minutes_to_wait_for("certificate", network, limit=limit, now=clock.now()):
        return _sealed(render(request, "429.html", status=429))
    valid = Certificate.objects.unscoped().filter(token=token, revoked_at__isnull=True).first()
    return _sealed(render(request, "signups/certificate_check.html", {"certificate": valid, "today": clock.today()}))


def _sealed(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
