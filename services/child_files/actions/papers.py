"""Photos and papers of a child: drawn anew without what the camera wrote, kept private, opened by expiring links."""

from base64 import b64encode
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.core import signing
from django.db import transaction
from PIL import Image, ImageFilter
from wagtail.log_actions import log

from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.enums import ScanState
from services.casework.errors import TooManyUploads
from services.casework.models import private_storage
from services.child_files import errors, policies
from services.child_files.actions.filling import insist_agreed
from services.child_files.actions.reading import note_read
from services.child_files.enums import CURRENT, UNCONSENTED, FileState, PaperKind, Purpose, ReadPurpose
from services.child_files.models import Child, ChildPaper
from services.child_files.queries.files import agrees, locked, papers_of, way_into
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import put
from services.foundation.strays import delete_strays

LINK_SECONDS = 300
# So few dots that no face is left in them.
_DOTS = (8, 8)
_SALT = "child_files.papers"
# Before consent only what proves consent or guardianship may be there.
_BEFORE_CONSENT = frozenset({PaperKind.CONSENT, PaperKind.GUARDIANSHIP})


def add_paper(child: Child, *, kind: str, upload: BinaryIO, by, now: datetime) -> ChildPaper:
    """A photo loses place, camera and name; a photo of the child needs the guardian's yes to photos.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NoConsent``, ``TooManyUploads``, ``PaperLimit``, ``NotKept``
    or a ``DocumentRefused``. Locks the file.
    """
    policies.may_keep(by, child).insist()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("child-paper", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    checked = look_into(upload)
    with transaction.atomic():
        child = locked(child)
        _insist_open(child, kind)
        there = papers_of(child)
        if earlier := there.filter(kind=kind, digest=checked.digest).first():
            return earlier
        if there.count() >= settings.CASE_MAX_DOCUMENTS:
            raise errors.PaperLimit(limit=settings.CASE_MAX_DOCUMENTS)
        paper = ChildPaper(
            child=child,
            kind=kind,
            extension=checked.extension,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            scan=state_of_new(),
            preview=blurred(checked.stream) if kind == PaperKind.PHOTO else "",
            added_by=by,
            added_at=now,
        )
        put(paper.file, "paper", checked.stream)
        paper.save()
        log(instance=child, action="child_files.add_paper", user=by, data={"kind": kind}, timestamp=now)
        scan_after_commit(paper)
    return paper


def blurred(stream: BinaryIO) -> str:
    """A picture as a data address of a few coloured dots: what a list shows until somebody opens the photo. Empty for
    what isn't a picture. The stream is left at its beginning."""
    try:
        with Image.open(stream) as picture:
            small = picture.convert("RGB").resize(_DOTS).filter(ImageFilter.GaussianBlur(1))
    except (OSError, ValueError):
        return ""
    finally:
        stream.seek(0)
    target = BytesIO()
    small.save(target, "PNG")
    return f"data:image/png;base64,{b64encode(target.getvalue()).decode('ascii')}"


def _insist_open(child: Child, kind: str) -> None:
    if child.state in UNCONSENTED and kind in _BEFORE_CONSENT:
        return
    if child.state not in CURRENT:
        raise errors.NoSuchStep(state=FileState(child.state).label)
    insist_agreed(child, Purpose.PHOTO_INSIDE if kind == PaperKind.PHOTO else Purpose.HOME_SERVICE)


def link_to(paper: ChildPaper, user) -> str:
    """A text for an address that opens this paper for this person for five minutes."""
    return signing.dumps(paper.token, salt=f"{_SALT}:{user.pk}")


def link_holds(paper: ChildPaper, user, link: str) -> bool:
    try:
        return signing.loads(link, salt=f"{_SALT}:{user.pk}", max_age=LINK_SECONDS) == paper.token
    except signing.BadSignature:
        return False


@transaction.atomic
def open_paper(paper: ChildPaper, *, by, now: datetime, address: str = "") -> BinaryIO:
    """The file, once the look is on record; consent is asked for anew at every look.

    Raises ``PermissionDenied``, ``NoConsent``, ``OSError`` when the storage doesn't have it.
    """
    child = paper.child
    way = way_into(by, child, now)
    if not way:
        policies.may_open(by, child, now).insist()
    purpose = Purpose.PHOTO_INSIDE if paper.kind == PaperKind.PHOTO else Purpose.HOME_SERVICE
    if not agrees(child, purpose) or paper.scan != ScanState.CLEAN or not paper.file:
        raise errors.NoConsent(purpose=purpose.label)
    note_read(
        child,
        by=by,
        way=way,
        fields=[f"paper:{paper.kind}"],
        purpose=ReadPurpose.DAILY_CARE,
        reason="",
        now=now,
        address=address,
    )
    return paper.file.open("rb")


@transaction.atomic
def remove_paper(paper: ChildPaper, *, by, now: datetime) -> None:
    """Its line stays, its bytes go. Again: no change. Raises ``PermissionDenied``."""
    child = locked(paper.child)
    policies.may_keep(by, child).insist()
    found = papers_of(child).filter(pk=paper.pk).first()
    if found is not None:
        put_away(found, now=now)
        log(instance=child, action="child_files.remove_paper", user=by, data={"kind": found.kind}, timestamp=now)


def put_away(paper: ChildPaper, *, now: datetime) -> None:
    path = paper.file.name
    paper.file, paper.preview, paper.removed_at, paper.purged_at = "", "", paper.removed_at or now, now
    paper.save(update_fields=["file", "preview", "removed_at", "purged_at"])
    if path:
        transaction.on_commit(lambda: private_storage().delete(path), robust=True)


def note_harmful(paper: ChildPaper, now: datetime) -> None:
    paper.removed_at, paper.preview = now, ""
    paper.save(update_fields=["removed_at", "preview"])


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed."""

    def of_rows(folder: str) -> set[str]:
        rows = ChildPaper.objects.unscoped().filter(file__startswith=f"{folder}/")
        return set(rows.values_list("file", flat=True))

    return delete_strays(private_storage(), "children", of_rows, now=now)
