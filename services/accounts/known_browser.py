"""The cookie of a browser in which a number was signed in before: codes are kept for it that no stranger can spend.

It opens nothing and names nobody: a random name of the browser and, for each number, a keyed digest of both.
"""

from django.conf import settings
from django.urls import reverse

from services.accounts.models import OneTimeCode
from services.foundation.references import unguessable

_COOKIE = "known_browser"
_SALT = "accounts.known_browser"
_MOST_NUMBERS = 4  # a family's telephone; on a counter's computer the last few


def known_index(request, phone: str) -> str:
    """What this browser and ``phone`` are counted under when it is known for that number, else ''."""
    browser, known = _read(request)
    mark = OneTimeCode.known_index_of(browser, phone)
    return mark if mark in known else ""


def remember(request, response, phone: str) -> None:
    """Make this browser known for ``phone``; the numbers that were signed in here longest ago are forgotten."""
    browser, known = _read(request)
    browser = browser or unguessable()
    mark = OneTimeCode.known_index_of(browser, phone)
    kept = [mark, *(other for other in known if other != mark)][:_MOST_NUMBERS]
    response.set_signed_cookie(
        _COOKIE,
        " ".join([browser, *kept]),
        salt=_SALT,
        max_age=_seconds(),
        path=reverse("accounts:sign_in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request) -> tuple[str, list[str]]:
    """The browser's name and its marks; a cookie that is forged or too old counts for nothing."""
    browser, *known = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_seconds()).split(" ")
    return browser, known


def _seconds() -> int:
    return settings.KNOWN_BROWSER_DAYS * 24 * 3600
