"""A paper of a case, opened by a colleague: her look is on record before a byte goes out."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from services.casework import errors
from services.casework.actions.documents import open_document
from services.casework.models import Document
from services.casework.policies.documents import may_know_of
from services.casework.queries.documents import document_by_token
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file

NAMESPACE = "casework_papers"


class PaperFile(DeskView, View):
    """Photos to look at, PDFs to download; a paper that her posts don't reach isn't there."""

    http_method_names = ["get", "head", "options"]

    @cached_property
    def document(self) -> Document:
        found = document_by_token(self.kwargs["token"])
        if found is None or not found.file or not may_know_of(self.request.user, found):
            raise Http404
        return found

    def get(self, request, token) -> HttpResponse:
        document = self.document
        number = document.case.number if document.case else ""
        try:
            reason = _("Working on case %(number)s") % {"number": number} if number else _("Checking an authorisation")
            stream = open_document(document, by=request.user, reason=reason, now=clock.now())
        except errors.NotKept:
            raise Http404 from None
        except Refused as refusal:
            context = {"reason": refusal.message(staff=True), "page_title": _("Not allowed")}
            return TemplateResponse(request, "desk/refused.html", context, status=429)
        return sealed_file(stream, name=document.download_name, content_type=document.content_type)


def admin_urls() -> list:
    routes = [path("<str:token>/", PaperFile.as_view(), name="one")]
    return [path("papers/", include((routes, NAMESPACE)))]
