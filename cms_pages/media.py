"""Videos from our own library: which documents are videos, and handing them out piece by piece.

Telephones ask for a video in parts (HTTP ranges) and play nothing where they get it whole.
"""

import re
from mimetypes import guess_type

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model

VIDEOS = ("mp4", "webm")
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# Bytes answered at once at most: she may leave after the first seconds.
LARGEST_PART = 4 * 1024 * 1024


def is_video(name: str) -> bool:
    return name.rpartition(".")[2].lower() in VIDEOS


def part_asked_for(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a range; None where there is none to speak of. ``ValueError``: it lies outside."""
    found = _RANGE.fullmatch(header.strip())
    if not found or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:  # the last so many bytes
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size - 1), size - 1)
    if start >= size or start > end:
        raise ValueError("outside")
    return start, min(end, start + LARGEST_PART - 1)


class _Part:
    """An open file that ends after so many bytes."""

    def __init__(self, file, length: int):
        self.file, self.left = file, length

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


@require_safe
def video(request: HttpRequest, key: int, name: str) -> HttpResponse:
    """A video or its captions; 206 with the part that was asked for, 416 where it has no such part.

    Whoever may not read the document's collection is led to its door, as Wagtail does for every document.
    """
    document = get_object_or_404(get_document_model(), pk=key)
    if document.filename != name or not (is_video(name) or name.lower().endswith(".vtt")):
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        refused = hook(document, request)
        if isinstance(refused, HttpResponse):
            return refused
    return _answer(request, document)


def _answer(request: HttpRequest, document) -> HttpResponse:
    try:
        size = document.file.size
    except FileNotFoundError:
        raise Http404 from None
    try:
        part = part_asked_for(request.headers.get("Range", ""), size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    kind = "text/vtt" if document.filename.lower().endswith(".vtt") else guess_type(document.filename)[0]
    file = document.file.open("rb")
    start, end = part or (0, size - 1)
    file.seek(start)
    response = FileResponse(_Part(file, end - start + 1), content_type=kind, status=206 if part else 200)
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    if part:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response
