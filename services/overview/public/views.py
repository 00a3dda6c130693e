"""My services: what needs her now, what is ahead, what is behind her, and her own details."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from services.accounts.access import worker_required
from services.foundation import clock
from services.overview.queries import services_of

_LED_KEY = "led_to_claim"


@worker_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Her desk. The first time in a session, a woman without a record is led to find it."""
    hers = services_of(request.user, now=clock.now())
    if hers.needs_record and hers.claim is None and not request.session.get(_LED_KEY):
        request.session[_LED_KEY] = True
        return redirect("workers:claim")
    return render(request, "overview/home.html", {"hers": hers, "worker": hers.worker})


@worker_required
@require_POST
def show_details(request: HttpRequest) -> HttpResponse:
    """The same page with her own numbers in clear, once: going back or reloading hides them again."""
    hers = services_of(request.user, now=clock.now())
    return render(request, "overview/home.html", {"hers": hers, "worker": hers.worker, "in_clear": True})
