"""Photos taken in: drawn anew, scanned, in private storage. A file is on disk before its row says so."""

from datetime import datetime
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
from services.home_equipment import errors, policies
from services.home_equipment.models import Photo

MOST_PHOTOS = 12


def add_photo(thing, *, kind: str, upload: BinaryIO, name: str, by, now: datetime) -> Photo:
    """``thing``: a delivery, an asset or a task. Our own drawing of the picture is kept, without what the camera wrote
    into it (where it was taken, by which phone). The same one again: no change.

    Raises ``PermissionDenied``, ``TooManyUploads``, ``TooManyPhotos``, ``NoPhoto``, ``NotKept`` or a
    ``DocumentRefused``.
    """
    policies.may_add_photo(by, thing).insist()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("equipment-photo", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    checked = look_into(upload)
    if checked.content_type != "image/jpeg":
        raise errors.NoPhoto(field="photo")
    of = {_FIELD[type(thing)._meta.model_name]: thing}
    with transaction.atomic():
        type(thing).objects.unscoped().select_for_update(of=("self",)).get(pk=thing.pk)
        there = Photo.objects.unscoped().filter(**of, removed_at__isnull=True)
        if earlier := there.filter(digest=checked.digest).first():
            return earlier
        if there.count() >= MOST_PHOTOS:
            raise errors.TooManyPhotos(limit=MOST_PHOTOS, field="photo")
        photo = Photo(
            **of,
            place=thing.place if hasattr(thing, "place_id") else thing.home.host,
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
        put(photo.file, "photo", checked.stream)
        photo.save()
        log(thing, "home_equipment.add_photo", user=by)
        scan_after_commit(photo)
    return photo


_FIELD = {"deliveryorder": "order", "assetitem": "asset", "repairtask": "task"}


def note_harmful(photo: Photo, now: datetime) -> None:
    """It is on record no longer, and the log says so. Runs in the transaction that noted the scanner's verdict."""
    photo.removed_at = now
    photo.save(update_fields=["removed_at"])
    log(photo.order or photo.asset or photo.task, "home_equipment.harmful_photo", timestamp=now)


def purge_strays(*, now: datetime) -> int:
    """Delete stored files that no row names. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(Photo.objects.unscoped().filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "equipment", of_rows, now=now)
