"""Private files sent by nginx: the application says who may have one, nginx reads it from the disk.

A web process is free again while a slow telephone is still loading. Only where nginx stands in front with the location
of deploy/nginx/mumian.conf: NGINX_SENDS_FILES. What isn't a file below PRIVATE_ROOT goes out as before. Out of an
object store the application fetches a file whole; nginx has it in its buffers long before a slow telephone does.
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse

LOCATION = "/private-files/"


def private_files_by_nginx(get_response):
    """In place of the file's bytes nginx gets its name; headers and cookies stay as they were."""
    if not settings.NGINX_SENDS_FILES or not isinstance(storages["private"], FileSystemStorage):
        raise MiddlewareNotUsed
    root = Path(settings.PRIVATE_ROOT).resolve()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        name = _name_below(root, getattr(response, "file_to_stream", None))
        return _handed_over(response, name) if name else response

    return middleware


def _name_below(root: Path, stream) -> str | None:
    """The file's name below ``root``, when it is there and goes out from its first byte."""
    if not isinstance(stream, File) or not stream.name or stream.tell():
        return None
    try:
        path = Path(stream.path if isinstance(stream, FieldFile) else stream.name).resolve()
    except NotImplementedError:  # a storage that isn't on this disk
        return None
    return path.relative_to(root).as_posix() if path.is_relative_to(root) and path.is_file() else None


def _handed_over(response, name: str) -> HttpResponse:
    response.file_to_stream.close()
    answer = HttpResponse(status=response.status_code)
    answer.cookies = response.cookies
    for header, value in response.headers.items():
        if header != "Content-Length":  # nginx counts
            answer.headers[header] = value
    answer.headers["X-Accel-Redirect"] = LOCATION + quote(name)
    return answer
