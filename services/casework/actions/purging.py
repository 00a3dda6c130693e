"""The daily sweep: files taken back, uploads nobody came back for, files that no row knows."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from services.casework.actions.uploads import discard_upload
from services.casework.models import Document, private_storage
from services.casework.queries import documents as queries

# A file younger than this may belong to a row that is just being written.
_SETTLED = timedelta(days=1)
_AT_ONCE = 500


def purge(*, now: datetime) -> dict[str, int]:
    """Delete what nothing needs any more; safe to run twice at once. Returns how many of each were deleted."""
    return {
        "taken_back": _purge_taken_back(now=now),
        "uploads": _purge_uploads(now=now),
        "strays": _purge_strays(now=now),
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
    storage, deleted = private_storage(), 0
    for folder, names in _folders("cases"):
        known = set(Document.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        deleted += _delete_settled(storage, [f"{folder}/{name}" for name in names], known, now=now)
    for folder, names in _folders("uploads"):
        upload = queries.upload_by_token(folder.rpartition("/")[2])
        known = set(upload.parts) if upload and upload.document_id is None else set()
        deleted += _delete_settled(storage, [f"{folder}/{name}" for name in names], known, now=now)
    return deleted


def _folders(root: str) -> Iterator[tuple[str, list[str]]]:
    storage = private_storage()
    try:
        folders, _files = storage.listdir(root)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        yield f"{root}/{folder}", storage.listdir(f"{root}/{folder}")[1]


def _delete_settled(storage, paths: list[str], known: set[str], *, now: datetime) -> int:
    strays = [path for path in paths if path not in known and storage.get_modified_time(path) < now - _SETTLED]
    for path in strays:
        storage.delete(path)
    return len(strays)
