"""Whose pages these are: a secret in the browser's session, good for half an hour."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from services.child_files.actions.links import end_session, session_link
from services.foundation import clock

_HELD = "child_guardian"


def enter(request: HttpRequest, secret: str) -> None:
    request.session.cycle_key()
    request.session[_HELD] = secret


def leave(request: HttpRequest) -> None:
    link = session_link(request.session.pop(_HELD, ""), clock.now())
    if link:
        end_session(link, now=clock.now())


def guardian_required(view: Callable) -> Callable:
    """Gives the view the guardianship; everybody else is told how to get in."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        secret = request.session.get(_HELD, "")
        link = session_link(secret, clock.now()) if secret else None
        if link is None:
            return redirect("child_files:over")
        return view(request, link.guardianship, *args, **kwargs)

    return asked
