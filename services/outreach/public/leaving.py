"""Leaving by the link that every message carries: without signing in, by one tap."""

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from services.foundation import clock
from services.outreach import actions
from services.outreach.notifications import user_key_of


@csrf_exempt  # a mail program's own button has no form of ours; the signed link is what allows it, and it only ends
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A look leaves everything as it is, for scanners follow links; a post leaves. The page names nobody."""
    key = user_key_of(token)
    user = get_user_model().objects.filter(pk=key).first() if key else None
    if user is None:
        raise Http404
    done = request.method == "POST"
    if done:
        actions.leave(user, now=clock.now())
    response = render(request, "outreach/leave.html", {"done": done})
    response["Referrer-Policy"] = "no-referrer"
    return response
