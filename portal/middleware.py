"""Of every request: language, large print and plain words, all from cookies; and what no parameter may hold."""

import logging
import re
import traceback

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.db.models import fields
from django.utils import translation
from django.views.defaults import bad_request

# A null or half a character, a number no column holds, infinity, an edge of the calendar, a very long text.
_ODD = re.compile(r"[\0\ud800-\udfff]|\d{10}|\d[eE]\d|^(0001|9999)-|.{500}", re.DOTALL)
LARGE_PRINT_COOKIE = "large_print"
PLAIN_WORDS_COOKIE = "plain_words"
logger = logging.getLogger(__name__)


def language_of(request) -> str:
    """The language chosen by cookie, else the site's default; the browser's own wish is not asked."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def display_preferences(get_response):
    """Activate the chosen language and note large print and plain words. Pages default to Chinese for everybody."""

    def middleware(request):
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        request.large_print = request.COOKIES.get(LARGE_PRINT_COOKIE) == "1"
        request.plain_words = request.COOKIES.get(PLAIN_WORDS_COOKIE) == "1"
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return middleware


def refuse_null_characters(get_response):
    """400 for a path with a null character: PostgreSQL keeps none in texts and would answer with an error."""

    def middleware(request):
        if "\0" in request.path_info:
            return bad_request(request, BadRequest())
        return get_response(request)

    return middleware


class RefuseUnreadableParameters:
    """400 at the desk for a parameter that no query can hold.

    Wagtail's own pages ask the database with what they are given: a date at the edge of the calendar, a text where
    a key belongs, a search of two thousand characters would each end in the page that says something of ours broke.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not request.path_info.startswith("/admin/") or not _unreadable(request, exception):
            return None
        logger.warning("unreadable parameter at %s %s: %s", request.method, request.path, type(exception).__name__)
        return bad_request(request, exception)


def _unreadable(request, exception: Exception) -> bool:
    """Is it the fault of something that was sent? What breaks on an ordinary value is a defect of ours and is told so.

    A number, a date or a text that doesn't fit; a value that a field refused, when it is one that was sent; a null
    character, which neither database takes.
    """
    given = _given(request)
    if isinstance(exception, (OverflowError, RecursionError, UnicodeError)) and any(map(_ODD.search, given)):
        return True
    if isinstance(exception, (ValueError, TypeError)) and _refused_by_a_field(exception, given):
        return True
    return any("\0" in text for text in given) and isinstance(exception, (ValueError, DatabaseError))


def _given(request) -> list[str]:
    """Every name and value that was sent, and what stands in the address in place of a key."""
    sent = [text for name, values in (*request.GET.lists(), *request.POST.lists()) for text in (name, *values)]
    match = request.resolver_match
    return [*sent, *(str(value) for value in (match.kwargs.values() if match else ()))]


def _refused_by_a_field(exception: Exception, given: list[str]) -> bool:
    """A field of a model refused to make a value of its own kind out of what it was given."""
    *_rest, (frame, _line) = traceback.walk_tb(exception.__traceback__)
    if frame.f_globals.get("__name__") != fields.__name__ or frame.f_code.co_name != "get_prep_value":
        return False
    refused = str(frame.f_locals.get("value"))
    return any(refused == text or (refused and refused in text) for text in given)
