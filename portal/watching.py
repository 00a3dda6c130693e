"""Of every request: a number that all its log lines bear, one line when it is done, and a count for the graphs.

Neither path nor query is told, for both may lead to somebody: the name of the view is.
"""

import logging
import re
import time
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import Counter, Histogram

from portal.logs import current_id

logger = logging.getLogger("portal.requests")
HEADER = "X-Request-ID"
_NUMBER = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
REQUESTS = Counter("mumian_requests", "Requests answered, by view, method and status.", ["view", "method", "status"])
SECONDS = Histogram(
    "mumian_request_seconds", "Time to the answer, by view.", ["view"], buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
)


def watched(get_response):
    def middleware(request: HttpRequest):
        number = _number_of(request)
        before, began = current_id.set(number), time.perf_counter()
        try:
            response = get_response(request)
            _note(request, response.status_code, time.perf_counter() - began)
            response.headers[HEADER] = number
            return response
        finally:
            current_id.reset(before)

    return middleware


def _number_of(request: HttpRequest) -> str:
    """The proxy's, where there is one and it looks like one: what strangers send isn't ours to log."""
    given = request.headers.get(HEADER, "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if _NUMBER.fullmatch(given) else uuid4().hex


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    view = (match.view_name or "unnamed") if match else "none"  # none: a static file, a kept copy, a refusal before
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(view, method, str(status)).inc()
    SECONDS.labels(view).observe(seconds)
    said = {"view": view, "method": method, "status": status, "milliseconds": round(seconds * 1000)}
    logger.info("%s %s %s", method, view, status, extra=said)
