"""The three switches in the header: language, large print and plain words.

Anonymous pages are cached and so can't carry a CSRF token; these posts are guarded by the browser's own
statement of where they come from instead (Sec-Fetch-Site, else Origin or Referer).
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.middleware import LARGE_PRINT_COOKIE, PLAIN_WORDS_COOKIE

_YEAR = 365 * 24 * 3600
_DISPLAY = {"large": LARGE_PRINT_COOKIE, "plain": PLAIN_WORDS_COOKIE}


def from_this_site(request) -> bool:
    """True only when the browser says the request started on this site."""
    stated = request.headers.get("Sec-Fetch-Site")
    if stated:
        return stated in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def same_site_post(view):
    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request):
        if not from_this_site(request):
            raise PermissionDenied
        return view(request)

    return guarded


def _back(request) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    return HttpResponseRedirect(target)


def _remember(request, response, name: str, value: str) -> HttpResponseRedirect:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@same_site_post
def choose_language(request):
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        _remember(request, response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@same_site_post
def choose_display(request):
    response = _back(request)
    for name, cookie in _DISPLAY.items():
        if name in request.POST:
            _remember(request, response, cookie, "1" if request.POST[name] == "1" else "0")
    return response
