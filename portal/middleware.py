"""Of every request: language and large print, both from cookies, and what no address and no parameter may hold."""

import logging
import traceback

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.db.models import fields
from django.utils import translation
from django.views.defaults import bad_request

LARGE_PRINT_COOKIE = "large_print"
logger = logging.getLogger(__name__)


def language_of(request) -> str:
    """The language chosen by cookie, else the site's default; the browser's own wish is not asked."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def display_preferences(get_response):
    """Activate the chosen language and note large print. Pages default to Chinese for everybody."""

    def middleware(request):
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        request.large_print = request.COOKIES.get(LARGE_PRINT_COOKIE) == "1"
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
    """Does it say that a value doesn't fit, or is there a null character, which neither database takes?"""
    if isinstance(exception, (OverflowError, RecursionError, UnicodeError)):
        return True
    if isinstance(exception, (ValueError, TypeError)) and _raised_by_a_field(exception):
        return True
    given = [*request.GET.lists(), *request.POST.lists()]
    null = any("\0" in text for name, values in given for text in (name, *values))
    return null and isinstance(exception, (ValueError, DatabaseError))


def _raised_by_a_field(exception: Exception) -> bool:
    """A field of a model refused to make a value of its own kind out of what it was given."""
    *_rest, (frame, _line) = traceback.walk_tb(exception.__traceback__)
    return frame.f_globals.get("__name__") == fields.__name__ and frame.f_code.co_name == "get_prep_value"
