"""Her papers: what is there, adding, opening, taking back. Works without a line of JavaScript."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.casework import errors
from services.casework.actions.documents import attach, opened, take_back
from services.casework.forms.hers import FilesForm
from services.casework.models import Case, Document, ExamplePicture, RequestedItem
from services.casework.policies import documents as policies
from services.casework.public.access import own_case_or_404, service_of
from services.casework.queries import documents as queries
from services.casework.queries.examples import examples_for
from services.casework.registry import Missing
from services.casework.rules.files import megabytes
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404

OTHER = "other"


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, token: str) -> HttpResponse:
    """Every kind of paper with what she sent for it; ``kind`` in a post says for which."""
    case = own_case_or_404(request, token)
    kinds = policies.hers(service_of(case).document_kinds(case))
    posted, status = None, 200
    if request.method == "POST":
        kind = next((one for one in kinds if one.item == request.POST.get("kind")), None)
        if kind is None:
            raise Http404
        posted = take_files(request, case, kind=kind.item)
        if posted.is_valid():
            return redirect("casework:documents", token)
        status = 422
    examples = examples_for(case)
    for kind_row in (rows := _rows(case, kinds, posted)):
        kind_row["example"] = examples.get(kind_row["kind"].item)
    context = {
        "case": case,
        "title": service_of(case).title(case),
        "rows": rows,
        "may_add": policies.open_for_documents(request.user, case, now=clock.now()),
        "limit": megabytes(settings.CASE_DOCUMENT_MAX_BYTES),
        # A draft goes on where its service lets it be filled in.
        "back": service_of(case).her_address(case) or reverse("casework:case", args=[token]),
    }
    return render(request, "casework/documents.html", context, status=status)


def _rows(case: Case, kinds: list[Missing], posted: FilesForm | None) -> list[dict]:
    """One row a kind, in the order of the service's list; papers of a kind that isn't on it come last."""
    sent: dict[str, list[Document]] = {}
    for document in queries.documents_of(case):
        sent.setdefault(document.kind, []).append(document)
    rows = [
        {"kind": kind, "documents": sent.pop(kind.item, []), "form": form_for(kind.item, kind.text, posted)}
        for kind in kinds
    ]
    if left := [document for found in sent.values() for document in found]:
        rows.append({"kind": Missing(OTHER, _("Other papers")), "documents": left, "form": None})
    return rows


def form_for(kind: str, label: str, posted: FilesForm | None) -> FilesForm:
    return posted if posted is not None and posted.prefix == kind else FilesForm(prefix=kind)


def take_files(request: HttpRequest, case: Case, *, kind: str, line: RequestedItem | None = None) -> FilesForm:
    """Add each posted file; those that are refused stand in the form's errors by name, the others are kept."""
    form = FilesForm(request.POST, request.FILES, prefix=kind)
    if not form.is_valid():
        return form
    taken = []
    for upload in form.cleaned_data["files"]:
        try:
            taken.append(attach(case, kind=kind, upload=upload, by=request.user, now=clock.now(), request=line))
        except Refused as refusal:
            said = {"name": upload.name[-40:], "why": refusal.message()}
            form.add_error("files", _("%(name)s: %(why)s") % said)
    tell(request, taken)
    return form


def tell(request: HttpRequest, taken: list[Document]) -> None:
    if taken:
        count = len({document.pk for document in taken})
        said = ngettext("%(count)s file is kept.", "%(count)s files are kept.", count)
        messages.success(request, said % {"count": count})


@require_safe
def example(request: HttpRequest, token: str) -> HttpResponse:
    """What a good photo of a paper looks like: invented, and so anybody's to see."""
    found = get_object_or_404(ExamplePicture, token=token)
    return sealed_file(opened_or_404(found.file), name=f"{found.token}.jpg", content_type="image/jpeg")


@worker_required
@require_safe
def document(request: HttpRequest, token: str, document: str) -> HttpResponse:
    """Her own file: a photo to look at, a PDF to download."""
    case = own_case_or_404(request, token)
    found = queries.document_of(case, document)
    if found is None or not found.file:
        raise Http404
    policies.may_open_document(request.user, found).insist()
    try:
        return sealed_file(opened(found), name=found.download_name, content_type=found.content_type)
    except errors.NotKept:
        raise Http404 from None


@worker_required
@require_POST
def remove(request: HttpRequest, token: str, document: str) -> HttpResponse:
    """Take a paper back that nobody has received; twice is once."""
    case = own_case_or_404(request, token)
    found = case.documents.filter(token=document).first()
    if found is None:
        raise Http404
    try:
        take_back(found, by=request.user, now=clock.now())
        messages.success(request, _("The file is taken back."))
    except Refused as refusal:
        messages.error(request, refusal.message())
    return redirect("casework:supply" if request.POST.get("from") == "supply" else "casework:documents", token)
