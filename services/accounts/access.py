"""Who may open a page of her side: a decorator for every app's public face."""

from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from services.foundation import clock

_CONFIRMED = "confirmed_at"


def worker_required(view):
    """Let a signed-in woman worker in; lead a visitor to signing in and back; refuse staff with 403."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(_return_path(request), resolve_url("accounts:sign_in"))
        if not user.is_worker:
            raise PermissionDenied(_("This page is for women workers. You are signed in as staff."))
        return view(request, *args, **kwargs)

    return guarded


def to_confirm(request: HttpRequest) -> HttpResponse:
    """Lead her to the extra step, a code to her phone, and back: for a page that a phone left lying must not show.

    Asked by the view once it knows that the page is hers, so that the step tells nothing to anybody else.
    """
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': _return_path(request)})}")


def is_confirmed(request: HttpRequest) -> bool:
    """Whether she has confirmed within the last minutes."""
    age = clock.now().timestamp() - request.session.get(_CONFIRMED, 0)
    return timedelta(0) <= timedelta(seconds=age) < timedelta(seconds=settings.CONFIRMED_SECONDS)


def note_confirmed(request: HttpRequest) -> None:
    """She has just given the right code in this session."""
    request.session[_CONFIRMED] = clock.now().timestamp()


def _return_path(request) -> str:
    """Where she goes after signing in: the page itself, or the page she posted from."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path
