"""Search, and the three files that machines ask for."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms_pages.finding.filters import SearchFilters
from cms_pages.finding.results import results_of
from services.foundation import clock

MAX_WORDS = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Services and pages that hold what she typed, which is cut at ``MAX_WORDS`` characters."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:MAX_WORDS]
    narrowed = SearchFilters(request.GET)
    found = results_of(query, narrowed, request.GET.get("p"), now=clock.now(), today=clock.today())
    context = {
        "query": query,
        "found": found,
        "results": found.page,
        "services": found.services,
        "total": found.total,
        "filters": narrowed,
        "page_query": urlencode({"q": query, **narrowed.given()}),
    }
    return render(request, "cms_pages/search.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /staff/",
        "Disallow: /my/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri(reverse('cms_pages:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
