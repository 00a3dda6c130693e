"""Resized pictures: the one thing below MEDIA_URL that is handed out by its path.

Documents and originals lie beside them and are handed out by Wagtail or not at all. A web server in front serves
pictures that lie on this disk; those of an object store, and the demo's, go out from here.
"""

from mimetypes import guess_type

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

_WEEK = 7 * 24 * 3600
_LONGEST = 255  # bytes that a name has on any disk


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    store = storages["default"]
    if isinstance(store, FileSystemStorage) and not settings.SERVE_PICTURES:
        raise Http404
    if name in {".", ".."} or len(name.encode()) > _LONGEST:
        raise Http404
    try:
        stream = store.open(f"images/{name}", "rb")
    except (FileNotFoundError, IsADirectoryError, SuspiciousOperation, ValueError):
        raise Http404 from None
    response = FileResponse(stream, content_type=guess_type(name)[0] or "application/octet-stream")
    patch_cache_control(response, public=True, max_age=_WEEK)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
