"""Papers of a record: added, taken back, judged by the scanner. A file is on disk before its row says so."""

import logging
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanner import Unreachable, is_harmless
from services.casework.actions.scanning import state_of_new
from services.casework.enums import ScanState
from services.casework.errors import TooManyUploads
from services.casework.models import private_storage
from services.casework.rules.files import shown_name
from services.coverage import errors, policies
from services.coverage.actions.holding import hold_committee
from services.coverage.models import Paper, Term
from services.coverage.queries.papers import papers_in, unscanned
from services.foundation.background import after_commit
from services.foundation.pace import minutes_to_wait
from services.foundation.strays import delete_strays
from services.organizations.models import Organization

logger = logging.getLogger(__name__)
TASK = "services.coverage.tasks.scan_papers"


def add_paper(
    organization: Organization,
    *,
    kind: str,
    upload: BinaryIO,
    name: str,
    by,
    now: datetime,
    term: Term | None = None,
) -> Paper:
    """A photo is drawn anew, so that it loses what the camera wrote into it; a PDF is kept as it came. The same file
    again answers with the earlier one.

    Raises ``PermissionDenied``, ``UnionClosed``, ``TooManyUploads``, ``PaperRefused`` (too many) or a
    ``DocumentRefused``. Lock: the committee.
    """
    policies.may_file(by, organization).insist()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("coverage-paper", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    checked = look_into(upload)
    with transaction.atomic():
        committee = hold_committee(organization)
        there = papers_in(organization)
        if earlier := there.filter(kind=kind, digest=checked.digest).first():
            return earlier
        if there.count() >= settings.CASE_MAX_DOCUMENTS:
            raise errors.PaperRefused(limit=settings.CASE_MAX_DOCUMENTS)
        paper = Paper(
            organization=organization,
            term=term,
            kind=kind,
            name=shown_name(name) or "-",
            extension=checked.extension,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            scan=state_of_new(),
            added_by=by,
            added_at=now,
        )
        paper.file.save("paper", File(checked.stream), save=False)
        paper.save()
        log(committee, "coverage.add_paper", user=by, data={"kind": kind}, timestamp=now)
        if paper.scan == ScanState.WAITING:
            after_commit(TASK)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by, now: datetime) -> None:
    """Its line stays, its file is deleted; again: no change. Raises ``PermissionDenied``, ``UnionClosed``."""
    policies.may_file(by, paper.organization).insist()
    committee = hold_committee(paper.organization)
    found = papers_in(paper.organization).filter(pk=paper.pk).first()
    if found is None:
        return
    _put_away(found, now=now)
    log(committee, "coverage.remove_paper", user=by, data={"kind": found.kind}, timestamp=now)


def scan_waiting(*, now: datetime, limit: int = 200) -> int:
    """Have every paper judged that has no verdict; returns how many have one now. Stops when nobody answers."""
    judged = 0
    for paper in unscanned()[:limit]:
        if _judge(paper, now=now) == ScanState.QUARANTINED:
            break
        judged += 1
    return judged


def _judge(paper: Paper, *, now: datetime) -> str:
    if not settings.CLAMAV_HOST:
        verdict = state_of_new()
    else:
        try:
            with paper.file.open("rb") as stream:
                verdict = ScanState.CLEAN if is_harmless(stream) else ScanState.INFECTED
        except (Unreachable, OSError, ValueError):
            logger.warning("paper %s could not be scanned", paper.pk, exc_info=True)
            verdict = ScanState.QUARANTINED
    with transaction.atomic():
        fresh = unscanned().select_for_update(of=("self",)).filter(pk=paper.pk).first()
        if fresh is None:
            return verdict
        fresh.scan = verdict
        fresh.save(update_fields=["scan"])
        if verdict == ScanState.INFECTED:
            _put_away(fresh, now=now)
            log(fresh.organization, "coverage.harmful_paper", user=None, data={"kind": fresh.kind})
    return verdict


def _put_away(paper: Paper, *, now: datetime) -> None:
    name = paper.file.name
    paper.file, paper.removed_at = "", now
    paper.save(update_fields=["file", "removed_at"])
    transaction.on_commit(lambda: private_storage().delete(name))


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(Paper.objects.unscoped().filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "coverage", of_rows, now=now)
