"""Papers pass the virus scanner before anybody can open them; while it can't be asked they are held back.

A paper is a row with ``file``, ``scan``, ``removed_at`` and ``purged_at`` whose model stands in ``registry.papers``.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from services.casework.actions.scanner import Unreachable, is_harmless
from services.casework.enums import ScanState
from services.casework.policies.scanner import may_ask_scanner
from services.casework.registry import papers
from services.foundation.background import after_commit

logger = logging.getLogger(__name__)
TASK = "services.casework.tasks.scan_paper"
TASK_FOR_ALL = "services.casework.tasks.scan_waiting"
_NO_VERDICT = (ScanState.WAITING, ScanState.QUARANTINED)


def state_of_new() -> str:
    """Where a scanner is named a new file waits for it. Where none is, it is held back, unless this installation
    says that it does without one."""
    if settings.CLAMAV_HOST:
        return ScanState.WAITING
    return ScanState.CLEAN if settings.CASE_DOCUMENTS_UNSCANNED else ScanState.QUARANTINED


def scan_after_commit(paper) -> None:
    if paper.scan == ScanState.WAITING:
        after_commit(TASK, paper._meta.label_lower, paper.pk)


def scan(paper, *, now: datetime) -> str:
    """Have one file judged and note the verdict; gives the state reached. A verdict once given stays.

    A harmful file is deleted at once; the app whose paper it is tells whom it concerns.
    """
    if paper.scan not in _NO_VERDICT or paper.removed_at is not None:
        return paper.scan
    if not settings.CLAMAV_HOST:
        return _noted(paper, state_of_new(), now=now)
    try:
        with paper.file.open("rb") as stream:
            verdict = ScanState.CLEAN if is_harmless(stream) else ScanState.INFECTED
    except (Unreachable, OSError, ValueError):
        logger.warning("%s %s could not be scanned", paper._meta.label_lower, paper.pk, exc_info=True)
        verdict = ScanState.QUARANTINED
    return _noted(paper, verdict, now=now)


def scan_one(label: str, pk: int, *, now: datetime) -> None:
    """Judge the paper of a model by its label; one that is gone by now is none."""
    paper = papers[label].rows().filter(pk=pk).first()
    if paper is not None:
        scan(paper, now=now)


def scan_waiting(*, now: datetime, limit: int = 200) -> int:
    """Have every file judged that has no verdict, the oldest first; returns how many have one now. Stops when nobody
    answers."""
    judged = 0
    for kind in papers:
        waiting = kind.rows().filter(scan__in=_NO_VERDICT, removed_at__isnull=True).order_by("pk")
        for paper in waiting[: limit - judged]:
            if scan(paper, now=now) == ScanState.QUARANTINED:
                return judged
            judged += 1
    return judged


def ask_again(*, by) -> None:
    """Have the scanner asked once more for all that have no verdict. Raises ``PermissionDenied``."""
    may_ask_scanner(by).insist()
    after_commit(TASK_FOR_ALL)


def _noted(paper, verdict: str, *, now: datetime) -> str:
    kind = papers[paper._meta.label_lower]
    with transaction.atomic():
        fresh = kind.rows().select_for_update(of=("self",)).get(pk=paper.pk)
        if fresh.scan not in _NO_VERDICT:
            return fresh.scan
        fresh.scan = verdict
        fresh.save(update_fields=["scan"])
        if verdict == ScanState.INFECTED:
            _put_away(fresh, now=now)
            kind.harmful(fresh, now)
    return verdict


def _put_away(paper, *, now: datetime) -> None:
    """Its line stays and says what happened; its bytes go once this is certain."""
    path, storage = paper.file.name, paper.file.storage
    paper.file, paper.purged_at = "", now
    paper.save(update_fields=["file", "purged_at"])
    transaction.on_commit(lambda: storage.delete(path), robust=True)
