"""Files pass the virus scanner before anybody can open them; while it can't be asked they are held back."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log

from services.casework.actions import requested
from services.casework.actions.scanner import Unreachable, is_harmless
from services.casework.enums import ScanState
from services.casework.models import Document, private_storage
from services.casework.notifications import HARMFUL_FILE
from services.casework.queries import documents as queries
from services.foundation.background import after_commit
from services.messaging.actions import notify

logger = logging.getLogger(__name__)
TASK = "services.casework.tasks.scan_document"


def state_of_new() -> str:
    """Where a scanner is named a new file waits for it. Where none is, it is held back, unless this installation
    says that it does without one."""
    if settings.CLAMAV_HOST:
        return ScanState.WAITING
    return ScanState.CLEAN if settings.CASE_DOCUMENTS_UNSCANNED else ScanState.QUARANTINED


def scan_after_commit(document: Document) -> None:
    if document.scan == ScanState.WAITING:
        after_commit(TASK, document.pk)


def scan(document: Document, *, now: datetime) -> str:
    """Have one file judged and note the verdict; gives the state reached. A verdict once given stays.

    A harmful file is deleted at once; she is told, and what was asked for counts as missing again.
    """
    if document.scan not in (ScanState.WAITING, ScanState.QUARANTINED) or document.removed_at is not None:
        return document.scan
    if not settings.CLAMAV_HOST:
        return _noted(document, state_of_new(), now=now)
    try:
        with document.file.open("rb") as stream:
            verdict = ScanState.CLEAN if is_harmless(stream) else ScanState.INFECTED
    except (Unreachable, OSError, ValueError):
        logger.warning("document %s could not be scanned", document.pk, exc_info=True)
        verdict = ScanState.QUARANTINED
    return _noted(document, verdict, now=now)


def scan_waiting(*, now: datetime, limit: int = 200) -> int:
    """Have every file judged that has no verdict; returns how many have one now. Stops when nobody answers."""
    judged = 0
    for document in queries.unscanned().select_related("case", "worker__user")[:limit]:
        if scan(document, now=now) == ScanState.QUARANTINED:
            break
        judged += 1
    return judged


def _noted(document: Document, verdict: str, *, now: datetime) -> str:
    with transaction.atomic():
        fresh = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if fresh.scan not in (ScanState.WAITING, ScanState.QUARANTINED):
            return fresh.scan
        fresh.scan = verdict
        fresh.save(update_fields=["scan"])
        if verdict == ScanState.INFECTED:
            _put_away(fresh, now=now)
    return verdict


def _put_away(document: Document, *, now: datetime) -> None:
    """Its line stays and says what happened; its bytes go once this is certain. She is told in plain words."""
    path = document.file.name
    document.file, document.purged_at = "", now
    document.save(update_fields=["file", "purged_at"])
    requested.reopen(document)
    log(instance=document.case, action="casework.harmful_file", user=None, data={"document": document.token})
    transaction.on_commit(lambda: private_storage().delete(path))
    if her := document.worker.user:
        notify(
            HARMFUL_FILE,
            to=her,
            context={"number": document.case.number},
            dedupe_key=document.token,
            link=reverse("casework:documents", args=[document.case.token]),
        )
