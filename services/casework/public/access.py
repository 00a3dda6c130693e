"""Finding the application that an address names: hers or nothing."""

from django.http import Http404, HttpRequest

from services.casework.models import Case
from services.casework.queries.own import own_case
from services.casework.registry import CaseService, services


def own_case_or_404(request: HttpRequest, token: str) -> Case:
    case = own_case(request.user, token)
    if case is None:
        raise Http404
    return case


def service_of(case: Case) -> CaseService:
    return services[case.service]
