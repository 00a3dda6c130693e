"""Looking into documents: one is handed out only after that, and only when nothing was found or it was signed."""

import hashlib
from datetime import datetime

from django.db import transaction
from wagtail.documents import get_document_model

from services.foundation import clock
from services.foundation.background import after_commit
from services.publishing.actions.telling import tell_second_people
from services.publishing.enums import FileState, Subject, Through
from services.publishing.models import FileScan, Hold
from services.publishing.queries.review import is_signed
from services.publishing.rules.readers import scan_file
from services.publishing.rules.scanning import RULES_VERSION, Scan

# What is smaller is looked into at once, so that she sees the answer with the page that follows.
AT_ONCE_BYTES = 1024 * 1024
_CHUNK = 1024 * 1024
SCAN = "services.publishing.tasks.scan_document"


@transaction.atomic
def take_in(document, *, by=None) -> FileScan:
    """A document was uploaded or its file replaced: from now on it is held back until it was looked into.

    Small files are looked into right after the commit, large ones in the background.
    """
    row, _made = FileScan.objects.select_for_update().get_or_create(
        document=document, defaults={"file_name": document.file.name}
    )
    row.file_name, row.state = document.file.name, FileState.WAITING
    row.handed_in_by = by or document.uploaded_by_user
    row.save()
    if (document.file_size or document.file.size) <= AT_ONCE_BYTES:
        transaction.on_commit(lambda: look_into(document.pk, now=clock.now()), robust=True)
    else:
        after_commit(SCAN, document.pk)
    return row


def look_into(document_id: int, *, now: datetime) -> FileScan | None:
    """Read the file, then write down what it holds. Safe to run twice; None when the document is gone.

    Nothing is locked while the file is read; a file that was replaced meanwhile stays waiting.
    """
    document = get_document_model().objects.filter(pk=document_id).first()
    if document is None:
        return None
    name, scan = document.file.name, Scan(today=clock.today())
    digest = ""
    try:
        with document.open_file() as stream:
            digest = _digest(stream)
            stream.seek(0)
            scan_file(document.filename, stream, scan)
    except (OSError, ValueError):
        return None
    return _write_down(document, name, digest, scan, now)


def _digest(stream) -> str:
    total = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        total.update(chunk)
    return total.hexdigest()


@transaction.atomic
def _write_down(document, name: str, digest: str, scan: Scan, now: datetime) -> FileScan | None:
    row, _made = FileScan.objects.select_for_update().get_or_create(document=document, defaults={"file_name": name})
    if not get_document_model().objects.filter(pk=document.pk, file=name).exists():
        return row
    found, unread = [f.as_json() for f in scan.found], [u.as_json() for u in scan.unread]
    row.file_name, row.digest, row.rules_version, row.scanned_at = name, digest, RULES_VERSION, now
    row.found, row.unread, row.left_out = found, unread, scan.left_out
    if scan.clean or is_signed(Subject.DOCUMENT, [document.pk], digest, found, unread):
        row.state = FileState.CLEAN
    else:
        row.state = FileState.REFUSED if scan.refused else FileState.HELD
    row.save()
    _hold(document, row, now)
    return row


def _hold(document, row: FileScan, now: datetime) -> None:
    """Keep one standing hold, of the file as it is now."""
    holds = Hold.objects.filter(subject_type=Subject.DOCUMENT, subject_id=document.pk)
    standing = holds.filter(closed_at=None, signature=None)
    if row.state == FileState.CLEAN:
        standing.update(closed_at=now)
        return
    standing.exclude(digest__in=[row.digest, digest_of_more(row)]).update(closed_at=now)
    words = {
        "title": document.title[:255],
        "rules_version": row.rules_version,
        "found": row.found,
        "unread": row.unread,
        "left_out": row.left_out,
        "closed_at": None,
    }
    authors = sorted({document.uploaded_by_user_id, row.handed_in_by_id} - {None})
    digest = row.digest
    if holds.filter(digest=digest, signature__isnull=False).exists():
        # Signed for less than is found by today's rules. Signatures stay as they are; a hold of its own asks again.
        digest = digest_of_more(row)
    hold, made = Hold.objects.update_or_create(
        subject_type=Subject.DOCUMENT,
        subject_id=document.pk,
        digest=digest,
        defaults=words,
        create_defaults=words
        | {"through": Through.UPLOAD, "created_at": now, "asked_by": row.handed_in_by, "authors": authors},
    )
    if made:
        tell_second_people(hold, document)


def digest_of_more(row: FileScan) -> str:
    """The digest of a hold over bytes that were signed when the rules found less in them."""
    return hashlib.sha256(f"{row.digest}:{row.rules_version}".encode()).hexdigest()


def look_into_waiting(*, now: datetime, limit: int = 200) -> int:
    """What is waiting, and what was read by older rules. How many were read."""
    behind = FileScan.objects.exclude(rules_version=RULES_VERSION)
    known = FileScan.objects.values("document")
    never = get_document_model().objects.exclude(pk__in=known).values_list("pk", flat=True)
    keys = [*behind.values_list("document", flat=True)[:limit], *never[:limit]]
    waiting = FileScan.objects.filter(state=FileState.WAITING).values_list("document", flat=True)
    return sum(look_into(pk, now=now) is not None for pk in dict.fromkeys([*keys, *waiting[:limit]]))
