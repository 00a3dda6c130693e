"""The daily sweep: files taken back, uploads nobody came back for, files that no row knows, old typing of the desk."""

from datetime import datetime, timedelta

from django.conf import settings

from services.casework.actions.typing import drop_old_of_desk
from services.casework.actions.uploads import discard_upload
from services.casework.models import Document, private_storage
from services.casework.queries import documents as queries
from services.foundation.strays import delete_strays

_AT_ONCE = 500


def purge(*, now: datetime) -> dict[str, int]:
    """Delete what nothing needs any more; safe to run twice at once. Returns how many of each were deleted."""
    return {
        "taken_back": _purge_taken_back(now=now),
        "uploads": _purge_uploads(now=now),
        "strays": _purge_strays(now=now),
        "typing": drop_old_of_desk(now=now),
    }


def _purge_taken_back(*, now: datetime) -> int:
    before = now - timedelta(days=settings.CASE_REMOVED_DOCUMENT_DAYS)
    gone = list(queries.to_purge(removed_before=before)[:_AT_ONCE])
    for document in gone:
        if document.file:
            private_storage().delete(document.file.name)
        Document.objects.filter(pk=document.pk).update(file="", purged_at=now)
    return len(gone)


def _purge_uploads(*, now: datetime) -> int:
    before = now - timedelta(days=settings.CASE_UPLOAD_DAYS)
    forgotten = list(queries.forgotten_uploads(touched_before=before)[:_AT_ONCE])
    for upload in forgotten:
        discard_upload(upload)
    return len(forgotten)


def _purge_strays(*, now: datetime) -> int:
    """What a process left that was killed between storing a file and writing its row."""
    storage = private_storage()
    return delete_strays(storage, "cases", _of_documents, now=now) + delete_strays(
        storage, "uploads", _of_upload, now=now
    )


def _of_documents(folder: str) -> set[str]:
    return set(Document.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))


def _of_upload(folder: str) -> set[str]:
    upload = queries.upload_by_token(folder.rpartition("/")[2])
    return set(upload.parts) if upload and upload.document_id is None else set()
