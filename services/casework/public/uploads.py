"""What ``static/js/upload.js`` talks to: announce a file, send its parts, ask how far it is, finish it."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from services.accounts.access import worker_required
from services.casework import errors
from services.casework.actions.uploads import add_part, begin_upload, finish_upload
from services.casework.models import Case, RequestedItem, UploadInProgress
from services.casework.public.access import own_case_or_404
from services.casework.public.documents import tell
from services.casework.queries import documents as queries
from services.foundation import clock
from services.foundation.errors import Refused

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_STATUS = {errors.TooLarge: 413, errors.PartOutOfPlace: 409, errors.UploadIncomplete: 409, errors.TooManyUploads: 429}


@worker_required
@require_POST
def begin(request: HttpRequest, token: str) -> JsonResponse:
    """Announce a file; the same one again answers with what has arrived already."""
    case = own_case_or_404(request, token)
    given = _announced(request)
    if given is None:
        return JsonResponse({"error": _("The upload could not be begun. Please load the page anew.")}, status=400)
    line = _line(case, request.POST.get("request", ""))
    try:
        upload = begin_upload(case, **given, by=request.user, now=clock.now(), request=line)
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse(_state(case, upload))


def _announced(request: HttpRequest) -> dict | None:
    """The fields by name, nothing else that may have been sent along."""
    size, digest = request.POST.get("size", ""), request.POST.get("digest", "")
    if not (size.isascii() and size.isdigit() and len(size) < 16) or (digest and not _DIGEST.fullmatch(digest)):
        return None
    return {
        "kind": request.POST.get("kind", "")[:40],
        "name": request.POST.get("name", "")[:500],
        "size": int(size),
        "digest": digest,
    }


def _line(case: Case, key: str) -> RequestedItem | None:
    """The line of a request that the file answers; one of another case is no line at all."""
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        return None
    return case.requested.filter(pk=int(key)).first()


@worker_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, token: str, upload: str) -> JsonResponse:
    """How far it is; or the next part, as the bare body, with its place in ``Upload-Offset``."""
    case = own_case_or_404(request, token)
    found = _upload_or_404(request, case, upload)
    if request.method == "GET":
        return JsonResponse(_state(case, found))
    offset = request.headers.get("Upload-Offset", "")
    length = request.headers.get("Content-Length", "")
    if not offset.isdecimal() or not length.isdecimal() or len(offset) > 15:
        return JsonResponse(_state(case, found), status=400)
    if int(length) > settings.CASE_UPLOAD_PART_BYTES:
        return JsonResponse(_state(case, found), status=413)
    try:
        part = request.read(int(length))
        # A line that broke delivers less than was announced: nothing of it counts.
        if len(part) != int(length):
            return JsonResponse(_state(case, found), status=400)
        found = add_part(found, offset=int(offset), part=part, now=clock.now())
    except Refused as refusal:
        return _refused(refusal, **_state(case, found))
    return JsonResponse(_state(case, found))


@worker_required
@require_POST
def finish(request: HttpRequest, token: str, upload: str) -> JsonResponse:
    """The file is whole: judge it and keep it. Asked again it answers the same."""
    case = own_case_or_404(request, token)
    found = _upload_or_404(request, case, upload)
    try:
        document = finish_upload(found, by=request.user, now=clock.now())
    except Refused as refusal:
        return _refused(refusal)
    tell(request, [document])
    return JsonResponse({"document": document.token, "name": document.name, "warnings": document.warnings})


def _upload_or_404(request: HttpRequest, case: Case, token: str) -> UploadInProgress:
    found = queries.upload_of(case, request.user, token)
    if found is None:
        raise Http404
    return found


def _state(case: Case, upload: UploadInProgress) -> dict:
    return {
        "url": reverse("casework:upload", args=[case.token, upload.token]),
        "finish": reverse("casework:upload_finish", args=[case.token, upload.token]),
        "received": upload.received,
        "size": upload.size,
        "part": settings.CASE_UPLOAD_PART_BYTES,
    }


def _refused(refusal: Refused, **more) -> JsonResponse:
    said = {"error": refusal.message(), "code": refusal.code, **more}
    return JsonResponse(said, status=_STATUS.get(type(refusal), 422))
