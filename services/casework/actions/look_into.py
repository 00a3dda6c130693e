"""A file looked into before anything is kept: what it is, whether it is harmless, and what of it will be stored."""

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from services.casework import errors
from services.casework.rules import attachments, files, papers, pictures


@dataclass(frozen=True, slots=True)
class Checked:
    """What will be stored: of a photo our own drawing of it, of a PDF the very bytes that came."""

    stream: BinaryIO
    size: int
    digest: str
    extension: str
    content_type: str
    pages: int | None
    warnings: tuple[str, ...]


def insist_size(size: int) -> None:
    """The one limit, for forms, parts and whatever calls the action. Raises ``EmptyFile``, ``TooLarge``."""
    if size <= 0:
        raise errors.EmptyFile()
    if size > settings.CASE_DOCUMENT_MAX_BYTES:
        raise errors.TooLarge(size=files.megabytes(size), limit=files.megabytes(settings.CASE_DOCUMENT_MAX_BYTES))


def look_into(stream: BinaryIO) -> Checked:
    """Judge a file by its bytes. Raises a ``DocumentRefused``; the stream is left open."""
    insist_size(stream.seek(0, io.SEEK_END))
    stream.seek(0)
    kind = files.kind_of(stream.read(files.HEAD))
    stream.seek(0)
    if kind in files.PICTURES:
        picture = pictures.redrawn(stream, kind, most_pixels=settings.CASE_PICTURE_MAX_PIXELS)
        return _checked(io.BytesIO(picture.data), "jpg", "image/jpeg", warnings=picture.warnings)
    if kind == files.PDF:
        pages = papers.pages_of(stream, most_pages=settings.CASE_DOCUMENT_MAX_PAGES)
        return _checked(stream, "pdf", "application/pdf", pages=pages)
    raise errors.OfdFile() if attachments.is_ofd(stream) else errors.NotAccepted()


def _checked(stream: BinaryIO, extension: str, content_type: str, *, pages=None, warnings=()) -> Checked:
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return Checked(stream, size, digest, extension, content_type, pages, tuple(warnings))
