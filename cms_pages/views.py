"""Search, and the three files that machines ask for."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms_pages import live
from cms_pages.queries import search_pages
from services.foundation import clock

MAX_WORDS = 60
PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Open services and pages that hold what she typed; the words are cut at ``MAX_WORDS`` characters."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:MAX_WORDS]
    results = Paginator(search_pages(query), PER_PAGE).get_page(request.GET.get("p"))
    services = live.matching(query, now=clock.now()) if query and results.number == 1 else []
    context = {
        "query": query,
        "results": results,
        "services": services,
        "total": results.paginator.count + len(services),
        "page_query": urlencode({"q": query}),
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
