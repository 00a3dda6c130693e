"""Papers and photos: of a case, of a request, those that lie elsewhere too, those that wait for a task."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from services.casework.enums import ScanState
from services.casework.models import Case, Document, RequestedItem, UploadInProgress

# What a colleague or she herself can open.
SHOWN = ScanState.CLEAN


def documents_of(case: Case) -> QuerySet[Document]:
    """What stands with the case, oldest first; what was taken back is left out."""
    return case.documents.filter(removed_at__isnull=True).order_by("uploaded_at", "pk")


def document_of(case: Case, token: str) -> Document | None:
    return documents_of(case).filter(token=token).first()


def document_by_token(token: str) -> Document | None:
    """With its case and whose it is; whoever asks must ask a policy next."""
    found = Document.objects.filter(token=token, removed_at__isnull=True)
    return found.select_related("case__organization", "case__desk", "worker__organization").first()


def kinds_on_file(case: Case) -> set[str]:
    """The kinds of which something stands with the case. A file that was found harmful doesn't count."""
    usable = documents_of(case).exclude(scan=ScanState.INFECTED).order_by()
    return set(usable.values_list("kind", flat=True).distinct())


def twin_of(case: Case, digest: str, kind: str) -> Document | None:
    """The same file under the same kind, if it was sent before."""
    return documents_of(case).filter(digest=digest, kind=kind).first()


def lies_elsewhere(documents: Iterable[Document]) -> dict[str, int]:
    """Of these files, by digest: in how many cases of other women the very same one lies. One query."""
    documents = list(documents)
    if not documents:
        return {}
    others = Document.objects.filter(digest__in={document.digest for document in documents}, case__isnull=False)
    others = others.exclude(worker__in={document.worker_id for document in documents}).order_by()
    return dict(others.values_list("digest").annotate(cases=Count("case", distinct=True)))


def items_asked(case: Case) -> QuerySet[RequestedItem]:
    """The lines of the last request for more material, with what was sent for each."""
    last = case.requested.order_by("-round").values("round")[:1]
    return case.requested.filter(round=last).prefetch_related("documents").order_by("pk")


def unfinished_of(case: Case, user) -> QuerySet[UploadInProgress]:
    """Files that arrived in part, from whatever browser; the rest may be sent by the same person."""
    return UploadInProgress.objects.filter(case=case, user=user, document__isnull=True).order_by("-touched_at")


def upload_of(case: Case, user, token: str) -> UploadInProgress | None:
    return UploadInProgress.objects.filter(case=case, user=user, token=token).select_related("document").first()


def upload_by_token(token: str) -> UploadInProgress | None:
    return UploadInProgress.objects.filter(token=token).first()


def all_documents() -> QuerySet[Document]:
    return Document.objects.select_related("case", "worker__user")


def to_purge(*, removed_before: datetime) -> QuerySet[Document]:
    gone = Document.objects.filter(removed_at__lt=removed_before, purged_at__isnull=True)
    return gone.order_by("pk")


def forgotten_uploads(*, touched_before: datetime) -> QuerySet[UploadInProgress]:
    return UploadInProgress.objects.filter(touched_at__lt=touched_before).order_by("pk")
