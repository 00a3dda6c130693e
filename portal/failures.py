"""The pages that are shown when something of ours broke, or the database or the files are out of reach.

The first one has a number that leads to the log entry, and nothing else.
"""

import logging
import sys

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found

from portal.outages import outage
from services.foundation.references import digits
from services.foundation.stored import NotInStore, StoreUnreachable

logger = logging.getLogger(__name__)


_SECONDS_AWAY = "30"
_SECONDS_WITHOUT_FILES = "60"


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor session. The number is logged beside the path, never with the query string.

    Where it is the database that can't be asked, a page of its own says so, with 503: that passes, and nobody at her
    union can help.
    """
    if what := outage(sys.exc_info()[1]):
        return _database_away(request, what)
    number = digits(8)
    logger.error("server error %s at %s %s", f"E{number}", request.method, request.path)
    page = loader.get_template("500.html").render({"error_number": f"E{number}"})
    return HttpResponseServerError(page)


def _database_away(request: HttpRequest, what: str) -> HttpResponse:
    logger.error("the database is %s at %s %s", what, request.method, request.path)
    page = loader.get_template("503_database.html").render({"full": what == "full", "sent": request.method == "POST"})
    return _for_a_while(HttpResponse(page, status=503), _SECONDS_AWAY)


def _for_a_while(page: HttpResponse, seconds: str) -> HttpResponse:
    page.headers["Retry-After"] = seconds
    add_never_cache_headers(page)
    return page


class FilesOutOfReach:
    """What a page is answered that needs a file nobody can give: 503 in words while the store of files doesn't answer,
    404 for a file that it doesn't have. Pages that can do without a file never come here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotInStore):
            logger.warning("a stored file is missing at %s %s", request.method, request.path)
            return page_not_found(request, Http404())
        if not isinstance(exception, StoreUnreachable):
            return None
        logger.error("the store of files can't be reached at %s %s: %s", request.method, request.path, exception)
        page = render(request, "503.html", {"sent": request.method == "POST"}, status=503)
        return _for_a_while(page, _SECONDS_WITHOUT_FILES)
