"""Whether this process lives, may be sent requests, and whether all that it relies on works; and numbers for graphs.

Answered before anything else: no session, no host name, no redirect. Strangers are told one word; what was found is
logged, and told to monitoring. A verdict is kept for some seconds, so that asking often costs nothing.
"""

import hmac
import logging
import time
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse

from portal import metrics, vital_signs
from services.foundation import clock
from services.foundation.references import unguessable
from services.messaging.queries import backlog

logger = logging.getLogger(__name__)
_migrated = False
_verdicts: dict[str, tuple[float, dict[str, str]]] = {}
OK = "ok"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    """Asked until the answer is yes: a process runs one version."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return OK if _migrated else "not applied"


def cache() -> str:
    caches["default"].set("health", OK, 60)
    return OK if caches["default"].get("health") else "keeps nothing"


def broker() -> str:
    for queue in vital_signs.QUEUES:
        vital_signs.waiting_in(queue)
    return OK


def workers() -> str:
    now = clock.now()
    ages = {queue: vital_signs.age_of_beat(queue, now=now) for queue in vital_signs.QUEUES}
    late = [queue for queue, age in ages.items() if age is None or age > vital_signs.QUEUES[queue]]
    return f"no beat: {', '.join(late)}" if late else OK


def storage() -> str:
    for alias in ("default", "private"):
        name = storages[alias].save(f"probe/{unguessable()}", ContentFile(b"probe"))
        storages[alias].delete(name)
    return OK


def outbox() -> str:
    late = backlog(now=clock.now()).late.total_seconds()
    return OK if late <= settings.OUTBOX_LATE_SECONDS else f"late by {late:.0f} s"


_READY = (database, migrations, cache)
CHECKS: dict[str, tuple[Callable[[], str], ...]] = {
    "live": (),
    "ready": _READY,
    "deep": (*_READY, broker, workers, storage, outbox),
}
_KEPT_FOR = {"live": 0, "ready": 2, "deep": 15}  # seconds


def found_by(kind: str) -> dict[str, str]:
    asked_at, known = _verdicts.get(kind, (0.0, {}))
    if known and time.monotonic() - asked_at < _KEPT_FOR[kind]:
        return known
    found = {check.__name__: _verdict(check) for check in CHECKS[kind]}
    if faults := {name: said for name, said in found.items() if said != OK}:
        logger.error("health (%s): %s", kind, faults)
    _verdicts[kind] = time.monotonic(), found
    return found


def _verdict(check: Callable[[], str]) -> str:
    """What breaks is told by its kind alone: messages of drivers name hosts and users."""
    try:
        return check()
    except Exception as error:
        return type(error).__name__


def is_monitoring(request: HttpRequest) -> bool:
    """By the token; or from loopback, where that is allowed and no proxy has passed it on."""
    token = settings.MONITORING_TOKEN
    if token and hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return True
    if not settings.MONITORING_FROM_LOOPBACK or {"X-Forwarded-For", "Forwarded", "Via"} & set(request.headers):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _health(request: HttpRequest, kind: str) -> HttpResponse:
    found = found_by(kind)
    well = all(said == OK for said in found.values())
    status = 200 if well else 503
    if is_monitoring(request):
        return JsonResponse({"status": OK if well else "failing", **found}, status=status)
    return HttpResponse("ok\n" if well else "failing\n", content_type="text/plain", status=status)


def _numbers(request: HttpRequest) -> HttpResponse:
    if not is_monitoring(request):
        return HttpResponseNotFound("not found\n", content_type="text/plain")
    body, kind = metrics.exposition()
    return HttpResponse(body, content_type=kind)


def health_addresses(get_response):
    answers = {f"/health/{kind}/": lambda request, kind=kind: _health(request, kind) for kind in CHECKS}
    answers["/metrics"] = _numbers

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return middleware
