"""A file that arrives in parts: it goes on where it stopped, whatever was killed in between.

A part is on disk before its name stands in the row, and the row is changed under its lock: what counts as received
is there. Joining the parts can be repeated until the document is written, and afterwards answers with it.
"""

import hashlib
import tempfile
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction

from services.casework import errors
from services.casework.actions.documents import insist_open, insist_pace, keep
from services.casework.actions.look_into import insist_size
from services.casework.models import Case, Document, RequestedItem, UploadInProgress, private_storage
from services.casework.queries import documents as queries
from services.casework.rules.files import shown_name
from services.foundation.references import unguessable

_PIECE = 64 * 1024


def begin_upload(
    case: Case,
    *,
    kind: str,
    name: str,
    size: int,
    by,
    now: datetime,
    digest: str = "",
    request: RequestedItem | None = None,
) -> UploadInProgress:
    """Announce a file of ``size`` bytes; the same announcement again answers with what has arrived already.

    ``digest``: SHA-256 of the file as the browser has it, hex; with it the end is certain to be the same file.
    Raises what ``documents.attach`` raises before it reads a byte.
    """
    insist_open(case, kind=kind, by=by, now=now)
    insist_size(size)
    announced = {"kind": kind, "name": shown_name(name), "size": size, "digest": digest[:64].lower()}
    if begun := queries.unfinished_of(case, by).filter(**announced, request=request).first():
        return begun
    insist_pace(by, now=now)
    return UploadInProgress.objects.create(
        case=case, user=by, request=request, created_at=now, touched_at=now, **announced
    )


def add_part(upload: UploadInProgress, *, offset: int, part: bytes, now: datetime) -> UploadInProgress:
    """Keep the bytes from ``offset`` on. A part that is there already changes nothing.

    Locks the upload. Raises ``PartOutOfPlace`` when bytes before it are missing or it reaches beyond the announced
    end, ``NotKept`` when the storage fails.
    """
    if offset < upload.received or upload.document_id:
        return upload
    if offset > upload.received or not part or offset + len(part) > upload.size:
        raise errors.PartOutOfPlace(received=upload.received)
    storage, path = private_storage(), ""
    try:
        path = storage.save(f"uploads/{upload.token}/{offset:010d}-{unguessable(8)}", ContentFile(part))
        with transaction.atomic():
            fresh = UploadInProgress.objects.select_for_update(of=("self",)).get(pk=upload.pk)
            if fresh.received == offset and fresh.document_id is None:
                fresh.parts, fresh.received, fresh.touched_at = [*fresh.parts, path], offset + len(part), now
                fresh.save(update_fields=["parts", "received", "touched_at"])
                path = ""
    except OSError as error:
        raise errors.NotKept() from error
    finally:
        if path:
            _delete([path])
    return fresh


def finish_upload(upload: UploadInProgress, *, by, now: datetime) -> Document:
    """Make the document of a file that has arrived. Asked again it answers with the same document.

    Locks the case, then the upload. Raises ``UploadIncomplete``, ``WrongDigest`` (the parts are thrown away),
    ``NotKept``, or what ``documents.attach`` raises; what can't be taken in at all is thrown away.
    """
    if upload.document_id:
        return upload.document
    if upload.received != upload.size:
        raise errors.UploadIncomplete(received=upload.received, size=upload.size)
    with tempfile.TemporaryFile() as whole:
        try:
            _join(upload, whole)
            document = keep(
                upload.case,
                kind=upload.kind,
                stream=whole,
                name=upload.name,
                by=by,
                now=now,
                request=upload.request,
                settle=lambda written: _settle(upload, written, now=now),
            )
        except (errors.DocumentRefused, errors.WrongDigest):
            discard_upload(upload)
            raise
    _delete(upload.parts)
    return document


def _settle(upload: UploadInProgress, written: Document | None, *, now: datetime) -> Document | None:
    """Before: another request may have finished the same upload. After: this one has."""
    fresh = UploadInProgress.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if written is None:
        return fresh.document if fresh else None
    if fresh is not None:
        fresh.document, fresh.touched_at = written, now
        fresh.save(update_fields=["document", "touched_at"])
    return written


def _join(upload: UploadInProgress, whole: BinaryIO) -> None:
    storage, digest = private_storage(), hashlib.sha256()
    try:
        for path in upload.parts:
            with storage.open(path, "rb") as part:
                while piece := part.read(_PIECE):
                    digest.update(piece)
                    whole.write(piece)
    except OSError as error:
        raise errors.NotKept() from error
    if whole.tell() != upload.size or (upload.digest and digest.hexdigest() != upload.digest):
        raise errors.WrongDigest()


def discard_upload(upload: UploadInProgress) -> None:
    """Throw an unfinished file away. Its row goes first: nothing may count as received that isn't there."""
    UploadInProgress.objects.filter(pk=upload.pk).delete()
    _delete(upload.parts)


def _delete(paths: list[str]) -> None:
    """What can't be deleted now, the daily sweep finds."""
    for path in paths:
        try:
            private_storage().delete(path)
        except OSError:
            continue
