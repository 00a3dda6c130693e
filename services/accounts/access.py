"""Who may open a page of her side: a decorator for every app's public face."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


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


def _return_path(request) -> str:
    """Where she goes after signing in: the page itself, or the page she posted from."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path
