"""Lines of a request for more material: answered when a file comes, missing again when it goes."""

from datetime import datetime

from services.casework.enums import ScanState
from services.casework.models import Document, RequestedItem


def answer(document: Document, request: RequestedItem | None, *, now: datetime) -> None:
    """``document`` is what ``request`` asked for. Part of the transaction that writes the document."""
    if request is None:
        return
    if document.request_id != request.pk:
        Document.objects.filter(pk=document.pk).update(request=request)
        document.request = request
    RequestedItem.objects.filter(pk=request.pk, supplied_at__isnull=True).update(supplied_at=now)


def reopen(document: Document) -> None:
    """The document is gone: its line is missing again unless another file answers it."""
    if document.request_id is None:
        return
    others = Document.objects.filter(request=document.request_id, removed_at__isnull=True)
    if not others.exclude(scan=ScanState.INFECTED).exclude(pk=document.pk).exists():
        RequestedItem.objects.filter(pk=document.request_id).update(supplied_at=None)
