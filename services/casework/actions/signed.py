"""The signed paper behind an authorisation: a photo or scan, kept with her record and not with one case."""

from datetime import datetime

from django.core.files import File
from django.db import transaction

from services.casework import policies
from services.casework.actions.documents import forget, insist_pace, store
from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.models import Authorisation, Document
from services.casework.rules.files import shown_name

KIND = "authorisation"


def keep_signed_paper(authorisation: Authorisation, *, upload: File, by, now: datetime) -> Document:
    """Keep the paper that she signed; the very same file again is no second one. A better photo takes its place.

    Locks the authorisation. Raises ``PermissionDenied``, ``TooManyUploads``, ``NotKept`` or a ``DocumentRefused``;
    nothing is kept then.
    """
    policies.may_authorise(by, authorisation.worker).insist()
    insist_pace(by, now=now)
    insist_size(upload.size)
    checked = look_into(upload.file)
    if authorisation.paper and authorisation.paper.digest == checked.digest:
        return authorisation.paper
    document = Document(
        worker=authorisation.worker,
        kind=KIND,
        name=shown_name(upload.name or "") or f"file.{checked.extension}",
        extension=checked.extension,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        digest=checked.digest,
        warnings=list(checked.warnings),
        scan=state_of_new(),
        uploaded_by=by,
        uploaded_at=now,
    )
    path = store(document, checked)
    try:
        with transaction.atomic():
            return _write(authorisation, document, now=now)
    except BaseException:
        forget(path)
        raise


def _write(authorisation: Authorisation, document: Document, *, now: datetime) -> Document:
    rows = Authorisation.objects.unscoped().select_for_update(no_key=True, of=("self",))
    locked = rows.get(pk=authorisation.pk)
    document.save()
    if locked.paper_id:
        Document.objects.filter(pk=locked.paper_id).update(removed_at=now)
    locked.paper = document
    locked.save(update_fields=["paper"])
    scan_after_commit(document)
    return document
