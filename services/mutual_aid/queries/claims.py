"""The claims of a year as plain facts: what the rules judge. Nothing of it is shown with a name."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from services.mutual_aid.models import Assessment, Claim, Scheme, SchemeTerms
from services.mutual_aid.queries.terms import terms_of, with_rows
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.simulation import Decided
from services.organizations.models import Organization

_CHUNK = 1_000


def decided_claims(scheme: Scheme, first: date, last: date) -> Iterator[Decided]:
    """Every claim of the scheme that was decided between two days, both included, by the inputs on which it was
    decided. Two queries for the terms, one for all claims; the sums of a place are told of the organisation below the
    scheme's keeper that her union belongs to.
    """
    versions = with_rows(SchemeTerms.objects.filter(scheme=scheme)).select_related("scheme__organization")
    terms = {version.pk: terms_of(version) for version in versions}
    depth = len(scheme.organization.path) + Organization.steplen if scheme.organization else Organization.steplen
    rows = Assessment.objects.filter(
        decisive=True, claim__scheme=scheme, claim__decided_on__range=(first, last), claim__live=False
    ).values_list("inputs", "terms_id", "claim__amount", "claim__changed_by_id", "claim__case__path", "claim_id")
    newest = 0
    for inputs, version, amount, by_hand, path, claim in rows.order_by("claim_id", "-pk").iterator(chunk_size=_CHUNK):
        if claim == newest:
            continue  # decided again after an appeal: the last decision counts
        newest = claim
        yield Decided(Facts.from_json(inputs), terms[version], amount, by_hand is not None, path[:depth])


def flagged_claims(user, roles) -> QuerySet[Claim]:
    """Decided claims within her reach of whose cover something was learnt since. Open and withdrawn ones aren't here:
    they are judged as things stand."""
    found = Claim.objects.visible_to(user, roles=roles).exclude(flagged="").filter(decided_on__isnull=False)
    return found.select_related("case__worker", "case__organization", "scheme")


def years_decided(scheme: Scheme, before: int) -> list[int]:
    """Years that are over by the beginning of ``before`` and have decided claims, newest first."""
    claims = Claim.objects.own(scheme=scheme, live=False, decided_on__lt=date(before, 1, 1))
    years = claims.order_by().values_list("decided_on__year", flat=True).distinct()
    return sorted(years, reverse=True)
