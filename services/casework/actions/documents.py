"""Adding a photo or paper to a case, taking it back, opening it. A file is on disk before its row says so."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from wagtail.log_actions import log

from services.casework import errors
from services.casework.actions import requested
from services.casework.actions.look_into import Checked, insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.models import Case, Document, RequestedItem, document_path, private_storage
from services.casework.policies import documents as policies
from services.casework.queries import documents as queries
from services.casework.rules.files import shown_name
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import StoreUnreachable
from services.privacy.actions import record_routine_look

logger = logging.getLogger(__name__)


def attach(
    case: Case, *, kind: str, upload: File, by, now: datetime, request: RequestedItem | None = None, name: str = ""
) -> Document:
    """Add one file to a case; answers with the earlier document when the same file was sent before.

    ``kind`` is one of the service's or an item that was asked for. ``request`` is the line it answers. Locks the
    case. Raises ``PermissionDenied``, ``NotOpenForDocuments``, ``UnknownKind``, ``TooManyUploads``,
    ``TooManyDocuments``, ``NotKept`` or a ``DocumentRefused``; nothing is kept then.
    """
    insist_open(case, kind=kind, by=by, now=now)
    insist_pace(by, now=now)
    insist_size(upload.size)
    return keep(case, kind=kind, stream=upload.file, name=name or upload.name or "", by=by, now=now, request=request)


def insist_open(case: Case, *, kind: str, by, now: datetime) -> None:
    """May she add this kind here and now? Raises ``PermissionDenied``, ``NotOpenForDocuments``, ``UnknownKind``."""
    policies.may_add_documents(by, case, now=now).insist()
    if not policies.open_for_documents(by, case, now=now):
        raise errors.NotOpenForDocuments()
    known = {one.item for one in policies.kinds_for(by, case, now=now)}
    if kind not in known and not case.requested.filter(item=kind).exists():
        raise errors.UnknownKind()


def insist_pace(by, *, now: datetime) -> None:
    """Looking into files costs, so those that were refused count. Raises ``TooManyUploads``."""
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("case-file", by, limit=limit, now=now):
        raise errors.TooManyUploads(limit=limit, minutes=minutes)


def keep(
    case: Case,
    *,
    kind: str,
    stream: BinaryIO,
    name: str,
    by,
    now: datetime,
    request: RequestedItem | None = None,
    settle: Callable[[Document | None], Document | None] = lambda document: None,
) -> Document:
    """Look into the file, store it, write its row. ``settle`` runs inside the transaction under the lock of the case:
    first with None (a document it returns ends the matter), then with what was written."""
    checked = look_into(stream)
    document = _new(case, checked, kind=kind, name=name, by=by, now=now, request=request)
    if twin := queries.twin_of(case, checked.digest, kind):
        document, path = twin, ""
    else:
        path = store(document, checked)
    kept = None
    try:
        with transaction.atomic():
            kept = _write(case, document, by=by, now=now, settle=settle)
    finally:
        if path and (kept is None or kept.file.name != path):
            forget(path)
    return kept


def _new(case: Case, checked: Checked, *, kind: str, name: str, by, now: datetime, request) -> Document:
    elsewhere = queries.documents_of(case).filter(digest=checked.digest).exclude(kind=kind).exists()
    return Document(
        case=case,
        worker_id=case.worker_id,
        kind=kind,
        request=request,
        name=shown_name(name) or f"file.{checked.extension}",
        extension=checked.extension,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        digest=checked.digest,
        warnings=[*checked.warnings, *(["twice"] if elsewhere else [])],
        scan=state_of_new(),
        uploaded_by=by,
        uploaded_at=now,
    )


def store(document: Document, checked: Checked) -> str:
    """Put the bytes on disk and name them in ``document``, which isn't saved yet. Raises ``NotKept``."""
    storage = private_storage()
    try:
        path = storage.save(document_path(document, ""), File(checked.stream))
        complete = storage.size(path) == checked.size
    except OSError as error:
        logger.exception("a file of case %s could not be stored", document.case_id)
        raise errors.NotKept() from error
    if not complete:
        forget(path)
        raise errors.NotKept()
    document.file.name = path
    return path


def _write(case: Case, document: Document, *, by, now: datetime, settle) -> Document:
    """Under the lock of the case: what was true before the file was looked into may have changed."""
    locked = Case.objects.unscoped().select_for_update(of=("self",)).get(pk=case.pk)
    if done := settle(None):
        return done
    if not policies.open_for_documents(by, locked, now=now):
        raise errors.NotOpenForDocuments()
    found = queries.twin_of(locked, document.digest, document.kind)
    if found is None:
        if queries.documents_of(locked).count() >= settings.CASE_MAX_DOCUMENTS:
            raise errors.TooManyDocuments(limit=settings.CASE_MAX_DOCUMENTS)
        document.save()
        scan_after_commit(document)
        found = document
    requested.answer(found, document.request or found.request, now=now)
    settle(found)
    return found


def forget(path: str) -> None:
    """Delete what no row names; the daily sweep does it if the storage refuses now."""
    try:
        private_storage().delete(path)
    except OSError:
        logger.exception("a stored file could not be deleted; the daily sweep will")


def take_back(document: Document, *, by, now: datetime) -> Document:
    """Remove a file that has not been sent yet. Its line stays, its bytes go some days later. Again: no change.

    Locks the case. Raises ``PermissionDenied``, ``NotOpenForDocuments``, ``AlreadySent``.
    """
    policies.may_add_documents(by, document.case, now=now).insist()
    with transaction.atomic():
        case = Case.objects.unscoped().select_for_update(of=("self",)).get(pk=document.case_id)
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if document.removed_at is not None:
            return document
        if not policies.open_for_documents(by, case, now=now):
            raise errors.NotOpenForDocuments()
        if not policies.not_sent_yet(by, document, case):
            raise errors.AlreadySent()
        document.removed_at = now
        document.save(update_fields=["removed_at"])
        requested.reopen(document)
        log(instance=case, action="casework.take_back", user=by, data={"document": document.token})
    return document


def open_document(document: Document, *, by, reason: str, now: datetime) -> BinaryIO:
    """The file, for a colleague; her look is on record before a byte goes out.

    Raises ``PermissionDenied``, ``TooManyLooks`` (an hour's looks at papers are used up), ``NotKept`` when the file
    isn't there.
    """
    policies.may_open_document(by, document).insist()
    record_routine_look(
        viewer=by,
        subject=document,
        fields=["file"],
        reason=reason,
        limit=settings.CASE_DOCUMENT_LOOKS_PER_HOUR,
        organization_path=(document.case or document.worker.organization).path,
        now=now,
    )
    return opened(document)


def opened(document: Document) -> BinaryIO:
    """The stored file, open for reading. Raises ``NotKept`` when the storage doesn't have it, ``StoreUnreachable``."""
    try:
        return document.file.open("rb")
    except StoreUnreachable:
        raise
    except (OSError, ValueError) as error:
        logger.exception("the file of document %s can't be opened", document.pk)
        raise errors.NotKept() from error
