"""How a private file goes out: at an address that runs nothing, sniffed by nobody, kept by no cache."""

from typing import BinaryIO

from django.http import FileResponse
from django.utils.cache import add_never_cache_headers

# What a browser may show at once: only pictures that we have drawn ourselves are stored as such.
_INLINE = frozenset({"image/jpeg"})
_POLICY = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'self'"


def sealed_file(stream: BinaryIO, *, name: str, content_type: str) -> FileResponse:
    """Photos inline, everything else as an attachment. ``name`` is ours; who may have it, the caller has asked."""
    response = FileResponse(stream, as_attachment=content_type not in _INLINE, filename=name, content_type=content_type)
    add_never_cache_headers(response)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
