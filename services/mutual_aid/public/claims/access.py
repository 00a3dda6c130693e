"""Her claim behind an address, and where its pages lie."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from services.casework.queries.own import own_case
from services.mutual_aid import queries
from services.mutual_aid.models import Claim
from services.mutual_aid.queries.claiming import claim_of


def own_claim_or_404(request: HttpRequest, token: str) -> Claim:
    """Hers by her account; anybody else's doesn't exist."""
    case = own_case(request.user, token)
    if case is None or case.service != queries.SERVICE:
        raise Http404
    claim = claim_of(case)
    claim.case = case
    return claim


def address(claim: Claim, name: str) -> str:
    return reverse(f"claims:{name}", args=[claim.case.token])
