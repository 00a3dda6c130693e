"""Papers of a batch: added, taken back, opened. A file is on disk before its row says so."""

from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.look_into import look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.errors import TooManyUploads
from services.casework.rules.files import shown_name
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import put
from services.foundation.strays import delete_strays
from services.mutual_aid import notifications, policies
from services.mutual_aid.actions.batch_lines import refresh
from services.mutual_aid.actions.enrolling import hold_batch
from services.mutual_aid.models import BatchPaper, EnrolmentBatch
from services.mutual_aid.models.enrolment import private_storage


def add_paper(batch: EnrolmentBatch, *, kind: str, upload: BinaryIO, name: str, by, now: datetime) -> BatchPaper:
    """A photo is drawn anew, a PDF kept as it came; the same file again answers with the earlier one.

    Raises ``PermissionDenied``, ``BatchClosed``, ``TooManyUploads``, ``NotKept`` or a ``DocumentRefused``.
    Lock: the batch.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("batch-paper", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    checked = look_into(upload)
    with transaction.atomic():
        batch = hold_batch(batch)
        there = BatchPaper.objects.filter(batch=batch, kind=kind, digest=checked.digest, removed_at__isnull=True)
        if earlier := there.first():
            return earlier
        paper = BatchPaper(
            batch=batch,
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
        put(paper.file, "paper", checked.stream)
        paper.save()
        scan_after_commit(paper)
        refresh(batch, now=now)
        log(batch, "mutual_aid.add_paper", user=by)
    return paper


@transaction.atomic
def remove_paper(paper: BatchPaper, *, by, now: datetime) -> None:
    """Its line stays, its file is deleted. Raises ``PermissionDenied``, ``BatchClosed``. Lock: the batch."""
    policies.may_prepare_batch(by, paper.batch.organization).insist()
    batch = hold_batch(paper.batch)
    found = BatchPaper.objects.filter(pk=paper.pk, batch=batch, removed_at__isnull=True).first()
    if found is None:
        return
    name, storage = found.file.name, found.file.storage
    found.removed_at = found.purged_at = now
    found.file = ""
    found.save(update_fields=["removed_at", "purged_at", "file"])
    transaction.on_commit(lambda: storage.delete(name), robust=True)
    refresh(batch, now=now)
    log(batch, "mutual_aid.remove_paper", user=by)


def tell_of_harmful(paper: BatchPaper, now: datetime) -> None:
    """The paper is missing again. Whoever added it is told; a batch that was handed in stays where it is, and whoever
    confirms it finds the paper missing. Runs in the transaction that noted the verdict."""
    log(paper.batch, "mutual_aid.harmful_paper", data={"paper": paper.token})
    notifications.tell_unit(notifications.HARMFUL_PAPER, paper.batch, to=paper.added_by)


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(BatchPaper.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "mutual_aid", of_rows, now=now)
