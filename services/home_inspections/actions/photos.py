"""Photos and documents as evidence: looked into, redrawn, kept in private; one used twice is found."""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.errors import TooManyUploads
from services.casework.models import private_storage
from services.casework.rules.files import shown_name
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import put
from services.foundation.strays import delete_strays
from services.home_inspections import errors, policies
from services.home_inspections.enums import ANSWERABLE, InspectionState, RectificationState
from services.home_inspections.models import Criterion, Inspection, Photo, Rectification

MOST = 60
_A_HUNDRED_METRES = Decimal("0.001")


def add_photo(
    inspection: Inspection,
    *,
    upload: BinaryIO,
    name: str,
    by,
    now: datetime,
    criterion: Criterion | None = None,
    rectification: Rectification | None = None,
    sha256: str = "",
    device_at: datetime | None = None,
    place: tuple[Decimal, Decimal] | None = None,
) -> Photo:
    """Keep one photo or PDF. ``sha256`` is what the phone worked out before sending: other bytes than these arrived
    damaged. The same bytes at the same criterion again answer with the earlier one; at another place they are kept
    and marked as used twice (``twin``), which proves nothing. ``place``: latitude and longitude, kept rounded.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``PhotoUnread``, ``TooManyPhotos``, ``TooManyUploads``, ``NotKept``
    or a ``DocumentRefused``. Lock: the inspection.
    """
    _insist_may(inspection, rectification, by)
    original, checked = _looked_into(upload, sha256, by=by, now=now)
    with transaction.atomic():
        Inspection.objects.unscoped().select_for_update(of=("self",)).get(pk=inspection.pk)
        there = Photo.objects.unscoped().filter(inspection=inspection, removed_at__isnull=True)
        if earlier := there.filter(criterion=criterion, rectification=rectification, original=original).first():
            return earlier
        if there.count() >= MOST:
            raise errors.TooManyPhotos(limit=MOST)
        photo = Photo(
            inspection=inspection,
            criterion=criterion,
            rectification=rectification,
            name=shown_name(name) or "-",
            extension=checked.extension,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            original=original,
            device_at=device_at,
            latitude=rounded(place[0]) if place else None,
            longitude=rounded(place[1]) if place else None,
            twin=_twin(original, inspection, criterion),
            scan=state_of_new(),
            added_by=by,
            added_at=now,
        )
        put(photo.file, "photo", checked.stream)
        photo.save()
        data = {"criterion": criterion.code if criterion else "", "twice": photo.twin_id is not None}
        log(inspection, "home_inspections.add_photo", user=by, data=data, timestamp=now)
        scan_after_commit(photo)
    return photo


def rounded(degrees: Decimal) -> Decimal:
    """To a thousandth of a degree: at which home, never at which desk of it."""
    return degrees.quantize(_A_HUNDRED_METRES)


def _looked_into(upload: BinaryIO, sha256: str, *, by, now: datetime):
    """The digest of the bytes as they were taken, and what of them will be kept."""
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("inspection-photo", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    upload.seek(0)
    original = hashlib.file_digest(upload, "sha256").hexdigest()
    if sha256 and sha256.lower() != original:
        raise errors.PhotoUnread()
    return original, look_into(upload)


def _twin(original: str, inspection: Inspection, criterion: Criterion | None) -> Photo | None:
    """The first photo with these bytes, anywhere: one that was taken back elsewhere too, for it was used there."""
    found = Photo.objects.unscoped().filter(original=original)
    return found.exclude(inspection=inspection, criterion=criterion, removed_at__isnull=False).order_by("pk").first()


def _insist_may(inspection: Inspection, rectification: Rectification | None, by) -> None:
    if rectification is not None:
        policies.may_run(by, rectification.home).insist()
        if rectification.state == RectificationState.ACCEPTED:
            raise errors.StepTaken()
        return
    policies.may_inspect(by, inspection).insist()
    if inspection.state not in ANSWERABLE:
        raise errors.NoSuchStep(state=InspectionState(inspection.state).label)


@transaction.atomic
def remove_photo(photo: Photo, *, by, now: datetime) -> None:
    """Its line stays, its file is deleted; again: no change. Raises ``PermissionDenied``, ``NoSuchStep``."""
    _insist_may(photo.inspection, photo.rectification, by)
    Inspection.objects.unscoped().select_for_update(of=("self",)).get(pk=photo.inspection_id)
    found = Photo.objects.unscoped().filter(pk=photo.pk, removed_at__isnull=True).first()
    if found is None:
        return
    path = found.file.name
    found.file, found.removed_at, found.purged_at = "", now, now
    found.save(update_fields=["file", "removed_at", "purged_at"])
    transaction.on_commit(lambda: private_storage().delete(path), robust=True)
    log(photo.inspection, "home_inspections.remove_photo", user=by, timestamp=now)


def note_harmful(photo: Photo, now: datetime) -> None:
    """It is evidence no longer. Runs in the transaction that noted the scanner's verdict."""
    photo.removed_at = now
    photo.save(update_fields=["removed_at"])
    log(photo.inspection, "home_inspections.harmful_photo", user=None, timestamp=now)


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(Photo.objects.unscoped().filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "home_inspections", of_rows, now=now)
