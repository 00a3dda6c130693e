"""Keeping example pictures of papers: a photo is drawn anew and replaces the one before it."""

import io
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import transaction
from PIL import Image
from wagtail.log_actions import log

from services.casework import errors, policies
from services.casework.actions.look_into import look_into
from services.casework.models import ExamplePicture
from services.foundation.references import unguessable
from services.foundation.stored import put

LONGEST_SIDE = 1200


@transaction.atomic
def keep_example(
    *, organization, service: str, subject_code: str, item: str, words: str, picture: File, by, now: datetime
) -> ExamplePicture:
    """Keep an example for a paper; the one that stood there is replaced, and its file goes once that is certain.

    Raises ``PermissionDenied``, ``NotAPicture`` for anything but a photo, ``NotKept`` or a
    ``DocumentRefused``.
    """
    if by is not None:
        policies.may_keep_reasons_of(by, organization).insist()
    checked = look_into(picture.file)
    if checked.content_type != "image/jpeg":
        raise errors.NotAPicture()
    data, size = _small(checked.stream)
    found = ExamplePicture.objects.select_for_update().filter(
        organization=organization, service=service, subject_code=subject_code, item=item
    )
    example = found.first() or ExamplePicture(
        organization=organization, service=service, subject_code=subject_code, item=item
    )
    _forget_file(example)
    example.token, example.words, example.changed_at = unguessable(), " ".join(words.split()), now
    example.width, example.height = size
    put(example.file, "example.jpg", ContentFile(data))
    example.save()
    log(example, "casework.keep_example", user=by, data={"service": service, "item": item})
    return example


@transaction.atomic
def drop_example(example: ExamplePicture, *, by) -> None:
    """Take an example away. Twice is once. Raises ``PermissionDenied``."""
    policies.may_keep_reasons_of(by, example.organization).insist()
    if example.pk is None:
        return
    log(example, "casework.drop_example", user=by, data={"service": example.service, "item": example.item})
    _forget_file(example)
    ExamplePicture.objects.filter(pk=example.pk).delete()


def _small(stream) -> tuple[bytes, tuple[int, int]]:
    """As large as a phone shows it."""
    with Image.open(stream, formats=["JPEG"]) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=85)
        return out.getvalue(), image.size


def _forget_file(example: ExamplePicture) -> None:
    if example.file:
        storage, name = example.file.storage, example.file.name
        transaction.on_commit(lambda: storage.delete(name), robust=True)
