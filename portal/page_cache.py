"""Ready-made copies of public pages for visitors who carry no session.

A page says itself for how long a copy may be kept (``response.page_cache_seconds``); a copy is also dropped as soon
as anything is published. Copies are told apart by host, path, page number, language, large print and plain words. A
response that sets a cookie, or whose page holds a CSRF token, is never kept. Copies have a cache of their own: a flood
of addresses can push out other copies, never the counters that limit sign-in.
"""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from cms_pages import freshness
from portal.middleware import LARGE_PRINT_COOKIE, PLAIN_WORDS_COOKIE, language_of

_PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
_KEPT_HEADERS = ("Content-Type", "Content-Length", "Content-Language", "X-Frame-Options")


def _key(request) -> str | None:
    """Where a copy of this request's page would lie; None when the answer may not come from a copy."""
    if request.method not in ("GET", "HEAD") or any(name in request.COOKIES for name in _PERSONAL_COOKIES):
        return None
    number = request.GET.get("p", "")
    if set(request.GET) - {"p"} or (number and not (number.isascii() and number.isdigit() and len(number) < 4)):
        return None
    display = "".join(str(int(request.COOKIES.get(name) == "1")) for name in (LARGE_PRINT_COOKIE, PLAIN_WORDS_COOKIE))
    place = f"{request.scheme}:{request.get_host()}{request.path}?{number}"
    return f"page:{freshness.generation()}:{language_of(request)}:{display}:{place}"


def _may_be_kept(request, response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE" not in request.META
        and getattr(response, "page_cache_seconds", 0) > 0
    )


def _for_browsers(request, response) -> HttpResponse:
    """Browsers ask again each time; what a signed-in person saw isn't kept on a shared phone."""
    patch_vary_headers(response, ("Cookie",))
    if "Cache-Control" not in response:
        personal = any(name in request.COOKIES for name in _PERSONAL_COOKIES)
        response["Cache-Control"] = "private, no-store" if personal else "private, no-cache"
    return response


def anonymous_page_cache(get_response):
    def middleware(request):
        key = _key(request)
        copy = caches["pages"].get(key) if key else None
        if copy is not None:
            body, headers = copy
            response = HttpResponse(body, headers=headers)
            return _for_browsers(request, response)
        response = get_response(request)
        if key and request.method == "GET" and _may_be_kept(request, response):
            headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            caches["pages"].set(key, (response.content, headers), timeout=response.page_cache_seconds)
        if response.get("Content-Type", "").startswith("text/html"):
            _for_browsers(request, response)
        return response

    return middleware
