"""Her application behind an address, and where its pages lie."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from services.casework.queries.own import own_case
from services.relief import queries
from services.relief.models import Application


def own_application_or_404(request: HttpRequest, token: str) -> Application:
    """Hers by her account; anybody else's doesn't exist."""
    case = own_case(request.user, token)
    if case is None or case.service != queries.SERVICE:
        raise Http404
    application = queries.application_of(case)
    application.case = case
    return application


def address(application: Application, name: str, *rest) -> str:
    return reverse(f"relief:{name}", args=[application.case.token, *rest])
