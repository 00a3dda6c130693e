"""Am I covered: from when to when, for what, how many shares, where in the waiting period; her certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from services.accounts.access import worker_required
from services.foundation import clock
from services.mutual_aid import queries
from services.mutual_aid.certificates import certificate_of
from services.mutual_aid.models import Cover, CoverVersion
from services.mutual_aid.queries import terms_of
from services.mutual_aid.queries.hers import her_covers
from services.mutual_aid.rules.standing import standing
from services.mutual_aid.wording.covers import standing_in_short, waiting_in_words
from services.workers.queries import worker_of


@worker_required
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    worker = worker_of(request.user)
    versions = her_covers(worker) if worker else []
    shown = [_told(version) for version in versions]
    today = clock.today()
    context = {
        "worker": worker,
        "present": [one for one in shown if one["version"].last_day >= today],
        "past": [one for one in shown if one["version"].last_day < today],
    }
    return render(request, "mutual_aid/cover.html", context)


def _told(version: CoverVersion) -> dict:
    today, terms = clock.today(), terms_of(version.terms)
    stands = standing(terms, queries.plain_cover(version), today)
    return {
        "version": version,
        "scheme": queries.name_of(version.scheme),
        "stands": standing_in_short(version, today),
        "runs": stands.covered,
        "waiting": waiting_in_words(stands.given),
        "diseases": [disease.name for disease in terms.diseases],
    }


@worker_required
@require_safe
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    worker = worker_of(request.user)
    hers = Cover.objects.own(worker=worker) if worker else Cover.objects.own(pk__in=[])
    found = get_object_or_404(hers.select_related("worker", "organization", "scheme"), token=token)
    context = certificate_of(found, now=clock.now()) | {"back": ""}
    return render(request, "mutual_aid/certificate.html", context)
