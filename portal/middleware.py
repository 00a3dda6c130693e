"""Of every request: language and large print, both from cookies, and what no address may hold."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils import translation
from django.views.defaults import bad_request

LARGE_PRINT_COOKIE = "large_print"


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
